/** `video-analysis drift`: its options. */
import { type Command, InvalidArgumentError } from "commander";
import type { FailOn } from "./report/verdict";
import { addColorOptions } from "../../output/options";
import type { ReportStyle } from "./formats/write-report";
import { addNotes } from "../../common/help-notes";
import { addStackOptions, type StackOptions } from "../../stack/options";

/** Reads at the same time: as many as the Pulumi CLI's own default of 16 operations. */
const DEFAULT_CONCURRENCY = 16;

/** More would only queue at the services' rate limits. */
const MAX_CONCURRENCY = 64;

export interface DriftOptions extends StackOptions, ReportStyle {
  /** Names of stacks, or true for all of the project. */
  readonly allStacks?: string | true;
  readonly history?: string;
  readonly writeIgnoreFile?: string;
  readonly ignoreFile?: string;
  readonly unmanaged: boolean;
  readonly concurrency: number;
}

function concurrency(text: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 1 && value <= MAX_CONCURRENCY) return value;
  throw new InvalidArgumentError(`Expected a whole number from 1 to ${MAX_CONCURRENCY}.`);
}

/** What `--fail-on` takes, spelled out: the report is loaded with the command only. */
const FAIL_ON: readonly FailOn[] = ["failed", "stopped"];

function collectFailOn(text: string, earlier: readonly FailOn[]): FailOn[] {
  const found = FAIL_ON.find((known) => known === text);
  if (found === undefined) throw new InvalidArgumentError(`Expected ${FAIL_ON.join(" or ")}.`);
  return [...earlier, found];
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
    .option("--all-stacks [names]", "every stack of the project, or those named with commas, in one report")
    .option("--ignore-file <file>", "accepted differences: YAML or JSON")
    .option("--write-ignore-file <file>", "write an ignore file that accepts all that differs now")
    .option("--unmanaged", "also list tasks of the same services that the stack does not own", false)
    .option(
      "--fail-on <what>",
      "exit status 2 also for tasks that failed, or that do not run (stopped); repeatable",
      collectFailOn,
      [],
    )
    .option("--history <folder>", "keep when each difference was first seen, and say so")
    .option("--all", "list what is in sync, too", false)
    .option("--concurrency <n>", "reads at the same time", concurrency, DEFAULT_CONCURRENCY)
    .option("--json [file]", "the report as JSON, to a file or the standard output")
    .option("--markdown [file]", "the report for a pull request or a job summary")
    .option("--html [file]", "the report as one self-contained page")
    .option("--junit [file]", "the report as JUnit XML, a test for each resource");
  addNotes(addColorOptions(command).action(run), {
    examples: [
      "",
      "--stack dev --unmanaged",
      "--all-stacks --fail-on failed --history drift-history --html drift.html",
      "--state state.json --json drift.json --html drift.html",
      "--state - --config region=eu-de < state.json",
    ],
    exitStatus: "0 in sync, 2 drift (or what --fail-on names), 1 unknown or refused.",
    guide: "drift.md",
  });
}
