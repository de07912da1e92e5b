/** `npm run compat`: installs the packed package in fresh projects, and runs a program's life in each. */
import { parseArgs } from "node:util";
import { CELLS } from "./cells";
import { runCells } from "./run-cells";

const USAGE = `npm run compat -- [--only <pattern>] [--keep] [--list]

  --only <pattern>  cells whose name matches, such as "npm node22" (a regular expression)
  --keep            leaves the folder with all projects, and says where it is
  --list            prints the names of the cells
`;

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    keep: { type: "boolean", default: false },
    list: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
const pattern = new RegExp(values.only ?? "");
const cells = CELLS.filter(({ name }) => pattern.test(name));
if (values.help || cells.length === 0) {
  console.log(USAGE);
  process.exitCode = values.help ? 0 : 1;
} else if (values.list) {
  for (const { name } of cells) console.log(name);
} else {
  const { failed } = runCells(cells, { keep: values.keep, tell: (line) => console.log(line) });
  process.exitCode = failed === 0 ? 0 : 1;
}
