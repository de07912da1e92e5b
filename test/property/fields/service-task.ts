/** `ServiceTask`: the API has no update, so every API field, `region` and `triggers` replace. */
import { serviceTask } from "../../../provider/services/service-task/definition";
import { DEFAULT_EDGE_SERVICE, DEFAULT_IEF_SERVICE } from "../../../testkit/emulator";
import { regionOutcome, type FieldTable } from "./table";

const period = (from: string, to: string) => ({ beginAt: from, endAt: to });
const common = { serviceId: DEFAULT_IEF_SERVICE.id, region: "cn-north-4", triggers: [1, { run: "a" }] };
const edge = { ...common, serviceId: DEFAULT_EDGE_SERVICE.id, platform: "edge" };
const dis = { dis: { streamName: "results", dataCategory: ["faces", "plates"] } };
const estimate = { cpu: 0.5, memory: 32 };
const plain = {
  ...common,
  name: "plain",
  platform: "ief",
  input: { type: "url", data: [{ url: "rtsp://cameras.example.com/1" }] },
  output: dis,
  sourceUsageEstimate: estimate,
};

export const serviceTaskTable: FieldTable = {
  definition: serviceTask,
  samples: {
    plain,
    adopted: { ...plain, name: "adopted", adopt: `${DEFAULT_IEF_SERVICE.id}/${"a".repeat(32)}` },
    managed: {
      ...plain,
      name: "managed",
      desiredState: "running",
      waitFor: "accepted",
      timeouts: { create: "90s", read: "91s", update: "92s", delete: "93s" },
    },
    url: {
      ...common,
      name: "url",
      description: "parking deck",
      platform: "ief",
      input: {
        type: "url",
        data: [{ url: "rtsp://cameras.example.com/1" }, { url: "rtsp://cameras.example.com/2" }],
      },
      output: {
        ...dis,
        obs: { bucket: "results", path: "faces", dataCategory: ["faces", "plates"] },
        webhook: {
          url: "https://hooks.example.com/1",
          headers: { "X-Key": "one", "X-Other": "two" },
          dataCategory: ["faces", "plates"],
        },
      },
      schedule: {
        type: "daily",
        timezone: "+08:00",
        executionMode: "period",
        periods: [period("08:00:00", "09:00:00"), period("10:00:00", "11:00:00")],
      },
      config: { level: 1, nested: { deep: [1] } },
      sourceUsageEstimate: estimate,
    },
    edgecamera: {
      ...edge,
      name: "edgecamera",
      input: {
        type: "edgecamera",
        data: [
          { id: "camera-1", cameraType: "ipc", tag: [{ side: "north" }, { floor: "one" }] },
          { id: "camera-2", tag: [{ side: "south" }] },
        ],
      },
      output: { dis: { streamName: "results", streamId: "stream1" } },
      schedule: {
        type: "once",
        timezone: "+08:00",
        periods: [period("2031-01-01T08:00:00", "2031-01-01T09:00:00")],
      },
      sourceUsageEstimate: estimate,
    },
    restful: {
      ...common,
      name: "restful",
      input: {
        type: "restful",
        data: [
          {
            url: "https://media.example.com/1",
            headers: { "X-Key": "one", "X-Other": "two" },
            certificateCheck: true,
            rtspPathInResponse: "/url",
            nodeId: "node1",
          },
        ],
      },
      output: dis,
      schedule: {
        type: "weekly",
        timezone: "+08:00",
        executionMode: "frequency",
        daysOfWeek: [1, 5],
        frequency: { interval: 30, duration: 10, beginAt: "08:00:00", endAt: "09:00:00" },
      },
    },
    vcn: {
      ...common,
      name: "vcn",
      input: {
        type: "vcn",
        data: [{ deviceId: "device1", streamType: 1, nodeId: "node1" }],
        vcn: { ip: "10.0.0.1", port: 9900, username: "operator", password: "password" },
      },
      output: dis,
      schedule: {
        type: "monthly",
        timezone: "+08:00",
        daysOfMonth: [1, 15],
        periods: [period("08:00:00", "09:00:00")],
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
    serviceId: "replace",
    name: "replace",
    description: "replace",
    schedule: "replace",
    input: "replace",
    output: "replace",
    config: "replace",
    sourceUsageEstimate: "replace",
    region: regionOutcome,
    triggers: "replace",
    desiredState: "record",
    waitFor: "record",
    timeouts: "record",
    adopt: "record",
    platform: "record",
  },
  uniqueBy: ["name", "serviceId", "region"],
  caseless: ["schedule.type", "schedule.executionMode"],
  sets: [
    "schedule.daysOfWeek",
    "schedule.daysOfMonth",
    "schedule.periods",
    "output.obs.dataCategory",
    "output.dis.dataCategory",
    "output.webhook.dataCategory",
  ],
  // Left out, it is that of the given `periods`.
  meaningless: { "schedule.executionMode": ["removed", "added"] },
  inseparable: ["schedule.daysOfWeek", "schedule.daysOfMonth", "schedule.periods", "schedule.frequency"],
  equal: [
    ["obs", "config", {}],
    ["obs", "description", ""],
    ["vcn", "schedule.executionMode", "PERIOD"],
    ["restful", "schedule.executionMode", undefined],
    ["obs", "output.dis.dataCategory", ["plates", "faces"]],
    ["edgecamera", "output.dis.dataCategory", []],
  ],
};
