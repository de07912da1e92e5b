import assert from "node:assert/strict";
import { DEFAULT_VAS_SERVICE, type Json, type JsonObject } from "../../testkit/emulator";
import { vasJob, withCaller, without } from "./support";
import {
  DAILY,
  DEVICE,
  FREQUENCY,
  input,
  ONCE,
  output,
  POOL,
  refused,
  REST,
  timed,
  vasCalls,
  VCN,
} from "./vas-support";

describe("emulator: create VAS jobs", () => {
  const caller = withCaller();
  const { vas } = vasCalls(caller);

  it("answers 201 with a bare array, one id per input entry", async () => {
    const data = [
      { bucket: "obs-iva", path: "a.mp4" },
      { bucket: "obs-iva", path: "b.mp4" },
    ];
    const { status, text } = await vas("POST", "", vasJob("t", { input: { type: "obs", data } }));
    const ids = JSON.parse(text) as JsonObject[];
    assert.equal(status, 201);
    assert.deepEqual(ids.map(Object.keys), [["id"], ["id"]]);
    assert.deepEqual(
      caller()
        .emulator.tasks(DEFAULT_VAS_SERVICE.id)
        .map((task) => (task["input"] as JsonObject)["data"]),
      data.map((entry) => [entry]),
    );
  });

  it("wraps the array when so configured", async () => {
    caller().emulator.configure({ vasCreateAnswer: "wrapped" });
    assert.deepEqual(Object.keys((await vas("POST", "", vasJob())).json), ["tasks"]);
  });

  const accepted: [string, JsonObject][] = [
    ["a stream of vis", vasJob("t", input("vis", { stream_name: "s" }))],
    ["an edge camera in a pool", vasJob("t", { ...input("edgecamera", { id: "a-1" }), edge_pool_id: POOL })],
    ["edgerestful", vasJob("t", input("edgerestful", { ...REST, headers: { a: "b" } }))],
    ["vcn", vasJob("t", input("vcn", { device_id: DEVICE, stream_type: 3 }, { vcn: VCN }))],
    ["hosting", vasJob("t", output({ hosting: { data_category: ["FaceImage"] } }))],
    ["localpath", vasJob("t", output({ localpath: { mount_source_path: "/usr/local/" } }))],
    ["a Chinese name", vasJob("作业")],
    [
      "an absolute OBS path, as an example has it",
      vasJob("t", input("obs", { bucket: "obs-iva", path: "/a" })),
    ],
    ["daily periods", timed(DAILY)],
    ["once by frequency on a date", timed(ONCE)],
  ];
  for (const [title, body] of accepted) {
    it(`accepts ${title}`, async () => {
      const { status, text } = await vas("POST", "", body);
      assert.equal(status, 201, text);
    });
  }

  const cases: [string, JsonObject][] = [
    ["name", vasJob("with space")],
    ["service_version", without(vasJob(), "service_version")],
    ["service_version", vasJob("t", { service_version: "1.0.0" })],
    ["service_name", vasJob("t", { service_name: "video-analyze" })],
    ["schedule", vasJob("t", { schedule: DAILY })],
    ["input.type", vasJob("t", input("restful", REST))],
    [
      "input.data",
      vasJob("t", { input: { type: "url", data: Array<Json>(51).fill({ url: "rtsp://x.y" }) } }),
    ],
    ["input.data[0].bucket", vasJob("t", input("obs", { bucket: "a..b", path: "p" }))],
    ["input.data[0].path", vasJob("t", input("obs", { bucket: "obs-iva" }))],
    ["input.data[0].path", vasJob("t", input("obs", { bucket: "obs-iva", path: "a?b" }))],
    ["input.data[0].stream_name", vasJob("t", input("vis", { stream_name: "s".repeat(81) }))],
    ["input.data[0].url", vasJob("t", input("url", { url: "gopher://x.y" }))],
    ["input.data[0].headers", vasJob("t", input("edgerestful", { ...REST, headers: {} }))],
    [
      "input.data[0].rtsp_path_in_response",
      vasJob("t", input("edgerestful", { ...REST, rtsp_path_in_response: "/input/url" })),
    ],
    ["input.data[0].node_id", vasJob("t", input("edgerestful", { ...REST, node_id: "n" }))],
    ["input.data[0].id", vasJob("t", input("edgecamera", { id: "a".repeat(64) }))],
    ["input.data[0].device_id", vasJob("t", input("vcn", { device_id: "1#2" }, { vcn: VCN }))],
    ["input.data[0].index", vasJob("t", input("url", { url: "rtsp://x.y", index: 0 }))],
    ["input.vcn", vasJob("t", input("vcn", { device_id: DEVICE }))],
    ["input.vcn.ip", vasJob("t", input("vcn", { device_id: DEVICE }, { vcn: { ...VCN, ip: "10.0.0" } }))],
    ["output", vasJob("t", output({}))],
    ["output.event_center", vasJob("t", output({ event_center: true }))],
    ["output.dis.stream_id", vasJob("t", output({ dis: { stream_name: "s", stream_id: "1" } }))],
    ["output.hosting.bucket", vasJob("t", output({ hosting: { bucket: "b" } }))],
    ["output.localpath.mount_source_path", vasJob("t", output({ localpath: { mount_source_path: "a" } }))],
    ["service_config.common", vasJob("t", { service_config: {} })],
    ["config", vasJob("t", { config: {} })],
    ["edge_pool_id", vasJob("t", { edge_pool_id: "pool" })],
    ["resource_order_id", vasJob("t", { resource_order_id: "order" })],
    ["timing", vasJob("t", { timing: DAILY })],
    [
      "input.data[0].url",
      vasJob("t", { ...input("url", { url: "https://x.example.com/a.mp4" }), timing: DAILY }),
    ],
    ["timing.execution_mode", timed({ ...DAILY, execution_mode: "period" })],
    ["timing.frequency", timed({ ...DAILY, frequency: FREQUENCY })],
    ["timing.frequency", timed(without(DAILY, "periods"))],
    ["timing.date", timed({ ...DAILY, date: "2025-01-01" })],
    ["timing.date", timed(without(ONCE, "date"))],
    ["timing.frequency.interval", timed({ ...ONCE, frequency: { interval: 4, duration: 5 } })],
    ["timing.periods[0].begin_at", timed({ ...DAILY, type: "once" })],
    ["timing.periods[0]", timed({ ...DAILY, periods: [[]] })],
    ["timing.days_of_week", timed({ ...DAILY, type: "weekly" })],
  ];
  cases.forEach(([path, body], index) => {
    it(`refuses ${path} (${index + 1})`, async () => {
      refused(await vas("POST", "", body), path);
      assert.deepEqual(caller().emulator.tasks(), []);
    });
  });

  it("wants or refuses edge pool and order as the service says", async () => {
    caller().emulator.addService({ ...DEFAULT_VAS_SERVICE, edge: true });
    refused(await vas("POST", "", vasJob()), "edge_pool_id");
    caller().emulator.addService({ ...DEFAULT_VAS_SERVICE, edge: false, commercial: true });
    refused(await vas("POST", "", vasJob("t", { edge_pool_id: POOL })), "edge_pool_id");
    refused(await vas("POST", "", vasJob()), "resource_order_id");
  });
});
