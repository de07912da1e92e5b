import assert from "node:assert/strict";
import fc from "fast-check";
import * as va from "../../sdk";
import { DEFAULT_EDGE_SERVICE, DEFAULT_IEF_SERVICE } from "../../testkit/emulator";
import { makeTasks, numbered, withEmulator } from "../lookups/support";

const COUNT = 13;
const CAMERAS = numbered(COUNT, "camera").map((id) => ({ id, name: id }));

/** Each list with the ids that the emulator has, and the smallest page that it takes. */
const LISTS = {
  "tasks on Edge": {
    min: 1,
    max: 100,
    list: (args: object) => va.listServiceTasks({ serviceId: DEFAULT_EDGE_SERVICE.id, ...args }),
  },
  "tasks on IEF": {
    min: 1,
    max: 100,
    list: (args: object) =>
      va.listServiceTasks({ serviceId: DEFAULT_IEF_SERVICE.id, platform: "ief", ...args }),
  },
  "video sources": { min: 5, max: 200, list: (args: object) => va.listVideoSources(args) },
  "edge pools": { min: 1, max: 1000, list: (args: object) => va.listEdgePools(args) },
} as const;

describe("property: lists", () => {
  const current = withEmulator({
    videoGroups: [{ id: "group", name: "group", sources: CAMERAS }],
    edgePools: numbered(COUNT, "pool").map((id) => ({ id, name: id })),
  });
  let expected: Readonly<Record<keyof typeof LISTS, readonly string[]>>;

  beforeEach(async () => {
    const { caller, emulator } = current();
    const tasks = async ({ id }: { readonly id: string }): Promise<string[]> =>
      (await makeTasks(caller, id, numbered(COUNT))).map((task) => `${id}/${task}`);
    expected = {
      "tasks on Edge": await tasks(DEFAULT_EDGE_SERVICE),
      "tasks on IEF": await tasks(DEFAULT_IEF_SERVICE),
      "video sources": CAMERAS.map(({ id }) => id),
      "edge pools": emulator.state().edgePools.map(({ id }) => id),
    };
  });

  for (const [name, { min, max, list }] of Object.entries(LISTS)) {
    it(`of ${name} have each entry once, under any page size and limit, iterated or awaited`, async () => {
      const wanted = [...expected[name as keyof typeof LISTS]].sort();
      // Small pages are the interesting ones.
      const pageSize = fc.oneof(fc.integer({ min, max: Math.min(max, COUNT + 2) }), fc.integer({ min, max }));
      const limit = fc.option(fc.integer({ min: 1, max: COUNT + 2 }), { nil: undefined });
      await fc.assert(
        fc.asyncProperty(pageSize, limit, async (size, most) => {
          const args = { pageSize: size, ...(most === undefined ? {} : { limit: most }) };
          const iterated: string[] = [];
          for await (const { id } of list(args)) iterated.push(id);
          const awaited = (await list(args)).map(({ id }) => id);
          assert.deepEqual(awaited, iterated);
          assert.equal(new Set(iterated).size, Math.min(COUNT, most ?? COUNT));
          assert.deepEqual(
            iterated.filter((id) => !wanted.includes(id)),
            [],
          );
        }),
      );
    });
  }
});
