/** `video-analysis schema`: its options. */
import { Argument, type Command } from "commander";
import { RESOURCE_NAMES } from "../../../provider/services/resource-names";
import { addNotes } from "../../common/help-notes";

/** @param run gets the type */
export function defineSchema(program: Command, run: (type: string) => Promise<void>): void {
  const command = program
    .command("schema")
    .summary("print the JSON Schema of a resource's arguments")
    .description(
      "Prints JSON Schema 2020-12, for editors and other validators. The package has the files in dist/schemas.",
    )
    .addArgument(new Argument("<type>", "resource").choices(RESOURCE_NAMES))
    .action(run);
  addNotes(command, {
    examples: ["ServiceTask > service-task.schema.json"],
    exitStatus: "0 printed, 1 refused.",
    guide: "commands.md",
  });
}
