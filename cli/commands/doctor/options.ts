/** `video-analysis doctor`: its options. */
import { type Command, InvalidArgumentError } from "commander";
import { addColorOptions, type ColorOptions } from "../../output/options";
import { addNotes } from "../../common/help-notes";
import { addStackOptions, collect, type StackOptions } from "../../stack/options";

/** Longest wait for one answer, in seconds: an answer that takes longer is of no use to a deployment either. */
const DEFAULT_TIMEOUT = 10;
const MAX_TIMEOUT = 300;

export interface DoctorOptions extends StackOptions, ColorOptions {
  /** ModelArts service ids. */
  readonly service: readonly string[];
  /** VAS service names. */
  readonly serviceName: readonly string[];
  /** Seconds. */
  readonly timeout: number;
  /** A file, or true for the standard output. */
  readonly json?: string | true;
}

function seconds(text: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 1 && value <= MAX_TIMEOUT) return value;
  throw new InvalidArgumentError(`Expected a whole number of seconds from 1 to ${MAX_TIMEOUT}.`);
}

/** @param run gets the options */
export function defineDoctor(program: Command, run: (options: DoctorOptions) => Promise<void>): void {
  const command = program
    .command("doctor")
    .summary("check this machine, the configuration and the services")
    .description(
      "Checks versions, configuration, credentials, clock, endpoints and services, and says what to do about what is " +
        "wrong. Sends requests that read, and writes nothing.",
    );
  addStackOptions(command)
    .option(
      "--service <id>",
      "a ModelArts service whose tasks to look at, repeatable (default: the stack's, else only the list of services)",
      collect,
      [],
    )
    .option(
      "--service-name <name>",
      "a VAS service to look at, repeatable (default: the stack's)",
      collect,
      [],
    )
    .option("--timeout <seconds>", "longest wait for one answer", seconds, DEFAULT_TIMEOUT)
    .option("--json [file]", "the report as JSON, to a file or the standard output");
  addNotes(addColorOptions(command).action(run), {
    examples: [
      "",
      "--stack dev --cwd infra",
      "--config region=eu-de --service 2a2db77f-0000-0000-0000-608a31865313",
      "--config-file Pulumi.prod.yaml --json doctor.json",
    ],
    exitStatus: "0 all fits (warnings included), 1 something failed.",
    guide: "commands.md",
  });
}
