/** Group 8: the command `video-analysis`. */
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { performance } from "node:perf_hooks";
import { promisify } from "node:util";
import { type Context, sizeUpTo } from "../context";
import { cleanEnvironment, type Stack } from "../engines/engine";
import { REPOSITORY } from "../engines/program-directory";
import { type Figure, figure } from "../figures";
import { live } from "../lives";
import { roundsFor } from "../options";
import { median, medianRatio } from "../statistics";

const COMMAND = path.join(REPOSITORY, "dist", "package", "cli.js");

/** Processes that are started; one costs a tenth of a second. */
const START_ROUNDS = 15;
/** Most that `--help` may take, in milliseconds. */
const MAX_HELP_MS = 150;
const DRIFT_SIZE = 1000;

const run = promisify(execFile);

export async function command(context: Context): Promise<Figure[]> {
  return [await help(context), ...(await drift(context))];
}

/** Milliseconds of a run of the command, which has to end with the status 0. */
async function timeOf(...args: readonly string[]): Promise<number> {
  const begin = performance.now();
  await run(process.execPath, [COMMAND, ...args], { env: cleanEnvironment() });
  return performance.now() - begin;
}

async function help({ options, progress }: Context): Promise<Figure> {
  const rounds = options.rounds ?? START_ROUNDS;
  progress(`start of the command, ${rounds} times`);
  const took: number[] = [];
  for (let round = 0; round < rounds; round += 1) took.push(await timeOf("--help"));
  return figure({
    group: 8,
    name: "`video-analysis --help`",
    value: median(took),
    unit: "ms",
    target: { atMost: MAX_HELP_MS },
    samples: { took },
  });
}

/** The drift of a stack beside its refresh: both read every resource. */
async function drift(context: Context): Promise<Figure[]> {
  const { engine, service, options } = context;
  const size = sizeUpTo(context, DRIFT_SIZE);
  const took: number[] = [];
  const look = async (stack: Stack, { scratch }: { readonly scratch: string }): Promise<void> => {
    const [state, settings] = [path.join(scratch, "exported.json"), path.join(scratch, "config.yaml")];
    writeFileSync(state, JSON.stringify(await stack.exported()));
    writeFileSync(settings, JSON.stringify({ config: service.config() }));
    took.push(await timeOf("drift", "--state", state, "--config-file", settings));
  };
  const { ours } = await live({
    ...{ engine, service, size },
    variants: ["ours"],
    rounds: roundsFor(options, size),
    beforeDestroy: look,
    progress: (text) => context.progress(`drift, ${text}`),
  });
  const refresh = ours.map((life) => life.took.refresh);
  return [
    figure({
      group: 8,
      name: "`video-analysis drift`, against a refresh",
      size,
      value: medianRatio(took, refresh),
      unit: "x",
      target: { atMost: 1 },
      samples: { drift: took, refresh },
    }),
  ];
}
