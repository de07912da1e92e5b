/** Group 5: bytes in the state, time at the start of a program, and memory of the provider process. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type Context, sizeUpTo } from "../context";
import { cleanEnvironment, type RecordedResource } from "../engines/engine";
import { makeScratch, programIn, removeScratch } from "../engines/program-directory";
import { type Figure, figure } from "../figures";
import { type Kind, KINDS, serviceTaskKind } from "../kinds";
import { live } from "../lives";
import type { Declaration, Recorded } from "../provider-run";
import { median, medianRatio } from "../statistics";
import { declarationsOf, DirectStack } from "./direct-runs";

/** Resources whose state is looked at; they are alike. */
const STATE_SIZE = 3;
/** Resources with which the memory of the process is measured. */
const MEMORY_SIZE = 1000;
/** Bound of what is recorded beside the inputs, for a resource of one task, in bytes of JSON. */
const MAX_OUTPUTS_BEYOND_INPUTS = 1023;
/** Most memory of the provider process, against the floor. */
const MAX_MEMORY = 1.3;
/** Most that importing the package may add to the start of a program, in milliseconds. */
const MAX_IMPORT_MS = 30;

export async function footprint(context: Context): Promise<Figure[]> {
  return [
    ...(await stateOfKinds(context)),
    ...(await stateOfPrograms(context)),
    ...(await programStart(context)),
    ...(await memory(context)),
  ];
}

const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** The outputs that are not inputs; the constant text is a figure of its own. */
function outputsBeyondInputs({ inputs, outputs }: Pick<Recorded, "inputs" | "outputs">): number {
  return bytes(Object.fromEntries(Object.entries(outputs).filter(([key]) => !(key in inputs))));
}

async function stateOfKinds(context: Context): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const kind of KINDS) {
    context.progress(`state of ${kind.name}`);
    const resources = await recordedOf(context, kind);
    const largest = (size: (resource: Recorded) => number): number => Math.max(...resources.map(size));
    figures.push(
      figure({
        group: 5,
        name: `inputs of ${kind.name} in the state`,
        value: largest(({ inputs }) => bytes(inputs)),
        unit: "bytes",
      }),
      figure({
        group: 5,
        name: `outputs of ${kind.name} beyond its inputs`,
        value: largest(outputsBeyondInputs),
        unit: "bytes",
        target: { atMost: MAX_OUTPUTS_BEYOND_INPUTS },
      }),
      figure({
        group: 5,
        name: `\`__provider\` of ${kind.name}`,
        value: Buffer.byteLength(kind.providerText),
        unit: "bytes",
      }),
    );
  }
  return figures;
}

/** After a refresh, which fills in what the service decided after the create. */
function recordedOf(context: Context, kind: Kind): Promise<readonly Recorded[]> {
  return DirectStack.with(context, declarationsOf(kind, STATE_SIZE), async (stack) => {
    let resources: readonly Recorded[] = [];
    await stack.run(async (run) => {
      resources = await run.refresh(await run.up(stack.declarations));
      await run.destroy(resources);
    });
    return resources;
  });
}

/** The exported state of whole programs: what the file backend writes at every step. */
async function stateOfPrograms(context: Context): Promise<Figure[]> {
  const { engine, service } = context;
  const progress = (text: string): void => context.progress(`state: ${text}`);
  const variants = ["ours", "floor", "usual"] as const;
  const lives = await live({
    ...{ engine, service, variants, progress },
    size: STATE_SIZE,
    rounds: 1,
    operations: ["up", "destroy"],
  });
  const sizes = (variant: (typeof variants)[number], size: (resource: RecordedResource) => number): number =>
    Math.max(...(lives[variant][0]?.resources ?? []).map(size));
  const exported = Object.fromEntries(variants.map((variant) => [variant, sizes(variant, bytes)]));
  const { ours = 0, floor = 0, usual = 0 } = exported;
  return [
    figure({ group: 5, name: "exported state of a ServiceTask", value: ours, unit: "bytes" }),
    figure({
      group: 5,
      name: "exported state, against the floor",
      value: ours / floor,
      unit: "x",
      samples: { ours: [ours], floor: [floor] },
    }),
    figure({
      group: 5,
      name: "exported state: times smaller than the usual way",
      value: usual / ours,
      unit: "x",
      samples: { ours: [ours], usual: [usual] },
    }),
    figure({
      group: 5,
      name: "`__provider` of the usual way",
      value: sizes("usual", ({ inputs }) => bytes(inputs?.["__provider"])),
      unit: "bytes",
    }),
  ];
}

