/** The Pulumi project of the directory, and its runtime. */
import { CONFIGURATION_NAMESPACE } from "../../../../provider/services/configuration";
import type { Check } from "../context/check";
import { failed, ok, skipped, warning } from "../context/outcome";

export const program: Check = {
  id: "program",
  title: "Pulumi project",
  async run({ cwd, program: find }) {
    const found = await find();
    if (found === undefined) return skipped(`none in ${cwd} and above it: give its directory with --cwd`);
    const { file, directory, name, runtime } = found;
    const where = `${file}, whose programs start in ${directory}`;
    switch (runtime) {
      case "nodejs":
        return name === CONFIGURATION_NAMESPACE
          ? warning(
              `${where}, has the name "${name}", which is the namespace of this package's configuration`,
              "Rename the project: its own keys, such as `region`, are read as the provider's.",
            )
          : ok(where);
      case "bun":
        return warning(
          `${where}, in Bun`,
          "Use `runtime: nodejs`: with Bun nothing was tested, and the provider process needs Node in any case.",
        );
      case undefined:
        return failed(`${where}, has no runtime`, "Give it one, such as `runtime: nodejs`.");
      default:
        return ok(`${where}, in ${runtime}: its resources need the provider plugin, see \`plugin\``);
    }
  },
};
