import { DEFAULT_EDGE_SERVICE, DEFAULT_IEF_SERVICE } from "../../../testkit/emulator";
import type { Props } from "../values";
import { idsNamed, type Kind, numbered, providerOf } from "./kind";

const PROVIDER = providerOf("ServiceTask");

export const EDGE = DEFAULT_EDGE_SERVICE.id;
export const IEF = DEFAULT_IEF_SERVICE.id;

/** A program's IEF task, sources and output without secrets. */
export function iefArgs(name: string, more: Props = {}): Props {
  return {
    __provider: PROVIDER,
    serviceId: IEF,
    platform: "ief",
    name,
    input: { type: "url", data: [{ url: "rtsp://cameras.example.com/1" }] },
    output: { dis: { streamName: "results" } },
    ...more,
  };
}

/** A program's Edge task. */
export function edgeArgs(name: string, more: Props = {}): Props {
  return {
    __provider: PROVIDER,
    serviceId: EDGE,
    platform: "edge",
    name,
    input: { type: "url", data: [{ url: "rtsp://cameras.example.com/1" }] },
    output: { dis: { streamName: "results" } },
    sourceUsageEstimate: { cpu: 0.1, memory: 32 },
    ...more,
  };
}

const SCHEDULE = {
  type: "daily",
  timezone: "+00:00",
  executionMode: "period",
  periods: [{ beginAt: "00:00:00", endAt: "23:59:59" }],
};

/** ModelArts: no update call, so every change of what it takes replaces. */
export const serviceTaskKind: Kind = {
  title: "ServiceTask",
  provider: PROVIDER,
  service: "modelarts",
  createPath: (projectId, args = iefArgs("")) => `/v1/${projectId}/services/${String(args.serviceId)}/tasks`,
  operations: {
    create: "createServiceTask",
    list: "listServiceTasks",
    show: "showServiceTask",
    delete: "deleteServiceTask",
    start: "startServiceTask",
    stop: "stopServiceTask",
  },
  features: { severalIds: true, drift: "replaced", secretInputs: true, oneCallShows: true, unreadable: [] },

  program: iefArgs,
  full: (name) =>
    iefArgs(name, {
      description: "described",
      schedule: SCHEDULE,
      output: {
        obs: { bucket: "results", path: "output/", dataCategory: ["a"] },
        dis: { streamName: "results", dataCategory: ["b", "a"] },
        webhook: { url: "https://hook.example.com/", headers: { "X-Key": "key" } },
      },
      config: { level: 1, nested: { deep: [1, 2] } },
      sourceUsageEstimate: { cpu: 0.5, memory: 64 },
      desiredState: "running",
      waitFor: "accepted",
      triggers: ["first"],
      timeouts: { create: "5m", read: "1m", update: "5m", delete: "5m" },
    }),
  fullBody: (name) => ({
    name,
    description: "described",
    schedule: {
      type: "daily",
      timezone: "+00:00",
      execution_mode: "period",
      periods: [{ begin_at: "00:00:00", end_at: "23:59:59" }],
    },
    input: { type: "url", data: [{ url: "rtsp://cameras.example.com/1" }] },
    output: {
      obs: { bucket: "results", path: "output/", data_category: ["a"] },
      dis: { stream_name: "results", data_category: ["b", "a"] },
      webhook: { url: "https://hook.example.com/", headers: { "X-Key": "key" } },
    },
    config: { level: 1, nested: { deep: [1, 2] } },
    source_usage_estimate: { cpu: 0.5, memory: 64 },
  }),
  schedule: "schedule",
  scheduled: { schedule: SCHEDULE },
  settings: (settings) => ({ config: settings }),
  settingsBody: (settings) => ({ config: settings }),
  settingsPath: "config",
  subscription: IEF,
  sources: (count, from = 1) => ({
    input: {
      type: "url",
      data: numbered(count, (number) => ({ url: `rtsp://camera-${from + number - 1}` })),
    },
  }),
  endless: { input: { type: "url", data: [{ url: "rtsp://cameras.example.com/1" }] } },
  file: { input: { type: "obs", data: [{ bucket: "videos", path: "input/a.mp4" }] } },

  made: (emulator, name) => idsNamed(emulator, name, "edge", "ief"),
  taskIds: (emulator, name) => idsNamed(emulator, name, "edge", "ief"),
  idFor: (ids, args = iefArgs("")) => `${String(args.serviceId)}/${ids.join(",")}`,
  shownName: (name) => name,
  edit: (emulator, id, patch) => emulator.editTask(id, patch),
  remove: (emulator, id) => emulator.removeTask(id),
  setState: (emulator, id, state, texts) => emulator.setState(id, state, texts),

  replacing: [
    { argument: "serviceId", value: "another-service" },
    { argument: "name", value: "other" },
    { argument: "description", value: "other" },
    { argument: "description", value: undefined },
    { argument: "schedule", value: { ...SCHEDULE, timezone: "+07:00" } },
    { argument: "schedule", value: undefined },
    { argument: "input", value: { type: "url", data: [{ url: "rtsp://cameras.example.com/2" }] } },
    { argument: "output", value: { dis: { streamName: "other" } } },
    { argument: "config", value: { level: 2 } },
    { argument: "config", value: undefined },
    { argument: "sourceUsageEstimate", value: { cpu: 1, memory: 1 } },
    { argument: "region", value: "eu-nl" },
    { argument: "triggers", value: ["second"] },
  ],
  updating: [],
  missing: `${IEF}/${"0".repeat(32)}`,
  idForm: /<serviceId>\/<taskId>/,
};
