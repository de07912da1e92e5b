/** The summary: what was found, what is left to fill in, and the next commands. */
import { countOf } from "../../common/wording";
import { formatPath } from "../../../provider/common/json";
import { toAdd, toFillIn, type Declaration } from "./declaration";
import type { ImportOptions } from "./options";
import { oneLine } from "./printer";
import type { Selection } from "./selection";

/** A word of a command line as POSIX shells read it. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

export function summaryOf(
  tasks: readonly Declaration[],
  { owned, leaving }: Selection,
  options: Pick<ImportOptions, "outFile" | "program" | "protect" | "stack" | "cwd">,
): string {
  const { outFile, program } = options;
  const hasSecrets = tasks.some(({ secrets }) => secrets.some(({ known }) => known));
  return [
    `${countOf(tasks.length, "resource")}:`,
    ...tasks.map((task) => `  ${titleOf(task)}  ${oneLine(task.task.id)}`),
    ...list("The stack has already", owned),
    ...list("Being deleted, left out", leaving),
    "",
    `Wrote ${outFile}${hasSecrets ? ", which holds secrets and only you may read: delete it after the import" : ""}.`,
    `Wrote ${program}.`,
    ...missing(tasks, program),
    "",
    "Next:",
    ...commands(tasks, options).map((line) => `  ${line}`),
    "",
  ].join("\n");
}

const titleOf = ({ resourceType, name }: Declaration): string => `${resourceType.definition.type} ${name}`;

const list = (title: string, items: readonly string[]): string[] =>
  items.length === 0 ? [] : ["", `${title}:`, ...items.map((item) => `  ${oneLine(item)}`)];

function missing(tasks: readonly Declaration[], program: string): string[] {
  const lines = (of: (task: Declaration) => readonly string[]): string[] =>
    tasks.flatMap((task) => (of(task).length === 0 ? [] : [`${titleOf(task)}: ${of(task).join(", ")}`]));
  return [
    ...list(`No call returns these; fill them in in ${program}`, lines(toFillIn)),
    ...list("No call returns these, and they are optional; add them where the tasks have them", lines(toAdd)),
    ...list(
      "The documents do not have these as the service shows them; look at the preview",
      lines(({ task }) => task.problems.map(({ path, reason }) => `${formatPath(path)} (${reason})`)),
    ),
  ];
}

function commands(
  tasks: readonly Declaration[],
  { outFile, protect, stack, cwd }: Pick<ImportOptions, "outFile" | "protect" | "stack" | "cwd">,
): string[] {
  const where = [
    ...(cwd === "." ? [] : [`--cwd ${shellWord(cwd)}`]),
    ...(stack === undefined ? [] : [`--stack ${shellWord(stack)}`]),
  ].join(" ");
  const pulumi = (rest: string): string => ["pulumi", rest, where].filter((part) => part !== "").join(" ");
  const secrets = tasks.flatMap(({ secrets }, index) =>
    secrets.map(({ path, key, known }) => {
      const from = known
        ? `${outFile}: resources[${index}].inputs.${formatPath(path)}`
        : "not shown by the service";
      return `${pulumi(`config set --secret ${key}`)}  # ${from}`;
    }),
  );
  return [
    ...secrets,
    pulumi(`import --file ${shellWord(outFile)} --generate-code=false${protect ? "" : " --protect=false"}`),
    pulumi("up"),
  ];
}
