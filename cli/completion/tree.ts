/** The commands and options of a program, as far as a shell can complete them. */
import type { Command, Option } from "commander";

/** What an option takes after it. */
export type ValueKind = "none" | "file" | "directory" | "text" | readonly string[];

export interface CompletableOption {
  /** `--json`, and a short form where it has one. */
  readonly flags: readonly string[];
  readonly value: ValueKind;
  /** The value may be left out. */
  readonly optional: boolean;
  readonly description: string;
}

export interface CompletableCommand {
  /** Names that lead to it, without the program's. */
  readonly path: readonly string[];
  readonly summary: string;
  readonly options: readonly CompletableOption[];
  readonly children: readonly CompletableCommand[];
  /** What its arguments may be. */
  readonly choices: readonly string[];
}

function valueOf({ flags, argChoices, required, optional }: Option): ValueKind {
  if (!required && !optional) return "none";
  if (argChoices !== undefined) return argChoices;
  const [, name = ""] = /[<[]([^\]>.]+)/.exec(flags) ?? [];
  return name === "file" ? "file" : name === "dir" ? "directory" : "text";
}

/** @param path names that lead to the command */
export function treeOf(command: Command, path: readonly string[] = []): CompletableCommand {
  const help = command.createHelp();
  return {
    path,
    summary: command.summary() === "" ? command.description() : command.summary(),
    options: help.visibleOptions(command).map((option) => ({
      flags: [option.long, option.short].filter((flag) => flag !== undefined),
      value: valueOf(option),
      optional: option.optional,
      description: option.description,
    })),
    children: help.visibleCommands(command).map((child) => treeOf(child, [...path, child.name()])),
    choices: command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices),
  };
}

/** A command and all below it. */
export function withDescendants(command: CompletableCommand): CompletableCommand[] {
  return [command, ...command.children.flatMap(withDescendants)];
}
