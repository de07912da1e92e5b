import assert from "node:assert/strict";
import * as va from "../../sdk";
import {
  DEFAULT_ACCESS_KEY,
  DEFAULT_ALGORITHM,
  DEFAULT_EDGE_SERVICE,
  DEFAULT_IEF_SERVICE,
} from "../../testkit/emulator";
import { configurationFor, namesOf, numbered, settled, withEmulator, withoutEngine } from "./support";

const CAMERAS = numbered(12, "camera").map((id, index) => ({
  id,
  name: `Camera ${index + 1}`,
  ...(index === 4 ? { type: "vcn" as const, status: "abnormal" as const, tags: ["gate"] } : {}),
}));

describe("lookups of catalogues", () => {
  const current = withEmulator({
    videoGroups: [
      { id: "group-all", name: "all", sources: CAMERAS },
      { id: "group-edge", name: "edge", sources: CAMERAS.slice(0, 2), accessType: "edge" },
    ],
    edgePools: numbered(7, "pool").map((id) => ({ id, name: id })),
  });

  it("list services and get one, with what only the details show", async () => {
    const { emulator } = current();
    const services = await va.listServices();
    assert.deepEqual(
      services.map(({ id, status, inferType }) => [id, status, inferType]),
      [
        [DEFAULT_EDGE_SERVICE.id, "running", "edge"],
        [DEFAULT_IEF_SERVICE.id, "running", "edge"],
      ],
    );
    assert.deepEqual(namesOf(await va.listServices({ name: "video-analyze" })), ["video-analyze"]);
    const service = await va.getService({ id: DEFAULT_EDGE_SERVICE.id });
    assert.deepEqual(
      [service.name, service.region, service.projectId],
      ["face-detect", emulator.region, emulator.projectId],
    );
    assert.equal(service.description, undefined);
    await assert.rejects(va.getService({ id: "nowhere" }), { code: "NOT_FOUND" });
    emulator.inject({ kind: "notPublished" });
    await assert.rejects(va.getService({ id: DEFAULT_EDGE_SERVICE.id }), { code: "REQUEST_FAILED" });
  });

  for (const serviceOffset of ["records", "pages"] as const) {
    for (const pageSize of [1, 2, 3, 4, 1000]) {
      // Of one record each, a page is a record.
      it(`list services in pages of ${pageSize}, where the offset counts ${serviceOffset}`, async () => {
        const { emulator } = current();
        emulator.configure({ serviceOffset });
        for (const id of numbered(5, "service")) emulator.addService({ id, name: id, platform: "ief" });
        const names = namesOf(await va.listServices({ pageSize }));
        assert.deepEqual(names, ["face-detect", "video-analyze", ...numbered(5, "service")]);
      });
    }
  }

  it("list sources over several pages, by every filter that the service has", async () => {
    const { emulator } = current();
    assert.deepEqual(
      (await va.listVideoSources({ pageSize: 5 })).map(({ id }) => id),
      numbered(12, "camera"),
    );
    assert.equal(emulator.calls({ operation: "listVideoSources" }).length, 3);
    const ids = async (args: va.ListVideoSourcesArgs): Promise<string[]> =>
      (await va.listVideoSources(args)).map(({ id }) => id);
    assert.deepEqual(await ids({ nameLike: "camera 12" }), ["camera-12"]);
    assert.deepEqual(await ids({ groupNameLike: "edge" }), ["camera-1", "camera-2"]);
    assert.deepEqual(await ids({ groupIds: ["group-edge", "group-none"] }), ["camera-1", "camera-2"]);
    assert.deepEqual(await ids({ statuses: ["abnormal", "offline"], types: ["vcn"], tag: "gate" }), [
      "camera-5",
    ]);
    assert.deepEqual(await ids({ types: ["vcn_restful", "ivm", "camera"] }), []);
    assert.deepEqual(await ids({ accessTypes: ["edge"] }), []);
    await assert.rejects(
      Promise.resolve(va.listVideoSources({ types: ["RTSP_STREAM" as va.VideoSourceType] })),
      { code: "INVALID_LOOKUP" },
    );
    await assert.rejects(Promise.resolve(va.listVideoSources({ nameLike: "a", groupNameLike: "b" })), {
      code: "INVALID_LOOKUP",
    });
    const [source] = await va.listVideoSources({ limit: 1 });
    assert.deepEqual(
      source!.videoPackages?.map(({ videoGroupId }) => videoGroupId),
      ["group-all", "group-edge"],
    );
    assert.ok(!JSON.stringify(source).includes("type_config") && !("typeConfig" in source!));
  });

  it("make a list of sources secret where an address holds credentials", async () => {
    const { emulator } = current();
    assert.equal((await settled(va.listVideoSourcesOutput()))?.secret, false);
    const streamPath = "rtsp://user:canary@camera/1";
    emulator.addVideoGroup({
      id: "group-x",
      name: "x",
      sources: [{ id: "camera-x", name: "x", streamPath }],
    });
    const all = await settled(va.listVideoSourcesOutput({ groupIds: ["group-x"] }));
    assert.deepEqual([all?.secret, all?.value[0]?.streamPath], [true, streamPath]);
  });

  it("list groups, algorithms and pools", async () => {
    const groups = await va.listVideoGroups({ accessTypes: ["edge"] });
    assert.deepEqual(
      groups.map(({ id, numVideoSource, groupStatus }) => [id, numVideoSource, groupStatus?.numOnline]),
      [["group-edge", 2, 2]],
    );
    assert.deepEqual(namesOf(await va.listVideoGroups({ status: "abnormal" })), ["all"]);
    const [algorithm] = await va.listUserServices();
    assert.deepEqual([algorithm!.name, algorithm!.api], [DEFAULT_ALGORITHM.title, undefined]);
    const [detailed] = await va.listUserServices({ details: true, statuses: ["service_running"] });
    assert.deepEqual([detailed!.api, detailed!.functionVersion], [DEFAULT_ALGORITHM.name, "1.0"]);
    assert.deepEqual(namesOf(await va.listEdgePools({ pageSize: 3 })), numbered(7, "pool"));
    assert.deepEqual(namesOf(await va.listEdgePools({ nameLike: "pool-7" })), ["pool-7"]);
    assert.deepEqual(await va.listEdgePools({ state: "Abnormal" }), []);
  });

  it("give what a batch needs", async () => {
    const { caller } = current();
    const [algorithm] = await va.listUserServices({ details: true });
    const [group] = await va.listVideoGroups({ nameLike: "all" });
    const [source] = await va.listVideoSources({ groupIds: [group!.id], limit: 1 });
    const { status, text } = await caller.call("vias", "POST", "/batch-tasks", {
      name: "batch",
      service_name: algorithm!.api!,
      service_version: algorithm!.functionVersion!,
      batch_input: {
        video_source_group: [
          { video_source_group_id: group!.id, video_source_list: [{ video_source_id: source!.id }] },
        ],
      },
      output: { event_center: true },
    });
    assert.equal(status, 200, text);
  });

  it("leave out what has another type than documented, and refuse a list whose items have no id", async () => {
    const { emulator } = current();
    const answer = (pool: object): string => JSON.stringify({ count: 1, edge_pools: [pool] });
    const odd = {
      id: "p",
      name: "pool",
      state: null,
      workspace_id: 0,
      description: ["x"],
      created_at: "1661657615999",
    };
    emulator.inject({ kind: "malformed", status: 200, body: answer(odd) });
    const [pool] = await va.listEdgePools();
    assert.deepEqual(
      [pool!.id, pool!.state, pool!.workspaceId, pool!.description, pool!.createdAt],
      ["p", undefined, "0", undefined, "2022-08-28T03:33:35.999Z"],
    );
    emulator.inject({ kind: "malformed", status: 200, body: answer({ name: "pool" }) });
    await assert.rejects(Promise.resolve(va.listEdgePools()), { code: "REQUEST_FAILED" });
  });

  it("repeat what was throttled, and give the code of what was not", async () => {
    const { emulator } = current();
    withoutEngine({ ...configurationFor(emulator), "video-analysis:maxRetries": "2" });
    emulator.inject({ kind: "throttle", retryAfter: 0, match: { operation: "listVideoGroups" } });
    assert.equal((await va.listVideoGroups()).length, 2);
    emulator.inject({ kind: "forbidden" });
    await assert.rejects(Promise.resolve(va.listUserServices()), { code: "REQUEST_FAILED" });
  });

  it("sign a parameter that is sent several times", async () => {
    const { emulator } = current();
    const { accessKey, secretKey } = DEFAULT_ACCESS_KEY;
    const keys = { "video-analysis:accessKey": accessKey, "video-analysis:secretKey": secretKey };
    withoutEngine({ ...configurationFor(emulator), "video-analysis:token": "", ...keys });
    const found = await va.listVideoSources({ statuses: ["offline", "abnormal"], types: ["vcn", "url"] });
    assert.deepEqual(namesOf(found), ["Camera 5"]);
  });

  it("end a list of a service that ignores the paging", async () => {
    const { emulator } = current();
    const pools = emulator.state().edgePools;
    const body = JSON.stringify({ count: pools.length, edge_pools: pools });
    emulator.inject({ kind: "malformed", status: 200, body, times: Infinity });
    for (const pageSize of [5, pools.length, 100]) {
      assert.deepEqual(namesOf(await va.listEdgePools({ pageSize })), numbered(7, "pool"));
    }
    assert.ok(emulator.requests.length <= 4);
  });
});
