/** Arguments of `ServiceTask` that check refuses beside what it refuses of every resource type. */
import { without } from "../harness";
import { edgeArgs, IEF, iefArgs } from "../kinds/service-task";
import type { Props } from "../values";
import { HOURS, type Refused, VCN } from "./refused";

const DAILY = { type: "daily", timezone: "+08:00", periods: HOURS };
const FREQUENCY = { interval: 10, duration: 5, beginAt: "08:00:00", endAt: "20:00:00" };
const REST = { url: "https://x", certificateCheck: true, rtspPathInResponse: "/a" };

const ief = (more: Props): Props => iefArgs("bad", more);
const edge = (more: Props): Props => edgeArgs("bad", more);
const scheduled = (more: Props): Props => ief({ schedule: { ...DAILY, ...more } });
const input = (type: string, entry: Props, more: Props = {}): Props =>
  ief({ input: { type, data: [entry], ...more } });
const pairs = (count: number): Props =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"]));

export const serviceTaskRefused: readonly Refused[] = [
  ["no service", without(ief({}), "serviceId"), "serviceId"],
  ["a service id with a slash", ief({ serviceId: "a/b" }), "serviceId"],
  ["a platform nobody knows", ief({ platform: "cloud" }), "platform"],
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
  ["periods and frequency", scheduled({ frequency: FREQUENCY }), "schedule.frequency"],
  ["neither periods nor frequency", ief({ schedule: without(DAILY, "periods") }), "schedule.periods"],
  ["a weekly schedule without days", scheduled({ type: "weekly" }), "schedule.daysOfWeek"],
  ["an eighth day of the week", scheduled({ type: "weekly", daysOfWeek: [8] }), "schedule.daysOfWeek[0]"],
  ["a monthly schedule without days", scheduled({ type: "monthly" }), "schedule.daysOfMonth"],
  ["days of a daily schedule", scheduled({ daysOfWeek: [1] }), "schedule.daysOfWeek"],
  ["a schedule type nobody knows", scheduled({ type: "yearly" }), "schedule.type"],
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
  ["several mistakes at once", ief({ name: "a b", platform: "x", output: {} }), "name", "platform", "output"],
];
