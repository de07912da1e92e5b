/** Options that select a stack and its configuration. */
import type { Command } from "commander";

export interface StackOptions {
  readonly state?: string;
  readonly stack?: string;
  readonly cwd: string;
  readonly config: readonly string[];
  readonly configFile?: string;
}

/** For options that may be given several times. */
export const collect = (value: string, earlier: readonly string[]): string[] => [...earlier, value];

export function addConfigOption(command: Command): Command {
  return command.option(
    "--config <key=value>",
    "a value of the configuration, repeatable (video-analysis:region)",
    collect,
    [],
  );
}

export function addStackOptions(command: Command): Command {
  const state = command.option(
    "--state <file>",
    "an exported state (`pulumi stack export`), - for the standard input",
  );
  return addNamedStackOptions(state);
}

/** Without an exported state. */
export function addNamedStackOptions(command: Command): Command {
  const stack = command
    .option("--stack <name>", "a stack, read through the Pulumi CLI on the PATH (default: the selected one)")
    .option("--cwd <dir>", "directory of the Pulumi project", ".");
  return addConfigOption(stack).option(
    "--config-file <file>",
    "the stack's configuration (default: Pulumi.<stack>.yaml beside the state)",
  );
}
