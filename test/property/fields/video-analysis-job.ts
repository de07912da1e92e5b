/** `VideoAnalysisJob`: one PUT a task with its name and what changed, as far as that call goes. */
import type { PropertyMap } from "../../../provider/common/json";
import { videoAnalysisJob } from "../../../provider/services/video-analysis-job/definition";
import { DEFAULT_VAS_SERVICE } from "../../../testkit/emulator";
import { documented, regionOutcome, type FieldTable } from "./table";

const period = (from: string, to: string) => ({ beginAt: from, endAt: to });
const NODE = "2a2db77f-0000-4000-8000-000000000009";
const common = {
  serviceName: DEFAULT_VAS_SERVICE.name,
  serviceVersion: "1.0",
  region: "cn-north-4",
  triggers: [1, { run: "a" }],
};
const url = (...numbers: number[]) => ({
  type: "url",
  data: numbers.map((number) => ({ url: `rtsp://cameras.example.com/${number}` })),
});
const dis = { dis: { streamName: "results", dataCategory: ["faces", "plates"] } };

const entries = (args: PropertyMap): number => (args.input as { data: unknown[] }).data.length;
const unlessRemoved =
  (key: string) =>
  (before: PropertyMap, after: PropertyMap): "put" | "replace" =>
    before[key] !== undefined && after[key] === undefined ? "replace" : "put";

/** The name and the changed field only; an empty description clears the old one. */
const put = (_: PropertyMap, after: PropertyMap, changed: string): PropertyMap =>
  documented({ name: after.name, [changed]: after[changed] ?? "" }) as PropertyMap;

export const videoAnalysisJobTable: FieldTable = {
  definition: videoAnalysisJob,
  samples: {
    plain: { ...common, name: "plain", input: url(1), output: dis },
    several: { ...common, name: "several", input: url(1, 2), output: dis },
    adopted: {
      ...common,
      name: "adopted",
      adopt: `${DEFAULT_VAS_SERVICE.name}/${"a".repeat(32)}`,
      input: url(1),
      output: dis,
    },
    managed: {
      ...common,
      name: "managed",
      desiredState: "running",
      waitFor: "accepted",
      timeouts: { create: "90s", read: "91s", update: "92s", delete: "93s" },
      input: url(1),
      output: dis,
    },
    full: {
      ...common,
      name: "full",
      description: "parking deck",
      input: url(1),
      output: {
        ...dis,
        obs: { bucket: "results", path: "faces", dataCategory: ["faces", "plates"] },
        webhook: {
          url: "https://hooks.example.com/1",
          headers: { "X-Key": "one", "X-Other": "two" },
          dataCategory: ["faces", "plates"],
        },
        hosting: { dataCategory: ["faces", "plates"] },
        localpath: { mountSourcePath: "/results", dataCategory: ["faces", "plates"] },
      },
      timing: {
        type: "daily",
        timezone: "+08:00",
        periods: [period("08:00:00", "09:00:00"), period("10:00:00", "11:00:00")],
      },
      serviceConfig: { common: { level: 1, nested: { deep: [1] } } },
      edgePoolId: "0".repeat(32),
      resourceOrderId: "1".repeat(32),
    },
    edgerestful: {
      ...common,
      name: "edgerestful",
      input: {
        type: "edgerestful",
        data: [
          {
            url: "https://media.example.com/1",
            headers: { "X-Key": "one", "X-Other": "two" },
            certificateCheck: true,
            rtspPathInResponse: "data/url",
            nodeId: NODE,
          },
        ],
      },
      output: dis,
      timing: {
        type: "weekly",
        timezone: "+08:00",
        daysOfWeek: [1, 5],
        frequency: { interval: 30, duration: 10, beginAt: "08:00:00", endAt: "09:00:00" },
      },
    },
    vcn: {
      ...common,
      name: "vcn",
      input: {
        type: "vcn",
        data: [{ deviceId: `${"1".repeat(20)}#${"a".repeat(32)}`, streamType: 1, nodeId: NODE }],
        vcn: { ip: "10.0.0.1", port: 9900, username: "operator", password: "password" },
      },
      output: dis,
      timing: {
        type: "monthly",
        timezone: "+08:00",
        daysOfMonth: [1, 15],
        periods: [period("08:00:00", "09:00:00")],
      },
    },
    edgecamera: {
      ...common,
      name: "edgecamera",
      input: { type: "edgecamera", data: [{ id: "camera-1" }] },
      output: dis,
      timing: {
        type: "once",
        timezone: "+08:00",
        date: "2031-01-01",
        frequency: { interval: 30, duration: 10 },
      },
    },
    obs: {
      ...common,
      name: "obs",
      input: { type: "obs", data: [{ bucket: "recordings", path: "2031" }] },
      output: dis,
    },
    vis: { ...common, name: "vis", input: { type: "vis", data: [{ streamName: "stream1" }] }, output: dis },
  },
  outcomes: {
    serviceName: "replace",
    serviceVersion: "replace",
    edgePoolId: "replace",
    resourceOrderId: "replace",
    region: regionOutcome,
    triggers: "replace",
    input: (before, after) => (entries(before) === 1 && entries(after) === 1 ? "put" : "replace"),
    timing: unlessRemoved("timing"),
    serviceConfig: unlessRemoved("serviceConfig"),
    name: "put",
    description: "put",
    output: "put",
    desiredState: "record",
    waitFor: "record",
    timeouts: "record",
    adopt: "record",
  },
  uniqueBy: ["name", "serviceName", "region"],
  caseless: ["timing.type"],
  sets: [
    "timing.daysOfWeek",
    "timing.daysOfMonth",
    "timing.periods",
    "output.obs.dataCategory",
    "output.dis.dataCategory",
    "output.webhook.dataCategory",
    "output.hosting.dataCategory",
    "output.localpath.dataCategory",
  ],
  meaningless: {},
  inseparable: [
    "timing.daysOfWeek",
    "timing.daysOfMonth",
    "timing.periods",
    "timing.frequency",
    "timing.date",
  ],
  equal: [
    ["plain", "description", ""],
    ["edgecamera", "timing.type", "ONCE"],
    ["vcn", "output.dis.dataCategory", ["plates", "faces"]],
  ],
  put,
};
