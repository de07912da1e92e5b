/** Group 3: calls to the service, by operation and number of resources. */
import { CALL_TARGETS } from "../call-targets";
import type { Context } from "../context";
import { OPERATIONS } from "../engines/engine";
import { type Figure, figure } from "../figures";
import { type Kind, KINDS, serviceTaskKind } from "../kinds";
import { LARGE_PAGES } from "../service";
import { declarationsOf, DirectStack } from "./direct-runs";

/** Tasks of a ModelArts page, as in the example of the documents. */
const SMALL_PAGES = 100;

export async function calls(context: Context): Promise<Figure[]> {
  const figures: Figure[] = [];
  const count = async (kind: Kind, size: number, pages: number): Promise<void> => {
    context.progress(`calls of ${size} resources, ${kind.name}`);
    figures.push(...(await callsOf(context, kind, size, pages)));
  };
  for (const kind of KINDS) for (const size of context.options.sizes) await count(kind, size, LARGE_PAGES);
  await context.service.control.configure({ maxLimit: SMALL_PAGES });
  for (const size of context.options.sizes) await count(serviceTaskKind, size, SMALL_PAGES);
  await context.service.control.configure({ maxLimit: LARGE_PAGES });
  return figures;
}

async function callsOf(context: Context, kind: Kind, size: number, pages: number): Promise<Figure[]> {
  return DirectStack.with(context, declarationsOf(kind, size), async (stack) => {
    const figures: Figure[] = [];
    for (const operation of OPERATIONS) {
      const { length: value } = await stack[operation]();
      const raw = { group: 3, size, value, unit: "calls" } as const;
      const name = `${operation} of ${kind.name}`;
      figures.push(
        pages === LARGE_PAGES
          ? figure({ ...raw, name, target: { atMost: Math.ceil(CALL_TARGETS[kind.name][operation](size)) } })
          : figure({ ...raw, name: `${name}, pages of ${pages}` }),
      );
    }
    return figures;
  });
}
