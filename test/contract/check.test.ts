import assert from "node:assert/strict";
import { Bench, defaultNamed, edgeArgs, EDGE, IEF, iefArgs, without } from "./bench";
import { CheckFailed } from "./failures";
import { type Props, UNKNOWN } from "./values";

type Row = readonly [title: string, args: Props, ...properties: string[]];

const DAILY = {
  type: "daily",
  timezone: "+08:00",
  periods: [{ beginAt: "08:00:00", endAt: "20:00:00" }],
};
const FREQUENCY = { interval: 10, duration: 5, beginAt: "08:00:00", endAt: "20:00:00" };
const REST = { url: "https://x", certificateCheck: true, rtspPathInResponse: "/a" };
const VCN = { ip: "10.0.0.1", port: 9900, username: "u", password: "p" };

const ief = (more: Props): Props => iefArgs("bad", more);
const edge = (more: Props): Props => edgeArgs("bad", more);
const scheduled = (more: Props): Props => ief({ schedule: { ...DAILY, ...more } });
const input = (type: string, entry: Props, more: Props = {}): Props =>
  ief({ input: { type, data: [entry], ...more } });
const webhook = (more: Props): Props => ief({ output: { webhook: { url: "https://x", ...more } } });
const pairs = (count: number): Props =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"]));

