import { DEFAULT_ALGORITHM } from "../../../testkit/emulator";
import type { Props } from "../values";
import { type Kind, numbered, providerOf } from "./kind";

const PROVIDER = providerOf("BatchTask");

export const ALGORITHM = DEFAULT_ALGORITHM.name;

/** A program's batch of one camera, its output without secrets. */
export function batchArgs(name: string, more: Props = {}): Props {
  return {
    __provider: PROVIDER,
    serviceName: ALGORITHM,
    serviceVersion: "1.0",
    name,
    ...sources(1),
    output: { dis: { streamName: "results" } },
    ...more,
  };
}

export const GROUP = "group-cameras";

const sources = (count: number, from = 1): Props => ({
  batchInput: {
    videoSourceGroup: [
      {
        videoSourceGroupId: GROUP,
        videoSourceList: numbered(count, (number) => ({ videoSourceId: `camera-${from + number - 1}` })),
      },
    ],
  },
});

const DAYS = [1, 2, 3, 4, 5, 6, 7];

const SCHEDULE = {
  type: "weekly",
  timezone: "+00:00",
  daysOfWeek: DAYS,
  periods: DAYS.map(() => [{ beginAt: "00:00:00", endAt: "23:59:59" }]),
};
const SCHEDULE_BODY = {
  type: "weekly",
  timezone: "+00:00",
  days_of_week: DAYS,
  periods: DAYS.map(() => [{ begin_at: "00:00:00", end_at: "23:59:59" }]),
};

/** Two groups, one of which has a source with a region of interest; no read returns either. */
const INPUT = {
  videoSourceGroup: [
    {
      videoSourceGroupId: "group-gates",
      videoSourceList: [{ videoSourceId: "camera-1", targetRoi: "0,0,100,100" }],
    },
    { videoSourceGroupId: "group-yards", videoSourceList: [{ videoSourceId: "camera-2" }] },
  ],
};
const INPUT_BODY = {
  video_source_group: [
    {
      video_source_group_id: "group-gates",
      video_source_list: [{ video_source_id: "camera-1", target_roi: "0,0,100,100" }],
    },
    { video_source_group_id: "group-yards", video_source_list: [{ video_source_id: "camera-2" }] },
  ],
};

/** The create body without what an update cannot change or asks for only once. */
const updatable = (name: string) => ({
  name,
  description: "described",
  schedule: SCHEDULE_BODY,
  batch_input: INPUT_BODY,
  output: {
    obs: { bucket: "results", path: "output/", data_category: ["a"] },
    dis: { stream_name: "results", data_category: ["b", "a"] },
    webhook: { url: "https://hook.example.com/", headers: { "X-Key": "key" } },
    event_center: true,
  },
  config: { common: { level: 1, nested: { deep: [1, 2] } } },
  resource_order_id: "order-1",
});

/** VIAS: one full PUT; no call shows a batch. */
export const batchTaskKind: Kind = {
  title: "BatchTask",
  provider: PROVIDER,
  service: "vias",
  createPath: (projectId) => `/v2/${projectId}/batch-tasks`,
  operations: {
    create: "createBatchTask",
    list: "listBatchTasks",
    show: "showTaskInfo",
    update: "updateBatchTask",
    delete: "deleteBatchTask",
    start: "startBatchTask",
    stop: "stopBatchTask",
  },
  features: {
    severalIds: false,
    drift: "updated",
    secretInputs: false,
    oneCallShows: false,
    unreadable: ["serviceName", "serviceVersion"],
  },

  program: batchArgs,
  full: (name) =>
    batchArgs(name, {
      description: "described",
      schedule: SCHEDULE,
      batchInput: INPUT,
      output: {
        obs: { bucket: "results", path: "output/", dataCategory: ["a"] },
        dis: { streamName: "results", dataCategory: ["b", "a"] },
        webhook: { url: "https://hook.example.com/", headers: { "X-Key": "key" } },
        eventCenter: true,
      },
      config: { common: { level: 1, nested: { deep: [1, 2] } } },
      isSavedAsTemplate: false,
      resourceOrderId: "order-1",
      desiredState: "running",
      waitFor: "accepted",
      triggers: ["first"],
      timeouts: { create: "5m", read: "1m", update: "5m", delete: "5m" },
    }),
  fullBody: (name) => ({
    ...updatable(name),
    service_name: ALGORITHM,
    service_version: "1.0",
    is_saved_as_template: false,
  }),
  schedule: "schedule",
  scheduled: { schedule: SCHEDULE },
  settings: (settings) => ({ config: { common: settings } }),
  settingsBody: (settings) => ({ config: settings === null ? null : { common: settings } }),
  settingsPath: "config.common",
  sources,
  made: (emulator, name) =>
    emulator
      .batches()
      .filter((batch) => batch.name === name)
      .map(({ id }) => id),
  taskIds: (emulator, name) =>
    emulator
      .batches()
      .filter((batch) => batch.name === name)
      .flatMap((batch) => [...batch.task_ids].sort()),
  idFor: (ids) => ids.join(","),
  // As in the documents' examples; which sub-task has which name is not said.
  shownName: (name) => `${name}_task`,
  edit: (emulator, id, patch) => emulator.editBatch(id, patch),
  remove: (emulator, id) => emulator.removeBatch(id),
  setState: (emulator, id, state, texts) => emulator.setState(id, state, texts),

  replacing: [
    { argument: "serviceName", value: "other-algorithm" },
    { argument: "serviceVersion", value: "2.0" },
    { argument: "region", value: "eu-nl" },
    { argument: "triggers", value: ["second"] },
  ],
  updating: [
    { argument: "name", value: "other", sent: { name: "other" } },
    { argument: "description", value: "other", sent: { description: "other" } },
    { argument: "description", value: undefined, sent: { description: "" } },
    {
      argument: "batchInput",
      value: sources(3).batchInput,
      sent: {
        batch_input: {
          video_source_group: [
            {
              video_source_group_id: GROUP,
              video_source_list: numbered(3, (number) => ({ video_source_id: `camera-${number}` })),
            },
          ],
        },
      },
    },
    {
      argument: "output",
      value: { dis: { streamName: "other" } },
      sent: { output: { dis: { stream_name: "other" } } },
    },
    {
      argument: "schedule",
      value: { ...SCHEDULE, timezone: "+07:00" },
      sent: { schedule: { ...SCHEDULE_BODY, timezone: "+07:00" } },
    },
    { argument: "config", value: { common: { level: 2 } }, sent: { config: { common: { level: 2 } } } },
    { argument: "isSavedAsTemplate", value: true, sent: { is_saved_as_template: true } },
    { argument: "resourceOrderId", value: "order-2", sent: { resource_order_id: "order-2" } },
  ],
  updateBody: (name, { sent }) => ({ ...updatable(name), ...sent }),
  missing: "00000000000000000000000000000000",
  idForm: /id of one batch/,
};
