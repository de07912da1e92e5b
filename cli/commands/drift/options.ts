/** `video-analysis drift`: its options. */
import { type Command, InvalidArgumentError } from "commander";
import { addColorOptions, type ColorOptions } from "../../output/options";
import type { FormatOptions } from "./formats/write-report";
import { addNotes } from "../../common/help-notes";
import { addStackOptions, type StackOptions } from "../../stack/options";

/** Reads at the same time: as many as the Pulumi CLI's own default of 16 operations. */
const DEFAULT_CONCURRENCY = 16;

/** More would only queue at the services' rate limits. */
const MAX_CONCURRENCY = 64;

export interface DriftOptions extends StackOptions, ColorOptions, FormatOptions {
  readonly ignoreFile?: string;
  readonly unmanaged: boolean;
  readonly concurrency: number;
}

function concurrency(text: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 1 && value <= MAX_CONCURRENCY) return value;
  throw new InvalidArgumentError(`Expected a whole number from 1 to ${MAX_CONCURRENCY}.`);
}

/** @param run gets the options */
export function defineDrift(program: Command, run: (options: DriftOptions) => Promise<void>): void {
  const command = program
    .command("drift")
    .summary("compare a stack with what the services have")
    .description(
      "Reads every resource of a stack at its service and reports what differs from the state. Writes nothing.",
    );
  addStackOptions(command)
    .option("--ignore-file <file>", "accepted differences: YAML or JSON")
    .option("--unmanaged", "also list tasks of the same services that the stack does not own", false)
    .option("--concurrency <n>", "reads at the same time", concurrency, DEFAULT_CONCURRENCY)
    .option("--json [file]", "the report as JSON, to a file or the standard output")
    .option("--markdown [file]", "the report for a pull request or a job summary")
    .option("--html [file]", "the report as one self-contained page");
  addNotes(addColorOptions(command).action(run), {
    examples: [
      "--stack dev --unmanaged",
      "--state state.json --json drift.json --html drift.html",
      "--state - --config region=eu-de < state.json",
    ],
    exitStatus: "0 in sync, 2 drift, 1 unknown or refused.",
    guide: "drift.md",
  });
}