const REFUSED: readonly Row[] = [
  ["no service", without(ief({}), "serviceId"), "serviceId"],
  ["a service id with a slash", ief({ serviceId: "a/b" }), "serviceId"],
  ["a name with a space", ief({ name: "a b" }), "name"],
  ["an empty name", ief({ name: "" }), "name"],
  ["a name of 101 characters", ief({ name: "n".repeat(101) }), "name"],
  ["no name at all", without(ief({}), "name"), "name"],
  ["a description of 501 characters", ief({ description: "d".repeat(501) }), "description"],
  ["a platform nobody knows", ief({ platform: "cloud" }), "platform"],
  ["an unknown property", ief({ colour: "red" }), "colour"],
  ["a property in the spelling of the API", ief({ service_id: IEF }), "service_id"],
  ["an unknown nested property", input("url", { url: "rtsp://x", rtsp: true }), "input.data[0].rtsp"],
  ["no input", without(ief({}), "input"), "input"],
  ["an input type nobody knows", input("tape", {}), "input.type"],
  ["no sources", ief({ input: { type: "url", data: [] } }), "input.data"],
  [
    "a second source without its URL",
    ief({ input: { type: "url", data: [{ url: "a" }, {}] } }),
    "input.data[1].url",
  ],
  ["a URL of 1001 characters", input("url", { url: `rtsp://${"x".repeat(994)}` }), "input.data[0].url"],
  ["vis without a stream", input("vis", {}), "input.data[0].streamName"],
  ["obs without a path", input("obs", { bucket: "b" }), "input.data[0].path"],
  [
    "restful without its certificate check",
    input("restful", without(REST, "certificateCheck")),
    "input.data[0].certificateCheck",
  ],
  [
    "a restful path of 1025 characters",
    input("restful", { ...REST, rtspPathInResponse: "p".repeat(1025) }),
    "input.data[0].rtspPathInResponse",
  ],
  ["restful with eleven headers", input("restful", { ...REST, headers: pairs(11) }), "input.data[0].headers"],
  ["vcn without its server", input("vcn", { deviceId: "d" }), "input.vcn"],
  [
    "vcn without a password",
    input("vcn", { deviceId: "d" }, { vcn: without(VCN, "password") }),
    "input.vcn.password",
  ],
  [
    "a vcn stream type of 4",
    input("vcn", { deviceId: "d", streamType: 4 }, { vcn: VCN }),
    "input.data[0].streamType",
  ],
  [
    "a vcn port out of range",
    input("vcn", { deviceId: "d" }, { vcn: { ...VCN, port: 65536 } }),
    "input.vcn.port",
  ],
  [
    "an ipc camera without a tag",
    edge({ input: { type: "edgecamera", data: [{ id: "x", cameraType: "ipc" }] } }),
    "input.data[0].tag",
  ],
  ["no output", without(ief({}), "output"), "output"],
  ["no output member", ief({ output: {} }), "output"],
  ["a webhook without headers", webhook({}), "output.webhook.headers"],
  ["a webhook with empty headers", webhook({ headers: {} }), "output.webhook.headers"],
  ["a webhook with eleven headers", webhook({ headers: pairs(11) }), "output.webhook.headers"],
  ["dis without a stream", ief({ output: { dis: {} } }), "output.dis.streamName"],
  ["periods and frequency", scheduled({ frequency: FREQUENCY }), "schedule.frequency"],
  ["neither periods nor frequency", ief({ schedule: without(DAILY, "periods") }), "schedule.periods"],
  ["a weekly schedule without days", scheduled({ type: "weekly" }), "schedule.daysOfWeek"],
  ["an eighth day of the week", scheduled({ type: "weekly", daysOfWeek: [8] }), "schedule.daysOfWeek[0]"],
  ["a monthly schedule without days", scheduled({ type: "monthly" }), "schedule.daysOfMonth"],
  ["days of a daily schedule", scheduled({ daysOfWeek: [1] }), "schedule.daysOfWeek"],
  ["a schedule type nobody knows", scheduled({ type: "yearly" }), "schedule.type"],
  ["a zone name", scheduled({ timezone: "Europe/Berlin" }), "schedule.timezone"],
  [
    "once without dates",
    scheduled({ type: "once" }),
    "schedule.periods[0].beginAt",
    "schedule.periods[0].endAt",
  ],
  [
    "an interval of 4 minutes",
    ief({ schedule: { ...without(DAILY, "periods"), frequency: { ...FREQUENCY, interval: 4 } } }),
    "schedule.frequency.interval",
  ],
  ["a mode that does not fit", scheduled({ executionMode: "frequency" }), "schedule.executionMode"],
  ["a scheduled obs input", { ...input("obs", { bucket: "b", path: "p" }), schedule: DAILY }, "input.type"],
  ["settings on Edge", edge({ config: {} }), "config"],
  ["vis on Edge", edge({ input: { type: "vis", data: [{ streamName: "s" }] } }), "input.type"],
  ["obs output on Edge", edge({ output: { obs: { bucket: "b", path: "p" } } }), "output.obs"],
  [
    "a weekly schedule on Edge",
    edge({ schedule: { ...DAILY, type: "weekly", daysOfWeek: [1] } }),
    "schedule.type",
  ],
  [
    "a frequency on Edge",
    edge({ schedule: { ...without(DAILY, "periods"), frequency: FREQUENCY } }),
    "schedule.frequency",
  ],
  ["no estimate on Edge", without(edge({}), "sourceUsageEstimate"), "sourceUsageEstimate"],
  ["a run state on Edge", edge({ desiredState: "stopped" }), "desiredState"],
  ["a run state without a platform", without(ief({ desiredState: "stopped" }), "platform"), "desiredState"],
  ["a stream id on IEF", ief({ output: { dis: { streamName: "s", streamId: "1" } } }), "output.dis.streamId"],
  ["waiting for the success of a stream", ief({ waitFor: "succeeded" }), "waitFor"],
  ["waiting for a stopped task to run", ief({ desiredState: "stopped", waitFor: "running" }), "waitFor"],
  ["a timeout that is no duration", ief({ timeouts: { create: "ten minutes" } }), "timeouts.create"],
  ["a region that is none", ief({ region: "EU DE" }), "region"],
  ["a number where a text belongs", ief({ description: 7 }), "description"],
  ["several mistakes at once", ief({ name: "a b", platform: "x", output: {} }), "name", "platform", "output"],
];

