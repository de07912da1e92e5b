/** `BatchTask`: one full PUT, but for the algorithm, `region` and `triggers`. */
import type { PropertyMap } from "../../../provider/common/json";
import { batchTask } from "../../../provider/services/batch-task/definition";
import { DEFAULT_ALGORITHM } from "../../../testkit/emulator";
import { documented, regionOutcome, type FieldTable } from "./table";

const period = (from: string, to: string) => ({ beginAt: from, endAt: to });
const common = {
  serviceName: DEFAULT_ALGORITHM.name,
  serviceVersion: "1.0",
  region: "cn-north-4",
  triggers: [1, { run: "a" }],
};
const groups = (...ids: string[]) => ({
  videoSourceGroup: ids.map((id) => ({
    videoSourceGroupId: `group-${id}`,
    videoSourceList: [
      { videoSourceId: `camera-${id}-1`, targetRoi: "0,0,1,1" },
      { videoSourceId: `camera-${id}-2` },
    ],
  })),
});
const dis = { dis: { streamName: "results", dataCategory: ["faces", "plates"] } };

/** The whole desired batch. A template is stored once, and an empty description clears the old one. */
function put(before: PropertyMap, after: PropertyMap): PropertyMap {
  const { name, description = "", batchInput, output, schedule, config, resourceOrderId } = after;
  const becameTrue = after.isSavedAsTemplate === true && before.isSavedAsTemplate !== true;
  const desired = { name, description, batchInput, output, schedule, config, resourceOrderId };
  return documented(becameTrue ? { ...desired, isSavedAsTemplate: true } : desired) as PropertyMap;
}

export const batchTaskTable: FieldTable = {
  definition: batchTask,
  samples: {
    plain: { ...common, name: "plain", batchInput: groups("north"), output: dis },
    adopted: { ...common, name: "adopted", adopt: "batch-1", batchInput: groups("north"), output: dis },
    managed: {
      ...common,
      name: "managed",
      desiredState: "running",
      waitFor: "accepted",
      timeouts: { create: "90s", read: "91s", update: "92s", delete: "93s" },
      batchInput: groups("north"),
      output: dis,
    },
    full: {
      ...common,
      name: "full",
      description: "north side",
      batchInput: groups("north", "south"),
      output: {
        ...dis,
        obs: { bucket: "results", path: "faces", dataCategory: ["faces", "plates"] },
        webhook: {
          url: "https://hooks.example.com/1",
          headers: { "X-Key": "one", "X-Other": "two" },
          dataCategory: ["faces", "plates"],
        },
        eventCenter: true,
      },
      schedule: {
        type: "weekly",
        timezone: "+08:00",
        daysOfWeek: [1, 5],
        periods: [
          [period("08:00:00", "09:00:00"), period("10:00:00", "11:00:00")],
          [period("12:00:00", "13:00:00")],
        ],
      },
      config: { common: { level: 1, nested: { deep: [1] } } },
      isSavedAsTemplate: true,
      resourceOrderId: "order-1",
    },
    monthly: {
      ...common,
      name: "monthly",
      batchInput: groups("north"),
      output: { dis: { streamName: "results" } },
      schedule: { type: "monthly", timezone: "+08:00", daysOfMonth: [1, 15] },
    },
  },
  outcomes: {
    serviceName: "replace",
    serviceVersion: "replace",
    region: regionOutcome,
    triggers: "replace",
    name: "put",
    description: "put",
    batchInput: "put",
    output: "put",
    schedule: "put",
    config: "put",
    isSavedAsTemplate: "put",
    resourceOrderId: "put",
    desiredState: "record",
    waitFor: "record",
    timeouts: "record",
    adopt: "record",
  },
  uniqueBy: ["name", "region"],
  caseless: ["schedule.type"],
  sets: [
    "schedule.daysOfWeek",
    "schedule.daysOfMonth",
    "schedule.periods[]",
    "output.obs.dataCategory",
    "output.dis.dataCategory",
    "output.webhook.dataCategory",
  ],
  meaningless: {},
  inseparable: ["schedule.daysOfWeek", "schedule.daysOfMonth"],
  equal: [
    ["plain", "isSavedAsTemplate", false],
    ["plain", "output.eventCenter", false],
    ["plain", "description", ""],
    ["plain", "config", {}],
    ["monthly", "output.dis.dataCategory", []],
    ["monthly", "schedule.type", "Monthly"],
  ],
  put,
};
