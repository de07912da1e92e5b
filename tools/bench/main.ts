/** `npm run bench`: measures, prints a table and writes JSON. */
import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { findCli } from "../stack/cli";
import { bench, type Results } from "./bench";
import { cli } from "./engines/cli";
import type { Engine } from "./engines/engine";
import { standIn } from "./engines/stand-in";
import { HELP, OptionError, type Options, parseOptions } from "./options";
import { report } from "./table";

/** The status that command-line tools use for wrong arguments. */
const EXIT_USAGE = 2;

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const remark = (text: string): void => void process.stderr.write(`${text}\n`);

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options === undefined) {
    print(HELP);
    return;
  }
  const engine = engineFor(options);
  print(`Engine: ${engine.title}`);
  const results = await bench({ ...options, engine, progress: (text) => remark(`  ${text}`) });
  print(report(results.figures));
  write(options.json, results);
  print(`\n${results.seconds} s; the figures with their samples are in ${options.json}`);
}

function engineFor({ engine }: Options): Engine {
  if (engine === "standin") return standIn;
  const version = findCli();
  if (version !== undefined) return cli(version);
  if (engine === "cli") throw new OptionError("--engine cli: there is no usable `pulumi` on the PATH");
  return standIn;
}

function write(file: string, results: Results): void {
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  writeFileSync(file, `${JSON.stringify(results, undefined, 2)}\n`);
}

/** The status that shells give to an interrupted command. */
const EXIT_INTERRUPTED = 130;

// Scratch folders are removed at the exit, which a signal by itself skips.
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => process.exit(EXIT_INTERRUPTED));

main().catch((error: unknown) => {
  const usage = error instanceof OptionError;
  remark(
    usage
      ? `${error.message}\n\n${HELP}`
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error),
  );
  process.exitCode = usage ? EXIT_USAGE : 1;
});
