import assert from "node:assert/strict";
import { DEFAULT_ALGORITHM, type Json, type JsonObject } from "../../testkit/emulator";
import { batchTask, sources, withCaller, without } from "./support";
import { CAMERAS, counts, NORTH, refused, viasCalls, WEEKEND } from "./vias-support";

describe("emulator: create a VIAS batch task", () => {
  const caller = withCaller();
  const { create, listed, made } = viasCalls(caller);

  it("answers 200 with counters and an id", async () => {
    const reply = await create(batchTask());
    assert.deepEqual(counts(reply), [200, 1, 0, 1]);
    assert.match(reply.json["id"] as string, /^[0-9a-f]{32}$/);
    assert.deepEqual(reply.json["error_list"], []);
  });

  it("makes a sub-task of each source, an empty list meaning all of the group, a source once", async () => {
    const groups = [NORTH, sources("group-south", "camera-south-2"), sources("group-north", CAMERAS[0]!)];
    const batch_input = {
      video_source_group: groups.flatMap((group) => group["video_source_group"] as Json[]),
    };
    assert.deepEqual(counts(await create(batchTask("t", { batch_input }))), [200, 3, 0, 3]);
    assert.deepEqual(caller().emulator.batches()[0]!.video_source_ids, [...CAMERAS, "camera-south-2"]);
  });

  it("accepts Chinese names, and the weekly schedule with empty days", async () => {
    await made(batchTask("园区-烟火", { schedule: WEEKEND }));
    assert.deepEqual(caller().emulator.batches()[0]!["schedule"], WEEKEND);
  });

  const output = (more: JsonObject): JsonObject => ({ output: more });
  const cases: [string, JsonObject][] = [
    ["name", without(batchTask(), "name")],
    ["name", batchTask("with space")],
    ["priority", batchTask("t", { priority: "low" })],
    ["manufacturer", batchTask("t", { manufacturer: "VIAS" })],
    ["description", batchTask("t", { description: "x".repeat(501) })],
    ["service_name", batchTask("t", { service_name: "Smoke and fire detection algorithm" })],
    ["service_version", batchTask("t", { service_version: "1" })],
    ["resource_order_id", batchTask("t", { resource_order_id: "no" })],
    ["batch_input.video_source_group", batchTask("t", { batch_input: {} })],
    ["batch_input.video_source_group", batchTask("t", { batch_input: { video_source_group: [] } })],
    [
      "batch_input.video_source_group[0].video_source_list",
      batchTask("t", {
        batch_input: { video_source_group: [{ video_source_group_id: "group-north" }] },
      }),
    ],
    [
      "batch_input.video_source_group[0].video_source_list[0].target_roi",
      batchTask("t", {
        batch_input: {
          video_source_group: [
            {
              video_source_group_id: "group-north",
              video_source_list: [{ video_source_id: CAMERAS[0]!, target_roi: "x".repeat(2049) }],
            },
          ],
        },
      }),
    ],
    ["output", batchTask("t", output({}))],
    ["output", batchTask("t", output({ event_center: false }))],
    ["output.event_center", batchTask("t", output({ event_center: 1 }))],
    ["output.hosting", batchTask("t", output({ hosting: {} }))],
    ["output.obs.bucket", batchTask("t", output({ obs: { bucket: "a", path: "p" } }))],
    ["output.obs.path", batchTask("t", output({ obs: { bucket: "obs-iva", path: "a:b" } }))],
    ["output.webhook.headers", batchTask("t", output({ webhook: { url: "http://x.y", headers: {} } }))],
    [
      "output.dis.data_category",
      batchTask("t", output({ dis: { stream_name: "s", data_category: ["a", "a"] } })),
    ],
    ["config.uncommon", batchTask("t", { config: { uncommon: {} } })],
    ["schedule.type", batchTask("t", { schedule: { ...WEEKEND, type: "daily" } })],
    ["schedule.execution_mode", batchTask("t", { schedule: { ...WEEKEND, execution_mode: "period" } })],
    ["schedule.days_of_week", batchTask("t", { schedule: without(WEEKEND, "days_of_week") })],
    ["schedule.days_of_week", batchTask("t", { schedule: { ...WEEKEND, days_of_week: [1, 1] } })],
    ["schedule.periods[0]", batchTask("t", { schedule: { ...WEEKEND, periods: [{}] } })],
    ["schedule.periods", batchTask("t", { schedule: { ...WEEKEND, periods: [[], []] } })],
    [
      "schedule.periods[0][0].end_at",
      batchTask("t", { schedule: { ...WEEKEND, periods: [[{ begin_at: "00:00:00", end_at: "24:00" }]] } }),
    ],
  ];
  cases.forEach(([path, body], index) => {
    it(`refuses ${path} (${index + 1})`, async () => {
      const reply = await create(body);
      refused(reply, "VIAS.00010001");
      assert.deepEqual(reply.json["params"], [path]);
      for (const key of ["detail", "reason", "advice"]) assert.equal(typeof reply.json[key], "string");
      assert.deepEqual(caller().emulator.batches(), []);
    });
  });

  it("answers 400 for what does not exist: algorithm, version, group, source", async () => {
    refused(await create(batchTask("t", { service_name: "unknown" })), "VIAS.00010002");
    refused(await create(batchTask("t", { service_version: "2.0" })), "VIAS.00010002");
    refused(await create(batchTask("t", { batch_input: sources("group-nowhere") })), "VIAS.00010002");
    const elsewhere = sources("group-north", "camera-south-1");
    refused(await create(batchTask("t", { batch_input: elsewhere })), "VIAS.00010002");
    caller().emulator.configure({ undeclaredVideoSources: "accept" });
    await made(batchTask("t", { batch_input: sources("group-nowhere", "camera-any") }));
    assert.equal((await listed())[0]!["video_group_name"], "group-nowhere");
  });

  it("wants the order of a commercial algorithm", async () => {
    caller().emulator.addService({ ...DEFAULT_ALGORITHM, commercial: true });
    refused(await create(batchTask()), "VIAS.00010001");
    await made(batchTask("t", { resource_order_id: "order-1" }));
  });

  it("takes a name twice unless that is refused", async () => {
    assert.notEqual(await made(batchTask()), await made(batchTask()));
    caller().emulator.configure({ duplicateBatchNames: "refuse" });
    refused(await create(batchTask()), "VIAS.00010011");
  });
});
