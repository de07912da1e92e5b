import { DEFAULT_VAS_SERVICE } from "../../../testkit/emulator";
import type { Props } from "../values";
import { idsNamed, type Kind, numbered, providerOf } from "./kind";

const PROVIDER = providerOf("VideoAnalysisJob");

/** Name of the service that runs the jobs. */
export const JOBS = DEFAULT_VAS_SERVICE.name;

const POOL = "a".repeat(32);
const ORDER = "b".repeat(32);

/** A program's job, source and output without secrets. */
export function jobArgs(name: string, more: Props = {}): Props {
  return {
    __provider: PROVIDER,
    serviceName: JOBS,
    serviceVersion: "1.0",
    name,
    input: { type: "url", data: [{ url: "rtsp://cameras.example.com/1" }] },
    output: { dis: { streamName: "results" } },
    ...more,
  };
}

const TIMING = {
  type: "daily",
  timezone: "+00:00",
  periods: [{ beginAt: "00:00:00", endAt: "23:59:59" }],
};
const OTHER_SOURCE = { type: "url", data: [{ url: "rtsp://cameras.example.com/2" }] };

/** VAS: one PUT a job, of its name and the changed fields. */
export const videoAnalysisJobKind: Kind = {
  title: "VideoAnalysisJob",
  provider: PROVIDER,
  service: "iva",
  createPath: (projectId, args = jobArgs("")) =>
    `/v2/${projectId}/services/${String(args.serviceName)}/tasks`,
  operations: {
    create: "createTasks",
    list: "listTasksDetails",
    show: "showTask",
    update: "updateTask",
    delete: "deleteTask",
    start: "startTask",
    stop: "stopTask",
  },
  features: { severalIds: true, drift: "updated", secretInputs: true, oneCallShows: true, unreadable: [] },

  program: jobArgs,
  full: (name) =>
    jobArgs(name, {
      description: "described",
      timing: TIMING,
      output: {
        obs: { bucket: "results", path: "output/", dataCategory: ["a"] },
        dis: { streamName: "results", dataCategory: ["b", "a"] },
        webhook: { url: "https://hook.example.com/", headers: { "X-Key": "key" } },
        hosting: { dataCategory: ["a"] },
        localpath: { mountSourcePath: "/data/results" },
      },
      serviceConfig: { common: { level: 1, nested: { deep: [1, 2] } } },
      edgePoolId: POOL,
      resourceOrderId: ORDER,
      desiredState: "running",
      waitFor: "accepted",
      triggers: ["first"],
      timeouts: { create: "5m", read: "1m", update: "5m", delete: "5m" },
    }),
  fullBody: (name) => ({
    name,
    description: "described",
    service_version: "1.0",
    timing: {
      type: "daily",
      timezone: "+00:00",
      periods: [{ begin_at: "00:00:00", end_at: "23:59:59" }],
    },
    input: { type: "url", data: [{ url: "rtsp://cameras.example.com/1" }] },
    output: {
      obs: { bucket: "results", path: "output/", data_category: ["a"] },
      dis: { stream_name: "results", data_category: ["b", "a"] },
      webhook: { url: "https://hook.example.com/", headers: { "X-Key": "key" } },
      hosting: { data_category: ["a"] },
      localpath: { mount_source_path: "/data/results" },
    },
    service_config: { common: { level: 1, nested: { deep: [1, 2] } } },
    edge_pool_id: POOL,
    resource_order_id: ORDER,
  }),
  schedule: "timing",
  scheduled: { timing: TIMING },
  settings: (settings) => ({ serviceConfig: { common: settings } }),
  settingsBody: (settings) => ({ service_config: settings === null ? null : { common: settings } }),
  settingsPath: "serviceConfig.common",
  subscription: DEFAULT_VAS_SERVICE.id,
  sources: (count, from = 1) => ({
    input: {
      type: "url",
      data: numbered(count, (number) => ({ url: `rtsp://camera-${from + number - 1}` })),
    },
  }),
  endless: { input: { type: "url", data: [{ url: "rtsp://cameras.example.com/1" }] } },
  file: { input: { type: "obs", data: [{ bucket: "videos", path: "input/a.mp4" }] } },

  made: (emulator, name) => idsNamed(emulator, name, "vas"),
  taskIds: (emulator, name) => idsNamed(emulator, name, "vas"),
  idFor: (ids, args = jobArgs("")) => `${String(args.serviceName)}/${ids.join(",")}`,
  shownName: (name) => name,
  edit: (emulator, id, patch) => emulator.editTask(id, patch),
  remove: (emulator, id) => emulator.removeTask(id),
  setState: (emulator, id, state, texts) => emulator.setState(id, state, texts),

  replacing: [
    { argument: "serviceName", value: "other-service" },
    { argument: "serviceVersion", value: "2.0" },
    { argument: "edgePoolId", value: "c".repeat(32) },
    { argument: "edgePoolId", value: undefined },
    { argument: "resourceOrderId", value: "d".repeat(32) },
    { argument: "timing", value: undefined },
    { argument: "serviceConfig", value: undefined },
    {
      argument: "input",
      value: { type: "url", data: [{ url: "rtsp://camera-1" }, { url: "rtsp://camera-2" }] },
    },
    { argument: "region", value: "eu-nl" },
    { argument: "triggers", value: ["second"] },
  ],
  updating: [
    { argument: "name", value: "other", sent: { name: "other" } },
    { argument: "description", value: "other", sent: { description: "other" } },
    { argument: "description", value: undefined, sent: { description: "" } },
    {
      argument: "timing",
      value: { ...TIMING, timezone: "+07:00" },
      sent: {
        timing: {
          type: "daily",
          timezone: "+07:00",
          periods: [{ begin_at: "00:00:00", end_at: "23:59:59" }],
        },
      },
    },
    { argument: "input", value: OTHER_SOURCE, sent: { input: OTHER_SOURCE } },
    {
      argument: "output",
      value: { dis: { streamName: "other" } },
      sent: { output: { dis: { stream_name: "other" } } },
    },
    {
      argument: "serviceConfig",
      value: { common: { level: 2 } },
      sent: { service_config: { common: { level: 2 } } },
    },
  ],
  updateBody: (name, { sent }) => ({ name, ...sent }),
  missing: `${JOBS}/${"0".repeat(32)}`,
  idForm: /<serviceName>\/<taskId>/,
};
