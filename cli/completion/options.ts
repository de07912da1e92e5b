/** `video-analysis completion`: its options. */
import { Argument, type Command } from "commander";
import { addNotes } from "../help";

export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

/** @param run gets the shell */
export function defineCompletion(program: Command, run: (shell: Shell) => Promise<void>): void {
  const command = program
    .command("completion")
    .summary("print a script that completes commands and options in a shell")
    .description("Prints a script for the shell, made from the commands as they are in this version.")
    .addArgument(new Argument("<shell>", "whose script").choices(SHELLS))
    .action(run);
  addNotes(command, {
    examples: [
      "bash > ~/.local/share/bash-completion/completions/video-analysis",
      'zsh > "${fpath[1]}/_video-analysis"',
      "fish > ~/.config/fish/completions/video-analysis.fish",
    ],
    exitStatus: "0 printed, 1 refused.",
    guide: "commands.md",
  });
}
