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
  /** Arguments that the user supplies. */
  readonly given?: PropertyMap;
  /** Of the batch, in place of the usual ones. */
  readonly outputs?: PropertyMap;
}

/** What the lists give for a batch of sources: by path, as far as they leave no choice. */
async function suppliedBy(
  { sources = [], algorithms = [], given = {}, outputs = {} }: Lists,
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
    args: { ...given, batchInput: { videoSourceGroup: [{ videoSourceList }] } },
    outputs: { algName: "Smoke and fire", videoGroupName, ...outputs },
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

  it("says nothing of groups where one that the batch names has none of its sources, or has a comma in its name", async () => {
    const sources = [source("a", "north"), source("b", "east,gate", "east")];
    for (const [names, id] of [
      ["north,south", "a"],
      ["east,gate", "b"],
    ] as const)
      assert.equal((await suppliedBy({ sources }, names, id))[GROUPS], undefined, names);
  });

  it("takes nothing that both lack for equal", async () => {
    const sources = [source("a", "undefined")];
    const algorithms = [algorithm("fire", { name: undefined })];
    const outputs = { algName: undefined, videoGroupName: undefined };
    assert.deepEqual(await suppliedBy({ sources, algorithms, outputs }, "", "a"), {});
  });

  it("names no version beside another algorithm that the user supplies", async () => {
    const algorithms = [algorithm("fire")];
    const versionWith = async (serviceName: string): Promise<unknown> =>
      (await suppliedBy({ algorithms, given: { serviceName } }, "north", "a"))["serviceVersion"];
    assert.deepEqual([await versionWith("fire"), await versionWith("smoke")], ["1.0", undefined]);
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
