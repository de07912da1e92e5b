/** Groups 1, 2 and 7: whole runs of the engine against the floor, the usual way and the plugin, from the same rounds. */
import { CALL_TARGETS } from "../call-targets";
import type { Context } from "../context";
import { OPERATIONS, type Operation, type Variant } from "../engines/engine";
import { type Figure, figure, type Target } from "../figures";
import { type Life, type Lives, live } from "../lives";
import { roundsFor } from "../options";
import { median, medianRatio } from "../statistics";

/** The sizes that targets are for; what a smaller stack takes is mostly the start of processes. */
const TARGET_FROM = 200;
const FLOOR_TARGETS: Readonly<Record<Operation, Target>> = {
  up: { atMost: 1.25 },
  preview: { atMost: 1.15 },
  refresh: { atMost: 1.3 },
  destroy: { atMost: 1.25 },
};

/** How much faster operations are to be than in the usual way, from that number of resources on; largest first. */
const USUAL_TARGETS: Readonly<Partial<Record<Operation, readonly (readonly [size: number, Target])[]>>> = {
  up: [
    [1000, { atLeast: 1.4 }],
    [TARGET_FROM, { atLeast: 1.15 }],
  ],
  preview: [[TARGET_FROM, { atLeast: 1.2 }]],
};

/** The least number of resources at which the usual way is measured, where the sizes have any. */
const USUAL_FROM = 200;

/** The cost of a resource over the floor may be as much more at the largest size as measurements vary. */
const LINEAR_TARGET: Target = { atMost: 1.5 };

export async function engineRuns(context: Context): Promise<Figure[]> {
  const { engine, service, progress, options } = context;
  const figures: Figure[] = [];
  const bySize = new Map<number, Lives>();
  const largest = Math.max(...options.sizes);
  const hasPlugin = options.groups.includes(7) && engine.hasPlugins;
  if (options.groups.includes(7) && !hasPlugin)
    progress("group 7 needs a Pulumi CLI: the stand-in starts no plugins");
  for (const size of options.sizes) {
    const usual = options.groups.includes(2) && (size >= USUAL_FROM || largest < USUAL_FROM);
    const variants: Variant[] = ["ours", ...(options.groups.includes(1) ? (["floor"] as const) : [])];
    if (usual) variants.push("usual");
    if (hasPlugin) variants.push("plugin");
    if (variants.length === 1) continue;
    const rounds = roundsFor(options, size);
    const lives = await live({ engine, service, variants, size, rounds, progress });
    bySize.set(size, lives);
    if (options.groups.includes(1)) figures.push(...callsOf(size, lives), ...againstFloor(size, lives));
    if (usual) figures.push(...againstUsual(size, lives));
    if (hasPlugin) figures.push(...ofPlugin(size, lives));
  }
  if (options.groups.includes(1)) figures.push(...growth(bySize));
  return figures;
}

/** The clock, and what stays meaningful where others use the machine too. */
const MEASURES = [
  ["took", ""],
  ["processor", ", processor time"],
] as const satisfies readonly (readonly [keyof Life, string])[];

function againstFloor(size: number, lives: Lives): Figure[] {
  return eachMeasure((operation, measure, suffix) => {
    const [ours, floor] = [
      valuesOf(lives, "ours", operation, measure),
      valuesOf(lives, "floor", operation, measure),
    ];
    return figure({
      group: 1,
      name: `${operation} against the floor${suffix}`,
      size,
      value: medianRatio(ours, floor),
      unit: "x",
      samples: { ours, floor },
      ...(size >= TARGET_FROM ? { target: FLOOR_TARGETS[operation] } : {}),
    });
  });
}

function callsOf(size: number, lives: Lives): Figure[] {
  return OPERATIONS.map((operation) => {
    const ours = valuesOf(lives, "ours", operation, "calls");
    return figure({
      group: 1,
      name: `calls of ${operation}`,
      size,
      value: median(ours),
      unit: "calls",
      samples: { ours },
      target: { atMost: Math.ceil(CALL_TARGETS.ServiceTask[operation](size)) },
    });
  });
}

function againstUsual(size: number, lives: Lives): Figure[] {
  return eachMeasure((operation, measure, suffix) => {
    const target = USUAL_TARGETS[operation]?.find(([from]) => size >= from)?.[1];
    const [ours, usual] = [
      valuesOf(lives, "ours", operation, measure),
      valuesOf(lives, "usual", operation, measure),
    ];
    return figure({
      group: 2,
      name: `${operation}: times faster than the usual way${suffix}`,
      size,
      value: medianRatio(usual, ours),
      unit: "x",
      samples: { ours, usual },
      ...(target === undefined ? {} : { target }),
    });
  });
}

/** Times, and calls, which are to be the same. */
function ofPlugin(size: number, lives: Lives): Figure[] {
  const times = eachMeasure((operation, measure, suffix) => {
    const [plugin, ours] = [
      valuesOf(lives, "plugin", operation, measure),
      valuesOf(lives, "ours", operation, measure),
    ];
    return figure({
      group: 7,
      name: `${operation} on the plugin, against the dynamic classes${suffix}`,
      size,
      value: medianRatio(plugin, ours),
      unit: "x",
      samples: { plugin, ours },
    });
  });
  const calls = OPERATIONS.map((operation) => {
    const [plugin, ours] = [
      valuesOf(lives, "plugin", operation, "calls"),
      valuesOf(lives, "ours", operation, "calls"),
    ];
    return figure({
      group: 7,
      name: `calls of ${operation} on the plugin`,
      size,
      value: median(plugin),
      unit: "calls",
      samples: { plugin, ours },
    });
  });
  return [...times, ...calls];
}

type Measure = (typeof MEASURES)[number][0];

/** Without those that the system does not have. */
function eachMeasure(make: (operation: Operation, measure: Measure, suffix: string) => Figure): Figure[] {
  return MEASURES.flatMap(([measure, suffix]) =>
    OPERATIONS.map((operation) => make(operation, measure, suffix)),
  ).filter(({ value }) => !Number.isNaN(value));
}

/** The cost of one resource over the floor at the largest size, against the one before it. */
function growth(bySize: ReadonlyMap<number, Lives>): Figure[] {
  const [before, last] = [...bySize.keys()].filter((size) => size >= TARGET_FROM).slice(-2);
  if (before === undefined || last === undefined) return [];
  return (["up", "destroy"] as const).flatMap((operation) => {
    const added = (size: number): number => {
      const lives = bySize.get(size);
      if (lives === undefined) return Number.NaN;
      const [ours, floor] = [timesOf(lives, "ours", operation), timesOf(lives, "floor", operation)];
      return median(ours.map((ms, round) => ms - (floor[round] ?? Number.NaN))) / size;
    };
    const [small, large] = [added(before), added(last)];
    // Below the floor there is nothing that could grow.
    if (small <= 0) return [];
    return [
      figure({
        group: 1,
        name: `${operation}: cost over the floor of one resource, against ${before}`,
        size: last,
        value: Math.max(0, large) / small,
        unit: "x",
        target: LINEAR_TARGET,
        samples: { [`ms at ${before}`]: [small], [`ms at ${last}`]: [large] },
      }),
    ];
  });
}

const valuesOf = (
  lives: Lives,
  variant: Variant,
  operation: Operation,
  measure: Measure | "calls",
): number[] => lives[variant].map((life) => life[measure][operation]);

const timesOf = (lives: Lives, variant: Variant, operation: Operation): number[] =>
  valuesOf(lives, variant, operation, "took");
