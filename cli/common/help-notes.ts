/** Examples, exit status and guide at the end of every help. */
import type { Command } from "commander";

export interface HelpNotes {
  /** Without the command's own name; an empty text for the command alone. */
  readonly examples: readonly string[];
  readonly exitStatus: string;
  /** A page of docs/. */
  readonly guide?: string;
}

/** The names that lead to a command, its program's first. */
export function pathOf(command: Command): string {
  const { parent } = command;
  return parent === null ? command.name() : `${pathOf(parent)} ${command.name()}`;
}

export function addNotes(command: Command, { examples, exitStatus, guide }: HelpNotes): Command {
  const lines = examples.map((example) => `  $ ${pathOf(command)} ${example}`.trimEnd());
  const page = guide === undefined ? [] : [`Guide: docs/${guide}`];
  const notes = ["", "Examples:", ...lines, "", `Exit status: ${exitStatus}`, ...page];
  return command.addHelpText("after", notes.join("\n"));
}
