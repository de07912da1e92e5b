import assert from "node:assert/strict";
import type { JsonObject } from "../../testkit/emulator";
import { Caller, EDGE, edgeTask, IEF, iefTask, without } from "./support";

const DAILY: JsonObject = {
  type: "daily",
  execution_mode: "period",
  timezone: "+08:00",
  periods: [{ begin_at: "08:00:00", end_at: "20:00:00" }],
};
const FREQUENCY: JsonObject = { interval: 5, duration: 720, begin_at: "08:00:00", end_at: "20:00:00" };

const pairs = (count: number): JsonObject =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"]));
const input = (type: string, entry: JsonObject, more: JsonObject = {}): JsonObject => ({
  input: { type, data: [entry], ...more },
});
const scheduled = (more: JsonObject): JsonObject => ({ schedule: { ...DAILY, ...more } });
const webhook = (more: JsonObject): JsonObject => ({
  output: { webhook: { url: "https://x.example.com", headers: { a: "b" }, ...more } },
});
const VCN = { ip: "10.0.0.1", port: 9900, username: "u", password: "p" };
const REST = { url: "https://x", certificate_check: true, rtsp_path_in_response: "/a" };

describe("emulator: create a service task", () => {
  let caller: Caller;
  before(async () => {
    caller = await Caller.open();
  });
  beforeEach(() => caller.emulator.reset());
  after(() => caller.emulator.close());

  describe("accepts", () => {
    const bodies: [string, string, JsonObject][] = [
      ["restful to webhook on Edge", EDGE, edgeTask()],
      [
        "an ipc edgecamera with a tag",
        EDGE,
        edgeTask("t", {
          ...input("edgecamera", { id: "hilens-c298", camera_type: "ipc", tag: [{ tag1: "hello1" }] }),
          output: { dis: { stream_name: "dis-test", stream_id: "154" } },
        }),
      ],
      [
        "an https url by schedule, as the third example has it",
        EDGE,
        edgeTask("t", { ...input("url", { url: "https://live.example.com/live" }), schedule: DAILY }),
      ],
      ["vcn with its server", EDGE, edgeTask("t", input("vcn", { device_id: "1#2" }, { vcn: VCN }))],
      ["obs input on IEF", IEF, iefTask("t", input("obs", { bucket: "b", path: "p" }))],
      ["vis input on IEF", IEF, iefTask("t", input("vis", { stream_name: "s" }))],
      ["obs output on IEF", IEF, iefTask("t", { output: { obs: { bucket: "b", path: "p" } } })],
      ["weekly on IEF", IEF, iefTask("t", { schedule: { ...DAILY, type: "weekly", days_of_week: [1, 7] } })],
      [
        "monthly by frequency on IEF",
        IEF,
        iefTask("t", {
          schedule: {
            type: "monthly",
            execution_mode: "frequency",
            timezone: "-01:30",
            days_of_month: [31],
            frequency: FREQUENCY,
          },
        }),
      ],
      [
        "once with dates",
        EDGE,
        edgeTask("t", {
          ...scheduled({
            type: "once",
            periods: [{ begin_at: "2025-01-01T08:00:00", end_at: "2025-01-01T09:00:00" }],
          }),
        }),
      ],
      ["a name of 100 characters", EDGE, edgeTask("a".repeat(100))],
      ["ten webhook headers", EDGE, edgeTask("t", webhook({ headers: pairs(10) }))],
    ];
    for (const [title, service, body] of bodies) {
      it(title, async () => {
        const { status, json, text } = await caller.create(service, body);
        assert.equal(status, 201, text);
        const tasks = json["tasks"] as JsonObject[];
        assert.deepEqual(tasks.map(Object.keys), [["id"]]);
        assert.match(tasks[0]!["id"] as string, /^[0-9a-f]{32}$/);
      });
    }
  });

  describe("refuses with ModelArts.0101 and the field's path", () => {
    const cases: [string, string, JsonObject][] = [
      ["name", EDGE, without(edgeTask(), "name")],
      ["name", EDGE, edgeTask("")],
      ["name", EDGE, edgeTask("a".repeat(101))],
      ["name", EDGE, edgeTask("with space")],
      ["name", EDGE, edgeTask("摄像头")],
      ["name", EDGE, edgeTask("t", { name: 7 })],
      ["description", EDGE, edgeTask("t", { description: "x".repeat(501) })],
      ["description", EDGE, edgeTask("t", { description: null })],
      ["colour", EDGE, edgeTask("t", { colour: "red" })],
      ["serviceId", EDGE, edgeTask("t", { serviceId: EDGE })],
      ["input", EDGE, without(edgeTask(), "input")],
      ["input.type", EDGE, edgeTask("t", input("obs", { bucket: "b", path: "p" }))],
      ["input.type", EDGE, edgeTask("t", input("vis", { stream_name: "s" }))],
      ["input.type", IEF, iefTask("t", input("edgerestful", {}))],
      ["input.data", EDGE, edgeTask("t", { input: { type: "url", data: [] } })],
      ["input.data[0].url", EDGE, edgeTask("t", input("url", {}))],
      ["input.data[0].url", EDGE, edgeTask("t", input("url", { url: `http://${"x".repeat(1000)}` }))],
      ["input.data[0].uri", EDGE, edgeTask("t", input("url", { url: "http://x", uri: "y" }))],
      ["input.data[0].certificate_check", EDGE, edgeTask("t", input("restful", { url: "https://x" }))],
      [
        "input.data[0].certificate_check",
        EDGE,
        edgeTask("t", input("restful", { ...REST, certificate_check: "no" })),
      ],
      [
        "input.data[0].rtsp_path_in_response",
        EDGE,
        edgeTask("t", input("restful", { ...REST, rtsp_path_in_response: "x".repeat(1025) })),
      ],
      ["input.data[0].headers", EDGE, edgeTask("t", input("restful", { ...REST, headers: pairs(11) }))],
      ["input.data[0].headers.a", EDGE, edgeTask("t", input("restful", { ...REST, headers: { a: 1 } }))],
      ["input.data[0].bucket", IEF, iefTask("t", input("obs", { path: "p" }))],
      ["input.data[0].stream_name", IEF, iefTask("t", input("vis", {}))],
      ["input.data[0].id", EDGE, edgeTask("t", input("edgecamera", {}))],
      ["input.data[0].tag", EDGE, edgeTask("t", input("edgecamera", { id: "x", camera_type: "ipc" }))],
      [
        "input.data[0].tag",
        EDGE,
        edgeTask("t", input("edgecamera", { id: "x", camera_type: "ipc", tag: [] })),
      ],
      ["input.vcn", EDGE, edgeTask("t", input("vcn", { device_id: "x" }))],
      ["input.vcn", EDGE, edgeTask("t", input("url", { url: "http://x" }, { vcn: VCN }))],
      [
        "input.vcn.password",
        EDGE,
        edgeTask("t", input("vcn", { device_id: "x" }, { vcn: without(VCN, "password") })),
      ],
      [
        "input.vcn.port",
        EDGE,
        edgeTask("t", input("vcn", { device_id: "x" }, { vcn: { ...VCN, port: "80" } })),
      ],
      ["input.data[0].device_id", EDGE, edgeTask("t", input("vcn", {}, { vcn: VCN }))],
      [
        "input.data[0].stream_type",
        EDGE,
        edgeTask("t", input("vcn", { device_id: "x", stream_type: 4 }, { vcn: VCN })),
      ],
      ["output", EDGE, edgeTask("t", { output: {} })],
      ["output.obs", EDGE, edgeTask("t", { output: { obs: { bucket: "b", path: "p" } } })],
      ["output.localpath", IEF, iefTask("t", { output: { localpath: {} } })],
      ["output.dis.stream_name", IEF, iefTask("t", { output: { dis: {} } })],
      ["output.webhook.headers", EDGE, edgeTask("t", { output: { webhook: { url: "https://x" } } })],
      ["output.webhook.headers", EDGE, edgeTask("t", webhook({ headers: {} }))],
      ["output.webhook.headers", EDGE, edgeTask("t", webhook({ headers: pairs(11) }))],
      ["output.webhook.data_category[0]", EDGE, edgeTask("t", webhook({ data_category: [1] }))],
      ["config", EDGE, edgeTask("t", { config: {} })],
      ["config", IEF, iefTask("t", { config: "{}" })],
      ["source_usage_estimate", EDGE, without(edgeTask(), "source_usage_estimate")],
      [
        "source_usage_estimate.memory",
        EDGE,
        edgeTask("t", { source_usage_estimate: { cpu: 0.1, memory: 0.5 } }),
      ],
      ["source_usage_estimate.cpu", EDGE, edgeTask("t", { source_usage_estimate: { memory: 32 } })],
      ["schedule.type", EDGE, edgeTask("t", scheduled({ type: "DAILY" }))],
      ["schedule.type", EDGE, edgeTask("t", scheduled({ type: "weekly", days_of_week: [1] }))],
      ["schedule.execution_mode", EDGE, edgeTask("t", { schedule: without(DAILY, "execution_mode") })],
      ["schedule.execution_mode", EDGE, edgeTask("t", scheduled({ execution_mode: "frequency" }))],
      ["schedule.timezone", EDGE, edgeTask("t", scheduled({ timezone: "GMT+8" }))],
      ["schedule.days_of_week", IEF, iefTask("t", scheduled({ type: "weekly" }))],
      ["schedule.days_of_week[0]", IEF, iefTask("t", scheduled({ type: "weekly", days_of_week: [0] }))],
      ["schedule.days_of_month", IEF, iefTask("t", scheduled({ type: "monthly" }))],
      ["schedule.days_of_month", IEF, iefTask("t", scheduled({ days_of_month: [1] }))],
      ["schedule.periods", EDGE, edgeTask("t", scheduled({ periods: [] }))],
      ["schedule.periods", EDGE, edgeTask("t", { schedule: without(DAILY, "periods") })],
      ["schedule.frequency", IEF, iefTask("t", scheduled({ frequency: FREQUENCY }))],
      ["schedule.periods[0].begin_at", EDGE, edgeTask("t", scheduled({ type: "once" }))],
      [
        "schedule.periods[0].end_at",
        EDGE,
        edgeTask("t", scheduled({ periods: [{ begin_at: "08:00:00", end_at: "24:00" }] })),
      ],
      [
        "schedule.frequency.interval",
        IEF,
        iefTask("t", {
          schedule: {
            ...without(DAILY, "periods"),
            execution_mode: "frequency",
            frequency: { ...FREQUENCY, interval: 4 },
          },
        }),
      ],
      ["schedule", IEF, iefTask("t", { ...input("obs", { bucket: "b", path: "p" }), schedule: DAILY })],
    ];
    cases.forEach(([path, service, body], index) => {
      it(`${path} (${index + 1})`, async () => {
        const { status, code, message, text } = await caller.create(service, body);
        assert.equal(status, 400, text);
        assert.equal(code, "ModelArts.0101");
        assert.ok(message.startsWith(`Invalid argument. The field [${path}] `), message);
        assert.equal(caller.emulator.tasks().length, 0);
      });
    });
  });

  it("makes one task of each input entry", async () => {
    const data = ["a", "b", "c"].map((name) => ({ url: `rtsp://x/${name}` }));
    const { json } = await caller.create(IEF, iefTask("t", { input: { type: "url", data } }));
    const ids = (json["tasks"] as { id: string }[]).map((task) => task.id);
    assert.equal(new Set(ids).size, 3);
    const stored = caller.emulator.tasks();
    assert.deepEqual(
      stored.map((task) => task.id),
      ids,
    );
    assert.deepEqual(
      stored.map((task) => (task["input"] as JsonObject)["data"]),
      data.map((entry) => [entry]),
    );
  });

  it("does not treat names as unique", async () => {
    assert.notEqual(await caller.made(EDGE, edgeTask()), await caller.made(EDGE, edgeTask()));
    assert.equal(caller.emulator.tasks(EDGE).length, 2);
  });

  it("knows no service but the declared ones", async () => {
    const { status, code } = await caller.create("2a2db77f-0000-4000-8000-00000000ffff", edgeTask());
    assert.deepEqual([status, code], [404, "ModelArts.3502"]);
  });
});