describe("contract: check", () => {
  let bench: Bench;
  before(async () => {
    bench = await Bench.open();
    await bench.start();
  });
  after(() => bench.close());

  for (const [title, args, ...properties] of REFUSED) {
    it(`refuses ${title}`, async () => {
      await assert.rejects(bench.provider.check(args), (error) => {
        assert.ok(error instanceof CheckFailed, String(error));
        assert.deepEqual([...error.properties].sort(), [...properties].sort(), error.message);
        for (const { reason } of error.failures) assert.ok(reason.length > 5, reason);
        return true;
      });
    });
  }

  it("suggests the property that was meant", async () => {
    await assert.rejects(bench.provider.check(ief({ service_id: IEF })), /did you mean `serviceId`/);
  });

  it("sends nothing for any of it", () => assert.deepEqual(bench.emulator.requests, []));

  it("adds nothing but name, region and where they are from", async () => {
    const args = iefArgs("adds-nothing");
    const inputs = await bench.provider.check(args);
    assert.deepEqual(without(inputs, "__provider"), {
      ...args,
      nameIsDefault: false,
      region: bench.emulator.region,
      regionFrom: "config",
    });
  });

  it("keeps a default name for the life of the resource, and a given name wins", async () => {
    const { provider } = bench;
    const first = await provider.check(defaultNamed(iefArgs("one-111111111111")));
    assert.deepEqual([first.name, first.nameIsDefault], ["one-111111111111", true]);
    const renamed = await provider.check(defaultNamed(iefArgs("two-222222222222")), first);
    assert.equal(renamed.name, "one-111111111111");
    assert.equal("autoName" in renamed, false);
    const given = await provider.check(iefArgs("given"), first);
    assert.deepEqual([given.name, given.nameIsDefault], ["given", false]);
  });

  it("tolerates an unknown value in every place", async () => {
    const base = {
      ...iefArgs("unknown-places", { description: "d", config: { a: 1 }, schedule: DAILY, triggers: ["a"] }),
      output: { webhook: { url: "https://x", headers: { a: "b" } }, dis: { streamName: "s" } },
    };
    for (const { path, args } of withUnknowns(base)) {
      const inputs = await bench.provider.check(args).catch((error: unknown) => {
        throw new Error(`${path}: ${String(error)}`);
      });
      assert.equal(JSON.stringify(inputs).split(UNKNOWN).length, 2, `${path} must come back unknown, once`);
    }
  });

  it("replaces a task for each argument that the API takes, and says so", async () => {
    const { provider } = bench;
    const args = ief({
      name: "replaces",
      description: "d",
      schedule: DAILY,
      config: { a: 1 },
      triggers: [1],
    });
    const inputs = await provider.check(args);
    const olds = { ...inputs, stateVersion: 1, unfinished: [] };
    const changes: Props = {
      serviceId: EDGE,
      name: "other",
      description: "e",
      schedule: { ...DAILY, timezone: "+07:00" },
      input: { type: "url", data: [{ url: "rtsp://cameras.example.com/2" }] },
      output: { dis: { streamName: "other" } },
      config: { a: 2 },
      sourceUsageEstimate: { cpu: 1, memory: 1 },
      region: "eu-nl",
      triggers: [2],
    };
    for (const [key, value] of Object.entries(changes)) {
      const news = await provider.check({ ...args, [key]: value }, inputs);
      const diff = await provider.diff("s/t", olds, news, inputs);
      assert.deepEqual(diff.replaces, [key]);
      assert.equal(diff.changes, "unknown", "the engine is to find the details");
      assert.equal(diff.deleteBeforeReplace, key !== "name");
    }
    for (const [key, value] of Object.entries({
      desiredState: "running",
      waitFor: "running",
      timeouts: { read: "1m" },
    })) {
      const news = await provider.check({ ...args, [key]: value }, inputs);
      const diff = await provider.diff("s/t", olds, news, inputs);
      assert.deepEqual([key, diff.replaces, diff.changes], [key, [], "unknown"]);
    }
  });

  it("takes another spelling of the same for no change", async () => {
    const { provider } = bench;
    const inputs = await provider.check(scheduled({ type: "DAILY" }));
    const news = await provider.check(scheduled({ type: "Daily", executionMode: "PERIOD" }), inputs);
    const diff = await provider.diff("s/t", { ...inputs, stateVersion: 1, unfinished: [] }, news, inputs);
    assert.deepEqual([diff.changes, diff.replaces], ["none", []]);
  });
});

/** Copies of the arguments with the unknown sentinel at one place each. */
function withUnknowns(value: unknown, path = ""): { path: string; args: Props }[] {
  const spots = (inner: unknown, at: string): { path: string; args: unknown }[] => {
    const here = { path: at, args: UNKNOWN as unknown };
    if (Array.isArray(inner)) {
      const items: readonly unknown[] = inner;
      return [
        here,
        ...items.flatMap((item, index) =>
          spots(item, `${at}[${index}]`).map((spot) => ({ ...spot, args: items.with(index, spot.args) })),
        ),
      ];
    }
    if (typeof inner !== "object" || inner === null) return [here];
    const nested = Object.entries(inner).flatMap(([key, item]) =>
      spots(item, `${at}.${key}`).map((spot) => ({ ...spot, args: { ...inner, [key]: spot.args } })),
    );
    return [here, ...nested];
  };
  return spots(value, path).filter((spot): spot is { path: string; args: Props } => spot.path !== path);
}
