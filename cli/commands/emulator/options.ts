/** `video-analysis emulator`: its options. */
import { type Command, InvalidArgumentError } from "commander";
import { addNotes } from "../../common/help-notes";

const MAX_PORT = 65_535;

export interface EmulatorCommandOptions {
  /** Undefined: as the file says, or any free one. */
  readonly port?: number;
  readonly config?: string;
  /** The stack whose configuration leads to the emulator. */
  readonly configure?: string;
  readonly cwd: string;
  readonly json: boolean;
}

function port(text: string): number {
  const value = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (value <= MAX_PORT) return value;
  throw new InvalidArgumentError(`Expected a number from 0 to ${MAX_PORT}.`);
}

/** @param run gets the options */
export function defineEmulator(
  program: Command,
  run: (options: EmulatorCommandOptions) => Promise<void>,
): void {
  const command = program
    .command("emulator")
    .summary("run the emulated services on loopback")
    .description(
      "Starts the emulated ModelArts, VIAS, VAS and IAM on 127.0.0.1, prints how a stack uses them, and stays until Ctrl-C.",
    )
    .option("--port <number>", "port; default: that of the file, else any free one", port)
    .option("--config <file>", "what is there from the beginning, and what goes wrong: YAML or JSON")
    .option(
      "--configure <stack>",
      "set the configuration of this stack, so that its program uses the emulator",
    )
    .option("--cwd <dir>", "directory of that stack's project", ".")
    .option("--json", "the description as one line of JSON", false)
    .action(run);
  addNotes(command, {
    examples: ["", "--configure dev", "--port 8080 --config emulator.yaml"],
    exitStatus: "0 ended by Ctrl-C, 1 could not start.",
    guide: "emulator.md",
  });
}
