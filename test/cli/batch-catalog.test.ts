import assert from "node:assert/strict";
import { VideoAnalysisError } from "../../provider/common/errors";
import type { PropertyMap } from "../../provider/common/json";
import { BatchCatalog } from "../../cli/commands/import/batch-catalog";

const source = (id: string, ...groups: string[]): PropertyMap => ({
  id,
  videoPackages: groups.map((group) => ({ videoGroupId: `id-of-${group}`, videoGroupName: group })),
});

const algorithm = (api: string, more: PropertyMap = {}): PropertyMap => ({
  name: "Smoke and fire",
  api,
  functionVersion: "1.0",
  algVersion: "1.0",
  algVersions: [],
  ...more,
});

interface Lists {
  readonly sources?: readonly PropertyMap[];
  readonly algorithms?: readonly PropertyMap[] | Error;
}

/** What the lists give for a batch of sources: by path, as far as they leave no choice. */
async function suppliedBy(
  { sources = [], algorithms = [] }: Lists,
  videoGroupName: string,
  ...ids: string[]
): Promise<PropertyMap> {
  const catalog = await BatchCatalog.read({
    list: (name) => {
      const entries = name === "listVideoSources" ? sources : algorithms;
      return entries instanceof Error ? Promise.reject(entries) : Promise.resolve(entries);
    },
    notify: () => undefined,
  });
  const videoSourceList = ids.map((videoSourceId) => ({ videoSourceId }));
  const supplied = catalog.supplied({
    args: { batchInput: { videoSourceGroup: [{ videoSourceList }] } },
    outputs: { algName: "Smoke and fire", videoGroupName },
  });
  return Object.fromEntries(supplied.map(({ path, value }) => [path.join("."), value]));
}

const GROUPS = "batchInput.videoSourceGroup";

describe("what lists say of a batch", () => {
  it("puts each source into its group, in the order of the sources", async () => {
    const sources = [source("a", "north"), source("b", "south", "elsewhere"), source("c", "north")];
    assert.deepEqual((await suppliedBy({ sources }, "south, north", "a", "b", "c"))[GROUPS], [
      {
        videoSourceGroupId: "id-of-north",
        videoSourceList: [{ videoSourceId: "a" }, { videoSourceId: "c" }],
      },
      { videoSourceGroupId: "id-of-south", videoSourceList: [{ videoSourceId: "b" }] },
    ]);
  });

  it("says nothing of groups where a source is in several of the batch, in none of it, or not listed", async () => {
    const sources = [source("a", "north"), source("b", "north", "south"), source("c", "elsewhere")];
    for (const ids of [["b"], ["a", "b"], ["c"], ["a", "d"], []])
      assert.equal((await suppliedBy({ sources }, "north,south", ...ids))[GROUPS], undefined, ids.join());
  });

  it("names the one algorithm of the title, and its version where it never had another", async () => {
    const rows: readonly [algorithms: PropertyMap[], name: unknown, version: unknown][] = [
      [[algorithm("fire")], "fire", "1.0"],
      [[algorithm("fire", { algVersion: "1.1" })], "fire", undefined],
      [[algorithm("fire", { algVersions: ["0.9", "1.0"] })], "fire", undefined],
      [[algorithm("fire"), algorithm("smoke")], undefined, undefined],
      [[algorithm("fire", { name: "Smoke" })], undefined, undefined],
    ];
    for (const [algorithms, name, version] of rows) {
      const { serviceName, serviceVersion } = await suppliedBy({ algorithms }, "north", "a");
      assert.deepEqual([serviceName, serviceVersion], [name, version], JSON.stringify(algorithms));
    }
  });

  it("goes on with the other list where one fails", async () => {
    const sources = [source("a", "north")];
    const algorithms = new VideoAnalysisError("REQUEST_FAILED", "refused.");
    assert.deepEqual(Object.keys(await suppliedBy({ sources, algorithms }, "north", "a")), [GROUPS]);
  });
});
