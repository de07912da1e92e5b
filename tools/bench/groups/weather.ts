/** Group 4: a service that takes its time, and one that allows only so many calls. */
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
const QUOTA = { calls: 200, windowMs: 5 * 60 * 1000 } as const;
const QUOTA_SIZE = 1000;
const TOO_MANY_REQUESTS = 429;

export async function weather(context: Context): Promise<Figure[]> {
  const figures = await latency(context);
  // A batch has to be asked for its sub-tasks, so that a thousand of them cannot keep within such a quota.
  for (const kind of [serviceTaskKind, videoAnalysisJobKind]) figures.push(...(await quota(context, kind)));
  return figures;
}

async function latency(context: Context): Promise<Figure[]> {
  const { engine, service, options, progress } = context;
  const size = sizeUpTo(context, LATENCY_SIZE);
  const fault = await service.control.inject({
    kind: "latency",
    ms: LATENCY_MS,
    times: null,
    match: { service: "modelarts" },
  });
  try {
    const lives = await live({
      ...{ engine, service, size },
      variants: ["ours", "floor", "usual"],
      // What is waited for does not vary.
      rounds: options.rounds ?? 1,
      progress: (text) => progress(`${LATENCY_MS} ms latency, ${text}`),
    });
    const [ours] = lives.ours;
    return (["up", "refresh", "destroy"] as const).flatMap((operation) => {
      const times = (variant: keyof typeof lives): number[] =>
        lives[variant].map(({ took }) => took[operation]);
      const [own, floor, usual] = [times("ours"), times("floor"), times("usual")];
      return [
        figure({
          group: 4,
          name: `${operation} with ${LATENCY_MS} ms latency, against the floor (which makes no calls)`,
          size,
          value: medianRatio(own, floor),
          unit: "x",
          samples: { ours: own, floor },
        }),
        figure({
          group: 4,
          name: `${operation} with ${LATENCY_MS} ms latency: times faster than the usual way`,
          size,
          value: medianRatio(usual, own),
          unit: "x",
          samples: { ours: own, usual },
        }),
        figure({
          group: 4,
          name: `${operation} with ${LATENCY_MS} ms latency`,
          size,
          value: ours?.calls[operation] ?? 0,
          unit: "calls",
        }),
      ];
    });
  } finally {
    await service.control.removeFault(fault.id);
  }
}

async function quota(context: Context, kind: Kind): Promise<Figure[]> {
  const { service, progress } = context;
  const size = sizeUpTo(context, QUOTA_SIZE);
  progress(`quota of ${QUOTA.calls} calls, ${size} resources, ${kind.name}`);
  return DirectStack.with(context, declarationsOf(kind, size), async (stack) => {
    await stack.up();
    const fault = await service.control.inject({ kind: "quota", ...QUOTA, match: { service: kind.service } });
    try {
      const requests = await stack.refresh();
      const refused = requests.filter(({ status }) => status === TOO_MANY_REQUESTS).length;
      const name = `refresh of ${kind.name} with a quota of ${QUOTA.calls} calls in 5 minutes`;
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
    } finally {
      await service.control.removeFault(fault.id);
      await stack.destroy();
    }
  });
}
