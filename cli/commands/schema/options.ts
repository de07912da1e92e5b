/** `video-analysis schema`: its options. */
import { Argument, type Command } from "commander";
import { RESOURCE_NAMES } from "../../../provider/services/resource-names";
import { addNotes } from "../../common/help-notes";

/** @param run gets the type, or nothing where the package schema is asked for */
export function defineSchema(program: Command, run: (type: string | undefined) => Promise<void>): void {
  const command = program
    .command("schema")
    .summary("print the JSON Schema of a resource's arguments, or the package schema")
    .description(
      "Prints JSON Schema 2020-12, for editors and other validators (dist/schemas in the package), or the Pulumi package schema of the provider plugin, from which SDKs are generated (dist/plugin/schema.json).",
    )
    .addArgument(new Argument("[type]", "resource").choices(RESOURCE_NAMES))
    .option("--pulumi", "the package schema, of all resources and functions", false)
    .action(async (type: string | undefined, { pulumi }: { readonly pulumi: boolean }) => {
      if ((type === undefined) !== pulumi) command.error("error: expected either a type or --pulumi");
      await run(type);
    });
  addNotes(command, {
    examples: ["ServiceTask > service-task.schema.json", "--pulumi > schema.json"],
    exitStatus: "0 printed, 1 refused.",
    guide: "commands.md",
  });
}
