/** Group 3: calls to the service, by operation and number of resources. */
import type { RequestEntry } from "../../../testkit/emulator";
import type { Context } from "../context";
import { OPERATIONS } from "../engines/engine";
import { type Figure, figure, type Target } from "../figures";
import { type Kind, KINDS } from "../kinds";
import { declarationsOf, DirectStack } from "./direct-runs";

/** The size that the targets are for. */
const TARGET_SIZE = 1000;

/** Most calls of a refresh of 1,000; of batches those of their list, since each needs its sub-tasks besides. */
const REFRESH_TARGETS: Readonly<Record<Kind["name"], Target>> = {
  VideoAnalysisJob: { atMost: 5 },
  ServiceTask: { atMost: 15 },
  BatchTask: { atMost: 10 },
};

export async function calls(context: Context): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const kind of KINDS) {
    for (const size of context.options.sizes) {
      context.progress(`calls of ${size} resources, ${kind.name}`);
      figures.push(...(await callsOf(context, kind, size)));
    }
  }
  return figures;
}

async function callsOf(context: Context, kind: Kind, size: number): Promise<Figure[]> {
  return DirectStack.with(context, declarationsOf(kind, size), async (stack) => {
    const figures: Figure[] = [];
    for (const operation of OPERATIONS) {
      const requests = await stack[operation]();
      const isTarget = operation === "refresh" && size === TARGET_SIZE;
      const lists = operation === "refresh" && kind.name === "BatchTask" ? listsIn(requests) : undefined;
      const target = isTarget ? REFRESH_TARGETS[kind.name] : undefined;
      figures.push(
        figure({
          group: 3,
          name: `${operation} of ${kind.name}`,
          size,
          value: requests.length,
          unit: "calls",
          ...(target === undefined || lists !== undefined ? {} : { target }),
        }),
      );
      if (lists === undefined) continue;
      const name = `refresh of ${kind.name}: calls of the list of batches`;
      const raw = { group: 3, name, size, value: lists, unit: "calls" } as const;
      figures.push(figure(target === undefined ? raw : { ...raw, target }));
    }
    return figures;
  });
}

/** The emulator's name of the call that reads a page of all batches. */
const LIST_OF_BATCHES = "listBatchTasks";

const listsIn = (requests: readonly RequestEntry[]): number =>
  requests.filter(({ operation }) => operation === LIST_OF_BATCHES).length;