/** Processes that are started; one costs half a second. */
const START_ROUNDS = 15;

async function programStart(context: Context): Promise<Figure[]> {
  const scratch = makeScratch("ours");
  try {
    const rounds = context.options.rounds ?? START_ROUNDS;
    context.progress(`start of a program, ${rounds} times`);
    const took: Record<"with" | "without", number[]> = { with: [], without: [] };
    for (let round = 0; round < rounds; round += 1) {
      const { sdk, both } = await startOf(programIn(scratch));
      took.without.push(sdk);
      took.with.push(both);
    }
    const [own, without] = [took.with, took.without];
    const samples = { with: own, without };
    const added = median(own.map((ms, round) => ms - (without[round] ?? Number.NaN)));
    return [
      figure({
        group: 5,
        name: "start of a program with the package, against one without",
        value: medianRatio(own, without),
        unit: "x",
        samples,
      }),
      figure({
        group: 5,
        name: "importing the package adds to the start of a program",
        value: added,
        unit: "ms",
        target: { atMost: MAX_IMPORT_MS },
        samples,
      }),
    ];
  } finally {
    removeScratch(scratch);
  }
}

/** Prints the processor time, in milliseconds, at which the SDK and then this package were loaded. */
const START_SCRIPT = `
  const now = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
  require("@pulumi/pulumi");
  const sdk = now();
  require("pulumi-video-analysis");
  process.stdout.write(JSON.stringify({ sdk, both: now() }));
`;

/**
 * One start of a program. Both sides come from the same process: two processes differ by more than an import takes. And
 * in processor time: loading modules waits for nothing, so that the clock of an idle machine shows the same.
 */
async function startOf(directory: string): Promise<{ readonly sdk: number; readonly both: number }> {
  const options = { cwd: directory, env: cleanEnvironment() };
  const { stdout } = await promisify(execFile)(process.execPath, ["-e", START_SCRIPT], options);
  return JSON.parse(stdout) as { sdk: number; both: number };
}

/** Creates and reads, in one process, by the hooks of this package and by those that do nothing. */
async function memory(context: Context): Promise<Figure[]> {
  const size = sizeUpTo(context, MEMORY_SIZE);
  const own = declarationsOf(serviceTaskKind, size);
  const floor = own.map((declaration): Declaration => {
    const __provider = 'exports.handler=()=>require("./hooks-that-do-nothing.js").ServiceTask';
    return { ...declaration, args: { ...declaration.args, __provider } };
  });
  const peaks: (number | undefined)[] = [];
  for (const declarations of [own, floor]) {
    context.progress(`memory of the provider process, ${size} resources`);
    await DirectStack.with(context, declarations, async (stack) => {
      await stack.run(async (run) => {
        const resources = await run.up(stack.declarations);
        await run.preview(resources);
        await run.refresh(resources);
        peaks.push(run.peakMemory());
        await run.destroy(resources);
      });
    });
  }
  const [ours, nothing] = peaks;
  // Only where the system has the figure.
  if (ours === undefined || nothing === undefined) return [];
  const samples = { ours: [ours], floor: [nothing] };
  return [
    figure({
      group: 5,
      name: "peak memory of the provider process",
      size,
      value: inMebibytes(ours),
      unit: "MiB",
    }),
    figure({
      group: 5,
      name: "peak memory of the provider process, against the floor",
      size,
      value: ours / nothing,
      unit: "x",
      target: { atMost: MAX_MEMORY },
      samples,
    }),
  ];
}

const MEBIBYTE = 1024 * 1024;
const inMebibytes = (size: number): number => size / MEBIBYTE;
