/** `video-analysis plugin`: its commands. */
import type { Command } from "commander";
import { addNotes } from "../../common/help-notes";

interface Runs {
  readonly install: () => Promise<void>;
  readonly path: () => Promise<void>;
}

export function definePlugin(program: Command, { install, path }: Runs): void {
  const plugin = program
    .command("plugin")
    .summary("the provider plugin, for programs in every Pulumi language")
    .description(
      "The provider plugin that the package carries, for programs in every Pulumi language and for `pulumi import`.",
    );
  addNotes(plugin, { examples: ["install", "path"], exitStatus: "0 done, 1 failed.", guide: "commands.md" });

  const installing = plugin
    .command("install")
    .summary("install it for all projects of this user")
    .description(
      "Runs `pulumi plugin install` with the plugin of this package, offline, over one of the same version that is there.",
    )
    .action(install);
  addNotes(installing, {
    examples: [""],
    exitStatus: "0 installed, 1 there is no `pulumi`, or it failed.",
    guide: "commands.md",
  });

  const printing = plugin
    .command("path")
    .summary("print its folder")
    .description(
      "Prints the folder of the plugin in this package, as `plugins.providers` of Pulumi.yaml takes it.",
    )
    .action(path);
  addNotes(printing, { examples: [""], exitStatus: "0 printed.", guide: "commands.md" });
}
