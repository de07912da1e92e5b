/** Changes at the service to `Kind.full`, and the properties that a refresh shows. */
import type { JsonObject } from "../../../testkit/emulator";
import type { Kind } from "../kinds";
import type { Props } from "../values";

export interface Drift {
  readonly title: string;
  readonly patch: JsonObject;
  /** None: a refresh shows nothing. */
  readonly changed: readonly string[];
  /** Arguments beside those of `Kind.full`. */
  readonly more?: Props;
}

type Row = readonly [title: string, patch: JsonObject, ...changed: string[]];

/** The rows that hold for every resource type. */
export function driftOf(kind: Kind): Drift[] {
  const { schedule, settingsPath } = kind;
  const [settings = ""] = settingsPath.split(".");
  const rows: Row[] = [
    ["another description", { description: "other" }, "description"],
    ["no description", { description: null }, "description"],
    ["another name", { name: "renamed-elsewhere" }, "name"],
    ["another time zone", { [schedule]: { timezone: "+07:00" } }, `${schedule}.timezone`],
    ["no schedule", { [schedule]: null }, schedule],
    ["another stream", { output: { dis: { stream_name: "other" } } }, "output.dis.streamName"],
    ["one output less", { output: { dis: null } }, "output.dis"],
    [
      "another header value",
      { output: { webhook: { headers: { "X-Key": "other" } } } },
      "output.webhook.headers.X-Key",
    ],
    [
      "another category",
      { output: { dis: { data_category: ["a", "c"] } } },
      "output.dis.dataCategory[0]",
      "output.dis.dataCategory[1]",
    ],
    ["another setting", kind.settingsBody({ level: 2 }), `${settingsPath}.level`],
    ["a setting inside", kind.settingsBody({ nested: { deep: [1, 3] } }), `${settingsPath}.nested.deep[1]`],
    ["no settings", kind.settingsBody(null), settings],
    // Answers that may differ without any change.
    [
      "letter case and spelling of a schedule",
      {
        [schedule]: {
          type: String((kind.scheduled[schedule] as Props).type).toUpperCase(),
          timezone: "GMT+00:00",
        },
      },
    ],
    ["the order of categories", { output: { dis: { data_category: ["a", "b"] } } }],
    [
      "a setting that the service completed",
      kind.settingsBody({ added_by_service: true, nested: { more: 1 } }),
    ],
    ["fields that no document names", { surprise: { a: 1 } }],
  ];
  return rows.map(([title, patch, ...changed]) => ({ title, patch, changed }));
}

const RESTFUL = {
  input: {
    type: "restful",
    data: [{ url: "https://media.example.com", certificateCheck: true, rtspPathInResponse: "/a" }],
  },
};
const restful = (more: JsonObject): JsonObject => ({
  input: {
    data: [
      { url: "https://media.example.com", certificate_check: true, rtsp_path_in_response: "/a", ...more },
    ],
  },
});
const OTHER_URL = { input: { data: [{ url: "rtsp://cameras.example.com/9" }] } };
const DAY = [{ beginAt: "00:00:00", endAt: "23:59:59" }];
/** Without the member that the row adds. */
const DIS_ONLY = { output: { dis: { streamName: "results", dataCategory: ["b", "a"] } } };
const ONE_MORE: Drift = {
  title: "one output more",
  patch: { output: { obs: { bucket: "obs-iva", path: "p" } } },
  changed: ["output.obs"],
  more: DIS_ONLY,
};

/** The rows of one resource type. */
export const OWN_DRIFT: Readonly<Record<Kind["title"], readonly Drift[]>> = {
  ServiceTask: [
    ONE_MORE,
    {
      title: "another period",
      patch: { schedule: { periods: [{ begin_at: "09:00:00", end_at: "23:59:59" }] } },
      changed: ["schedule.periods[0].beginAt"],
    },
    {
      title: "another URL",
      patch: restful({ url: "https://other.example.com" }),
      changed: ["input.data[0].url"],
      more: RESTFUL,
    },
    {
      title: "another certificate check",
      patch: restful({ certificate_check: false }),
      changed: ["input.data[0].certificateCheck"],
      more: RESTFUL,
    },
    {
      title: "a mode that the answer leaves out",
      patch: { schedule: { execution_mode: null } },
      changed: [],
      more: { schedule: { type: "daily", executionMode: "period", timezone: "+00:00", periods: DAY } },
    },
    { title: "a mode in upper case", patch: { schedule: { execution_mode: "PERIOD" } }, changed: [] },
    { title: "fields inside that no document names", patch: { input: { fps: 25 } }, changed: [] },
  ],
  BatchTask: [
    ONE_MORE,
    {
      title: "another window of a day",
      patch: {
        schedule: { periods: [[], [{ begin_at: "09:00:00", end_at: "23:59:59" }]], days_of_week: [1, 2] },
      },
      changed: [
        "schedule.daysOfWeek[2]",
        "schedule.daysOfWeek[3]",
        "schedule.daysOfWeek[4]",
        "schedule.daysOfWeek[5]",
        "schedule.daysOfWeek[6]",
        "schedule.periods[0][0]",
        "schedule.periods[1][0].beginAt",
        "schedule.periods[2]",
        "schedule.periods[3]",
        "schedule.periods[4]",
        "schedule.periods[5]",
        "schedule.periods[6]",
      ],
    },
    {
      title: "no event center any more",
      patch: { output: { event_center: false } },
      changed: ["output.eventCenter"],
    },
    {
      title: "days in another order",
      patch: { schedule: { days_of_week: [7, 6, 5, 4, 3, 2, 1] } },
      changed: [],
    },
    { title: "another order", patch: { resource_order_id: "order-9" }, changed: ["resourceOrderId"] },
  ],
  VideoAnalysisJob: [
    ONE_MORE,
    { title: "another URL", patch: OTHER_URL, changed: ["input.data[0].url"] },
    { title: "no hosting any more", patch: { output: { hosting: null } }, changed: ["output.hosting"] },
    {
      title: "hosting that nobody wrote",
      patch: { output: { hosting: {} } },
      changed: ["output.hosting"],
      more: DIS_ONLY,
    },
    {
      title: "intervals for periods",
      patch: { timing: { periods: null, frequency: { interval: 5, duration: 5 } } },
      // What the program does not write is not shown inside of what it writes.
      changed: ["timing.periods"],
    },
    { title: "fields inside that no document names", patch: { input: { fps: 25 } }, changed: [] },
  ],
};

/** Changes that only another resource can undo, beside all those of a service without an update. */
export const REPLACED_DRIFT: Readonly<Record<Kind["title"], readonly Drift[]>> = {
  ServiceTask: [],
  BatchTask: [],
  VideoAnalysisJob: [
    { title: "another version", patch: { service_version: "2.0" }, changed: ["serviceVersion"] },
    { title: "another pool", patch: { edge_pool_id: "e".repeat(32) }, changed: ["edgePoolId"] },
    { title: "another order", patch: { resource_order_id: "e".repeat(32) }, changed: ["resourceOrderId"] },
  ],
};
