/** Group 4: a service that takes its time, and one that allows only so many calls. */
import type { Fault } from "../../../testkit/emulator";
import { type Context, sizeUpTo } from "../context";
import { type Figure, figure } from "../figures";
import { type Kind, serviceTaskKind, videoAnalysisJobKind } from "../kinds";
import { live } from "../lives";
import { medianRatio } from "../statistics";
import { declarationsOf, DirectStack } from "./direct-runs";

/** A service on the same continent, behind a gateway. */
const LATENCY_MS = 50;
/** The larger sizes would take minutes a run in the usual way, and show the same. */
const LATENCY_SIZE = 200;
/** Calls in a window; the documents give no figures, and gateways of other services count about so. */
const QUOTA_CALLS = 200;
const QUOTA_WINDOW_MS = 5 * 60 * 1000;
const QUOTA_SIZE = 1000;
/** Creates, of which each takes a call at least. */
const UP_SIZE = 190;
/** Windows whose end a run can wait for. */
const UP_WINDOW_MS = 60_000;
const SHORT_WINDOW_MS = 20_000;
const TOO_MANY_REQUESTS = 429;

export async function weather(context: Context): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const condition of CONDITIONS) figures.push(...(await runsUnder(condition, context)));
  // A batch has to be asked for its sub-tasks, so that a thousand of them cannot keep within such a quota.
  for (const kind of [serviceTaskKind, videoAnalysisJobKind]) {
    const ups = Math.min(UP_SIZE, Math.max(...context.options.sizes));
    figures.push(...(await quota(context, kind, { operation: "up", size: ups, windowMs: UP_WINDOW_MS })));
    const size = sizeUpTo(context, QUOTA_SIZE);
    figures.push(...(await quota(context, kind, { operation: "refresh", size, windowMs: QUOTA_WINDOW_MS })));
  }
  return figures;
}

/** What whole runs meet at a service. */
interface Condition {
  readonly title: string;
  readonly faults: readonly Fault[];
}

const slow: Fault = { kind: "latency", ms: LATENCY_MS, times: null, match: { service: "modelarts" } };

const CONDITIONS: readonly Condition[] = [
  { title: `${LATENCY_MS} ms latency`, faults: [slow] },
  {
    title: `${LATENCY_MS} ms latency and ${QUOTA_CALLS} calls in ${SHORT_WINDOW_MS / 1000} s`,
    faults: [
      slow,
      { kind: "quota", calls: QUOTA_CALLS, windowMs: SHORT_WINDOW_MS, match: { service: "modelarts" } },
    ],
  },
];

async function runsUnder({ title, faults }: Condition, context: Context): Promise<Figure[]> {
  const { engine, service, options, progress } = context;
  const size = sizeUpTo(context, LATENCY_SIZE);
  const injected: string[] = [];
  try {
    for (const fault of faults) injected.push((await service.control.inject(fault)).id);
    const lives = await live({
      ...{ engine, service, size },
      variants: ["ours", "floor", "usual"],
      // Latencies and windows are fixed, so that one round shows them.
      rounds: options.rounds ?? 1,
      progress: (text) => progress(`${title}, ${text}`),
    });
    const [ours] = lives.ours;
    return (["up", "refresh", "destroy"] as const).flatMap((operation) => {
      const times = (variant: keyof typeof lives): number[] =>
        lives[variant].map(({ took }) => took[operation]);
      const [own, floor, usual] = [times("ours"), times("floor"), times("usual")];
      return [
        figure({
          group: 4,
          name: `${operation} with ${title}, against the floor (which makes no calls)`,
          size,
          value: medianRatio(own, floor),
          unit: "x",
          samples: { ours: own, floor },
        }),
        figure({
          group: 4,
          name: `${operation} with ${title}: times faster than the usual way`,
          size,
          value: medianRatio(usual, own),
          unit: "x",
          samples: { ours: own, usual },
          ...(operation === "refresh" || size < LATENCY_SIZE ? {} : { target: { atLeast: 1 } }),
        }),
        figure({
          group: 4,
          name: `${operation} with ${title}`,
          size,
          value: ours?.calls[operation] ?? 0,
          unit: "calls",
        }),
      ];
    });
  } finally {
    for (const id of injected) await service.control.removeFault(id);
  }
}

async function quota(
  context: Context,
  kind: Kind,
  { operation, size, windowMs }: { operation: "up" | "refresh"; size: number; windowMs: number },
): Promise<Figure[]> {
  const { service, progress } = context;
  progress(`quota of ${QUOTA_CALLS} calls, ${operation} of ${size} resources, ${kind.name}`);
  return DirectStack.with(context, declarationsOf(kind, size), async (stack) => {
    if (operation === "refresh") await stack.up();
    const fault = await service.control.inject({
      ...{ kind: "quota", calls: QUOTA_CALLS, windowMs },
      match: { service: kind.service },
    });
    const requests = await stack[operation]().finally(() => service.control.removeFault(fault.id));
    await stack.destroy();
    const refused = requests.filter(({ status }) => status === TOO_MANY_REQUESTS).length;
    const name = `${operation} of ${kind.name} with a quota of ${QUOTA_CALLS} calls in ${windowMs / 60_000} min`;
    return [
      figure({ group: 4, name, size, value: requests.length, unit: "calls" }),
      figure({
        group: 4,
        name: `${name}: answers 429`,
        size,
        value: refused,
        unit: "calls",
        target: { atMost: 0 },
      }),
    ];
  });
}
