/** The commands and their options. What a command does is loaded when it is called. */
import { Command, CommanderError, Help } from "commander";
import { isVideoAnalysisError } from "../provider/common/errors";
import { printable } from "../provider/common/printable";
import { defineDoctor } from "./commands/doctor/options";
import { defineDrift } from "./commands/drift/options";
import { defineEmulator } from "./commands/emulator/options";
import { addNotes } from "./common/help-notes";
import { VERSION } from "./common/package-info";
import { defineImport } from "./commands/import/options";
import { defineLs } from "./commands/ls/options";
import { definePlugin } from "./commands/plugin/options";
import { defineSchema } from "./commands/schema/options";

/** The command could not do what it was asked for. */
const FAILED = 1;

/** Leaves out defaults that say nothing. */
const optionDescription: Help["optionDescription"] = (option) =>
  new Help().optionDescription(option).replace(/ \(default: (?:false|\[\]|\{\})\)$/, "");

/**
 * All commands.
 *
 * @param done gets the exit status of the command that was called
 */
export function createProgram(done: (status: number) => void): Command {
  const program = new Command("video-analysis")
    .description("Tools for stacks of pulumi-video-analysis.")
    .version(VERSION)
    .configureHelp({ optionDescription })
    .exitOverride()
    .showHelpAfterError("(add --help for the options)");
  defineDoctor(program, async (options) => {
    const { doctor } = await import("./commands/doctor/command.js");
    done(await doctor(options));
  });
  defineDrift(program, async (options) => {
    const { drift } = await import("./commands/drift/command.js");
    done(await drift(options));
  });
  defineImport(program, async (options) => {
    const { importTasks } = await import("./commands/import/command.js");
    done(await importTasks(options));
  });
  defineLs(program, async (what, options) => {
    const { ls } = await import("./commands/ls/command.js");
    done(await ls(what, options));
  });
  defineSchema(program, async (type) => {
    const { schema } = await import("./commands/schema/command.js");
    done(schema(type));
  });
  definePlugin(program, {
    async install() {
      const { install } = await import("./commands/plugin/command.js");
      done(await install());
    },
    async path() {
      const { printPath } = await import("./commands/plugin/command.js");
      done(printPath());
    },
  });
  defineEmulator(program, async (options) => {
    const { emulator } = await import("./commands/emulator/command.js");
    done(await emulator(options));
  });
  return addNotes(program, {
    examples: ["doctor", "drift --stack dev", "help drift"],
    exitStatus: "0 done, 1 failed or refused; drift has 2 for drift, import 3 for something left to fill in.",
    guide: "commands.md",
  });
}

/**
 * Runs one command.
 *
 * @param args what follows the command's name
 * @returns the exit status; failures are printed on the standard error
 */
export async function runCommand(args: readonly string[]): Promise<number> {
  let status = 0;
  const program = createProgram((code) => {
    status = code;
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    // An error of the package says what to do; any other is a defect, whose place matters.
    const { explain } = await import("../provider/fronts/engine/remedies.js");
    const text = isVideoAnalysisError(error) || !(error instanceof Error) ? explain(error) : error.stack;
    process.stderr.write(`video-analysis: ${printable(text ?? explain(error))}\n`);
    return FAILED;
  }
}
