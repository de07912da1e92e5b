import assert from "node:assert/strict";
import {
  DEFAULT_ALGORITHM,
  connectEmulator,
  type EmulatorOptions,
  type JsonObject,
  parseStartup,
  startFrom,
  UsageError,
} from "../../testkit/emulator";
import { batchTask, Caller } from "./support";
import { refused } from "./vias-support";

/** Twelve cameras: enough for three pages of five. */
const CAMERAS = Array.from({ length: 12 }, (_, index) => ({
  id: `camera-${index + 1}`,
  name: `Camera ${index + 1}`,
  type: index === 0 ? ("vcn" as const) : ("url" as const),
  status: index < 2 ? ("offline" as const) : ("online" as const),
  tags: index === 3 ? ["gate"] : [],
}));

const OPTIONS: EmulatorOptions = {
  videoGroups: [
    { id: "group-all", name: "all", sources: CAMERAS },
    { id: "group-edge", name: "edge", sources: CAMERAS.slice(0, 2), accessType: "edge" },
  ],
  edgePools: [
    { id: "pool-1", name: "pool-1" },
    { id: "pool-2", name: "pool-2", state: "Abnormal", description: "spare" },
  ],
};

describe("the emulator's lists of VIAS", () => {
  let caller: Caller;
  before(async () => {
    caller = await Caller.open(OPTIONS);
  });
  beforeEach(() => {
    caller.emulator.reset();
  });
  after(() => caller.emulator.close());

  const get = (path: string) => caller.call("vias", "GET", path);
  const idsOf = async (path: string, list: string, key: string): Promise<unknown[]> => {
    const { status, json, text } = await get(path);
    assert.equal(status, 200, text);
    return (json[list] as JsonObject[]).map((item) => item[key]);
  };
  const sources = (query = "") => idsOf(`/source/sources${query}`, "video_source_list", "video_source_id");
  const groups = (query = "") => idsOf(`/video-group/groups${query}`, "video_group_list", "video_group_id");
  const pools = (query = "") => idsOf(`/edge-pools${query}`, "edge_pools", "id");
  const services = (query = "") => idsOf(`/algorithm/services/user${query}`, "service_list", "service_id");

  it("gives everything, newest first, where no pages are asked for", async () => {
    assert.equal((await sources()).length, 12);
    assert.equal((await sources("?page_size=5"))[0], "camera-12");
    assert.equal((await sources("?page_size=5")).length, 12);
  });

  it("pages with the documented sizes", async () => {
    assert.equal((await sources("?is_paged=true")).length, 10);
    assert.deepEqual(await sources("?is_paged=true&page_size=5&page_num=3&order_by=asc"), [
      "camera-11",
      "camera-12",
    ]);
    assert.deepEqual(await sources("?is_paged=true&page_size=5&page_num=4"), []);
    for (const query of ["page_size=4", "page_size=201", "page_num=0", "page_num=100001", "order_by=up"]) {
      refused(await get(`/source/sources?${query}`), "VIAS.00010001");
    }
    assert.deepEqual(await pools("?is_paged=true&page_size=1&order_by=asc"), ["pool-1"]);
    refused(await get("/edge-pools?page_size=1001"), "VIAS.00010001");
    refused(await get("/algorithm/services/user?page_num=10001"), "VIAS.00010001");
  });

  it("refuses parameters that the call does not have, in the service's error form", async () => {
    const { json } = await get("/edge-pools?limit=5");
    assert.deepEqual(Object.keys(json).sort(), [
      "advice",
      "detail",
      "error_code",
      "error_msg",
      "params",
      "reason",
    ]);
    assert.deepEqual(json["params"], ["limit"]);
  });

  it("filters sources by name or group, state, kind, access, tag and several groups", async () => {
    assert.deepEqual(await sources("?scope=camera%201&order_by=asc"), [
      "camera-1",
      "camera-10",
      "camera-11",
      "camera-12",
    ]);
    assert.deepEqual(await sources("?scope=edge&scope_name=group_name&order_by=asc"), [
      "camera-1",
      "camera-2",
    ]);
    assert.deepEqual(await sources("?status=2&status=9&order_by=asc"), ["camera-1", "camera-2"]);
    assert.deepEqual(await sources("?type=vcn"), ["camera-1"]);
    assert.deepEqual(await sources("?tag=gate"), ["camera-4"]);
    assert.deepEqual(await sources("?video_group_id=group-edge&video_group_id=nowhere&order_by=asc"), [
      "camera-1",
      "camera-2",
    ]);
    refused(await get("/source/sources?status=3"), "VIAS.00010001");
  });

  it("knows the kinds of sources of the public cloud, not those of Cloud Stack", async () => {
    for (const type of ["ivm", "restful", "url", "vcn", "obs", "camera", "vcn_restful"]) {
      assert.equal((await get(`/source/sources?type=${type}`)).status, 200, type);
    }
    for (const type of ["VIDEO_PLATFORM", "VIDEO_IMAGE_DB", "RTSP_STREAM"]) {
      refused(await get(`/source/sources?type=${type}`), "VIAS.00010001");
    }
  });

  it("filters groups, and counts what they have", async () => {
    assert.deepEqual(await groups("?order_by=asc"), ["group-all", "group-edge"]);
    assert.deepEqual(await groups("?access_type=edge"), ["group-edge"]);
    assert.deepEqual(await groups("?sort_name=num_video_source"), ["group-all", "group-edge"]);
    assert.deepEqual(await groups("?has_task=true"), []);
    const input = { video_source_group: [{ video_source_group_id: "group-edge", video_source_list: [] }] };
    await caller.call("vias", "POST", "/batch-tasks", batchTask("wdwd", { batch_input: input }));
    assert.deepEqual(await groups("?has_task=true"), ["group-edge"]);
    const { json } = await get("/video-group/groups?name=EDG");
    const [group] = json["video_group_list"] as JsonObject[];
    assert.deepEqual(
      [group!["num_video_source"], group!["num_batch_task"], group!["group_status"]],
      [2, 1, { num_online: 0, num_exception: 0, num_offline: 2 }],
    );
    assert.equal(json["total_number"], 2);
  });

  it("shows a source with its groups and its connection", async () => {
    const { json } = await get("/source/sources?type=vcn");
    const [source] = json["video_source_list"] as JsonObject[];
    assert.deepEqual(source!["status"], { level: "2", name: "离线", status: "Offline" });
    assert.match(source!["stream_path"] as string, /^rtsp:/);
    const packages = source!["video_packages"] as JsonObject[];
    assert.deepEqual(
      packages.map((group) => group["video_group_id"]),
      ["group-all", "group-edge"],
    );
  });

  it("lists algorithms by title, and gives the name for batches only of one", async () => {
    assert.deepEqual(await services(), [DEFAULT_ALGORITHM.id]);
    assert.deepEqual(await services("?alg_status=service_running&alg_status=service_stopped"), [
      DEFAULT_ALGORITHM.id,
    ]);
    assert.deepEqual(await services("?alg_status=service_failed"), []);
    assert.deepEqual(await services("?name_like=smoke"), [DEFAULT_ALGORITHM.id]);
    const listed = (await get("/algorithm/services/user")).json["service_list"] as JsonObject[];
    assert.deepEqual(
      [listed[0]!["service_name"], listed[0]!["function_version"], listed[0]!["api"]],
      [DEFAULT_ALGORITHM.title, "1.0", undefined],
    );
    const { json } = await get(`/algorithm/services/${DEFAULT_ALGORITHM.id}`);
    assert.equal(json["api"], DEFAULT_ALGORITHM.name);
    refused(
      await get(`/algorithm/services/${DEFAULT_ALGORITHM.id.replace("0003", "0009")}`),
      "VIAS.00010002",
    );
    refused(await get("/algorithm/services/not-a-uuid"), "VIAS.00010001");
  });

  it("filters edge pools", async () => {
    assert.deepEqual(await pools("?state=Abnormal"), ["pool-2"]);
    assert.deepEqual(await pools("?name_like=pool-1"), ["pool-1"]);
    refused(await get("/edge-pools?name_like=UPPER"), "VIAS.00010001");
  });

  it("takes pools and groups while it runs, forgets them with a reset, and asks for a token", async () => {
    const client = connectEmulator(caller.emulator.url);
    await client.addEdgePool({ id: "pool-3", name: "pool-3" });
    assert.equal((await pools()).length, 3);
    await client.removeEdgePool("pool-1");
    assert.equal((await client.state()).edgePools.length, 2);
    await assert.rejects(client.removeEdgePool("pool-1"), UsageError);
    await client.reset();
    assert.equal((await pools()).length, 2);
    const { url, projectId } = caller.emulator;
    const response = await fetch(`${url}/vias/v2/${projectId}/edge-pools`);
    assert.equal(response.status, 401);
  });

  it("has faults on its lists like on any other", async () => {
    caller.emulator.inject({ kind: "throttle", match: { operation: "listEdgePools" } });
    assert.equal((await get("/edge-pools")).status, 429);
    assert.equal((await get("/edge-pools")).status, 200);
  });

  it("has what a start-up file declares", async () => {
    const emulator = await startFrom(
      parseStartup({
        edgePools: [{ id: "p", name: "pool-p" }],
        videoGroups: [{ id: "g", name: "g", sources: [{ id: "s", name: "s", type: "camera", tags: ["x"] }] }],
      }),
    );
    assert.deepEqual(
      [emulator.state().edgePools, emulator.videoGroups[0]!.sources[0]!.type],
      [[{ id: "p", name: "pool-p" }], "camera"],
    );
    await emulator.close();
    assert.throws(() => parseStartup({ edgePools: [{ id: "p", name: "p", state: "Asleep" }] }), UsageError);
  });
});
