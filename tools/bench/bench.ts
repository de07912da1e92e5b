/** All groups of figures, one after the other, with what they were measured on. */
import { availableParallelism } from "node:os";
import type { Context } from "./context";
import { standIn } from "./engines/stand-in";
import type { Engine } from "./engines/engine";
import type { Figure } from "./figures";
import { calls } from "./groups/calls";
import { command } from "./groups/command";
import { engineRuns } from "./groups/engine-runs";
import { footprint } from "./groups/footprint";
import { micro } from "./groups/micro";
import { weather } from "./groups/weather";
import type { Group, Options } from "./options";
import { Service } from "./service";

/** Version of the shape of {@link Results}. */
export const RESULTS_VERSION = 1;

/** Contents of the JSON file. */
export interface Results {
  readonly version: typeof RESULTS_VERSION;
  /** When the run began, RFC 3339. */
  readonly startedAt: string;
  readonly seconds: number;
  readonly engine: string;
  readonly node: string;
  readonly processors: number;
  readonly groups: readonly Group[];
  readonly sizes: readonly number[];
  readonly figures: readonly Figure[];
}

export interface BenchOptions extends Pick<Options, "groups" | "sizes" | "rounds"> {
  /** Default: the stand-in. */
  readonly engine?: Engine;
  readonly progress?: (text: string) => void;
}

interface Part {
  readonly groups: readonly Group[];
  readonly run: (context: Context) => Promise<Figure[]> | Figure[];
}

const PARTS: readonly Part[] = [
  { groups: [1, 2, 7], run: engineRuns },
  { groups: [3], run: calls },
  { groups: [4], run: weather },
  { groups: [5], run: footprint },
  { groups: [6], run: micro },
  { groups: [8], run: command },
];

export async function bench(options: BenchOptions): Promise<Results> {
  const { engine = standIn, progress = () => undefined, groups, sizes } = options;
  const startedAt = new Date();
  const begin = performance.now();
  const service = await Service.start();
  const figures: Figure[] = [];
  try {
    for (const part of PARTS) {
      if (!part.groups.some((group) => groups.includes(group))) continue;
      figures.push(...(await part.run({ options, engine, service, progress })));
    }
  } finally {
    await service.close();
  }
  return {
    version: RESULTS_VERSION,
    startedAt: startedAt.toISOString(),
    seconds: Math.round((performance.now() - begin) / 1000),
    engine: engine.title,
    node: process.version,
    processors: availableParallelism(),
    groups,
    sizes,
    figures: figures.sort((a, b) => a.group - b.group),
  };
}
