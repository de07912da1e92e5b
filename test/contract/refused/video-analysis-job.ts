/** Arguments of `VideoAnalysisJob` that check refuses beside what it refuses of every resource type. */
import { without } from "../harness";
import { jobArgs } from "../kinds/video-analysis-job";
import { numbered } from "../kinds/kind";
import type { Props } from "../values";
import { HOURS, pairs, type Refused, VCN } from "./refused";

const bad = (more: Props): Props => jobArgs("bad", more);
const input = (type: string, entry: Props, more: Props = {}): Props =>
  bad({ input: { type, data: [entry], ...more } });
const output = (more: Props): Props => bad({ output: more });
const DAILY = { type: "daily", timezone: "+08:00", periods: HOURS };
const timed = (more: Props): Props => bad({ timing: { ...DAILY, ...more } });
const FREQUENCY = { interval: 10, duration: 5 };
const unperiodic = (more: Props): Props => bad({ timing: { ...without(DAILY, "periods"), ...more } });
const REST = { url: "https://media.example.com", certificateCheck: true, rtspPathInResponse: "data/url" };
const DEVICE = `12345678901234567890#${"a".repeat(32)}`;

export const videoAnalysisJobRefused: readonly Refused[] = [
  ["no service", without(bad({}), "serviceName"), "serviceName"],
  ["a service in upper case", bad({ serviceName: "Video" }), "serviceName"],
  ["a version of three parts", bad({ serviceVersion: "1.0.0" }), "serviceVersion"],
  ["no input", without(bad({}), "input"), "input"],
  ["an input type of its sibling", input("restful", REST), "input.type"],
  ["no sources", bad({ input: { type: "url", data: [] } }), "input.data"],
  [
    "51 sources",
    bad({ input: { type: "url", data: numbered(51, (number) => ({ url: `rtsp://a/${number}` })) } }),
    "input.data",
  ],
  [
    "a second source without its URL",
    bad({ input: { type: "url", data: [{ url: "rtsp://camera-1" }, {}] } }),
    "input.data[1].url",
  ],
  ["a URL of another scheme", input("url", { url: "rtsps://a" }), "input.data[0].url"],
  ["vis without a stream", input("vis", {}), "input.data[0].streamName"],
  ["obs without a path", input("obs", { bucket: "obs-iva" }), "input.data[0].path"],
  [
    "an edge camera with the URL of the older page",
    input("edgecamera", { id: "a", url: "rtsp://a" }),
    "input.data[0].url",
  ],
  ["a camera id of 64 characters", input("edgecamera", { id: "a".repeat(64) }), "input.data[0].id"],
  [
    "a path with a slash at its start",
    input("edgerestful", { ...REST, rtspPathInResponse: "/data/url" }),
    "input.data[0].rtspPathInResponse",
  ],
  ["empty headers", input("edgerestful", { ...REST, headers: {} }), "input.data[0].headers"],
  ["eleven headers", input("edgerestful", { ...REST, headers: pairs(11) }), "input.data[0].headers"],
  ["a node that is no UUID", input("edgerestful", { ...REST, nodeId: "node-1" }), "input.data[0].nodeId"],
  ["vcn without its server", input("vcn", { deviceId: DEVICE }), "input.vcn"],
  [
    "a device of another form",
    input("vcn", { deviceId: "device-1" }, { vcn: VCN }),
    "input.data[0].deviceId",
  ],
  [
    "a server by its name",
    input("vcn", { deviceId: DEVICE }, { vcn: { ...VCN, ip: "camera.example.com" } }),
    "input.vcn.ip",
  ],
  ["an output of its sibling", output({ eventCenter: true }), "output", "output.eventCenter"],
  [
    "a relative path of the pool",
    output({ localpath: { mountSourcePath: "data" } }),
    "output.localpath.mountSourcePath",
  ],
  ["a bucket with an underscore", output({ obs: { bucket: "a_b", path: "p" } }), "output.obs.bucket"],
  ["periods and frequency", timed({ frequency: FREQUENCY }), "timing.frequency"],
  ["neither periods nor frequency", unperiodic({}), "timing.periods"],
  ["no period", timed({ periods: [] }), "timing.periods"],
  ["a weekly job without days", timed({ type: "weekly" }), "timing.daysOfWeek"],
  ["a monthly job without days", timed({ type: "monthly" }), "timing.daysOfMonth"],
  ["days of a daily job", timed({ daysOfWeek: [1] }), "timing.daysOfWeek"],
  [
    "an interval of 721 minutes",
    unperiodic({ frequency: { ...FREQUENCY, interval: 721 } }),
    "timing.frequency.interval",
  ],
  ["once at intervals without its date", unperiodic({ type: "once", frequency: FREQUENCY }), "timing.date"],
  ["a date of a daily job", timed({ date: "2031-01-01" }), "timing.date"],
  ["once without dates", timed({ type: "once" }), "timing.periods[0].beginAt", "timing.periods[0].endAt"],
  ["an execution mode, which only ModelArts has", timed({ executionMode: "period" }), "timing.executionMode"],
  ["files by the clock", { ...input("obs", { bucket: "obs-iva", path: "p" }), timing: DAILY }, "input.type"],
  [
    "a file's URL by the clock",
    { ...input("url", { url: "https://x.example.com/a.mp4" }), timing: DAILY },
    "input.data[0].url",
  ],
  ["an edge pool of another form", bad({ edgePoolId: "pool" }), "edgePoolId"],
  ["an order of another form", bad({ resourceOrderId: "order-1" }), "resourceOrderId"],
  ["empty service settings", bad({ serviceConfig: {} }), "serviceConfig.common"],
];
