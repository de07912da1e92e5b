/** Options of commands that print for people. */
import type { Command } from "commander";

export interface ColorOptions {
  /** Undefined: where the standard output is a terminal. */
  readonly color?: boolean;
}

export function addColorOptions(command: Command): Command {
  command
    .option("--color", "colours also where the output is no terminal")
    .option("--no-color", "no colours");
  // Commander would make `true` the default of an option that has a negation: here it is "as the terminal is".
  return command.setOptionValueWithSource("color", undefined, "default");
}
