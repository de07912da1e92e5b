/** How a service gives arguments back: in its own spelling, with its own additions, without what it withholds. */
import fc from "fast-check";
import { wireBatch, wireSubTask } from "../../provider/services/api/wire-batch";
import { wireJob } from "../../provider/services/api/wire-job";
import { wireTask } from "../../provider/services/api/wire-task";
import { isObject, type PropertyMap } from "../../provider/common/json";
import type { LiveTask } from "../../provider/core/contract";
import * as batch from "../../provider/services/batch-task/mapping";
import * as task from "../../provider/services/service-task/mapping";
import * as job from "../../provider/services/video-analysis-job/mapping";
import { without } from "./arguments";

/** How one echo differs from the body that was sent. */
export interface Manner {
  readonly upperCase: boolean;
  readonly reversed: boolean;
  readonly additions: boolean;
  readonly password: "echoed" | "masked" | "withheld" | "empty";
  readonly headers: "echoed" | "masked";
  readonly emptyDescription: boolean;
  readonly shortTimes: boolean;
  readonly offsets: "as sent" | "GMT" | "UTC" | "compact";
  /** Members that the program left out, with what the service takes for them. */
  readonly defaults: boolean;
  /** Absent members as null. */
  readonly nulls: boolean;
  /** Numbers and truth values as text. */
  readonly asText: boolean;
  /** Of created_at: the documents print times in all of these forms. */
  readonly stamps: "seconds" | "milliseconds" | "number" | "digits";
}

export const manner: fc.Arbitrary<Manner> = fc.record({
  upperCase: fc.boolean(),
  reversed: fc.boolean(),
  additions: fc.boolean(),
  password: fc.constantFrom("echoed", "masked", "withheld", "empty"),
  headers: fc.constantFrom("echoed", "masked"),
  emptyDescription: fc.boolean(),
  shortTimes: fc.boolean(),
  offsets: fc.constantFrom("as sent", "GMT", "UTC", "compact"),
  defaults: fc.boolean(),
  nulls: fc.boolean(),
  asText: fc.boolean(),
  stamps: fc.constantFrom("seconds", "milliseconds", "number", "digits"),
});

export const plainly: Manner = {
  upperCase: false,
  reversed: false,
  additions: false,
  password: "echoed",
  headers: "echoed",
  emptyDescription: false,
  shortTimes: false,
  offsets: "as sent",
  defaults: false,
  nulls: false,
  asText: false,
  stamps: "seconds",
};

/** `2026-05-05T12:00:00Z` in the forms of the documents. */
const STAMPS: Readonly<Record<Manner["stamps"], string | number>> = {
  seconds: "2026-05-05T12:00:00Z",
  milliseconds: "2026-05-05T12:00:00.000Z",
  number: 1_777_982_400_000,
  digits: "1777982400000",
};

/** Sets, by the names of their fields in a body. */
const SETS = new Set(["days_of_week", "days_of_month", "periods", "data_category"]);
/** Settings of the algorithm are `config` itself, or `common` in it. */
const TASK_MAPS = new Set(["headers", "config", "tag"]);
const OTHER_MAPS = new Set(["headers", "common"]);

function respell(key: string, value: unknown, how: Manner, maps: ReadonlySet<string>): unknown {
  if (key === "headers" && how.headers === "masked" && isObject(value)) {
    return Object.fromEntries(Object.keys(value).map((name) => [name, "******"]));
  }
  if (maps.has(key)) {
    const settings = key === "config" || key === "common";
    return settings && how.additions && isObject(value)
      ? { ...value, added_by_the_service: { x: 1 } }
      : value;
  }
  // The lists of a batch's windows answer to days: only the windows of one day are a set.
  if (Array.isArray(value) && value.some((item) => Array.isArray(item))) {
    return value.map((item) => respell(key, item, how, maps));
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => respell("", item, how, maps));
    return how.reversed && SETS.has(key) ? items.reverse() : items;
  }
  if (isObject(value)) {
    const entries = Object.entries(value).map(([name, item]): [string, unknown] => [
      name,
      respell(name, item, how, maps),
    ]);
    const withoutPassword = entries.filter(([name]) => name !== "password" || how.password !== "withheld");
    const ordered = how.reversed ? withoutPassword.reverse() : withoutPassword;
    return Object.fromEntries(how.additions ? [...ordered, ["index", 0], ["added", { deep: [1] }]] : ordered);
  }
  if (key === "password" && how.password === "masked") return "***";
  if (key === "password" && how.password === "empty") return "";
  if (how.asText && (typeof value === "number" || typeof value === "boolean") && !SETS.has(key)) {
    return String(value);
  }
  if (typeof value !== "string") return value;
  if (key === "timezone") return otherOffset(value, how);
  if ((key === "execution_mode" || key === "schedule_type") && how.upperCase) return value.toUpperCase();
  if ((key === "begin_at" || key === "end_at") && how.shortTimes)
    return value.replace(/:00$/, "").replace("T", " ");
  return value;
}

function otherOffset(offset: string, { offsets }: Manner): string {
  if (offsets === "GMT") return `GMT${offset}`;
  if (offsets === "UTC") return `UTC${offset.replace(/([+-])0(\d)/, "$1$2").replace(/:00$/, "")}`;
  return offsets === "compact" ? offset.replace(":", "") : offset;
}

/** Arguments that may be absent, and what an answer may have in their place without meaning anything by it. */
const UNSET: Readonly<Record<string, unknown>> = {
  description: "",
  schedule: null,
  timing: null,
  config: {},
  service_config: {},
};

/** A body completed by the service: unwritten members are there, as their defaults. */
function completed(seen: Readonly<Record<string, unknown>>, how: Manner): Record<string, unknown> {
  const { input, output } = seen as { input?: { type: string; data: PropertyMap[] }; output: PropertyMap };
  const members = Object.entries(output).map(([key, member]): [string, unknown] => [
    key,
    isObject(member) ? { data_category: [], ...member } : member,
  ]);
  const absent = Object.fromEntries(["obs", "dis", "webhook"].map((key) => [key, null]));
  const defaults = how.nulls ? { ...absent, event_center: false } : { event_center: false };
  return {
    ...UNSET,
    ...seen,
    output: { ...defaults, ...Object.fromEntries(members) },
    ...(input?.type === "vcn"
      ? { input: { ...input, data: input.data.map((source) => ({ stream_type: 1, ...source })) } }
      : {}),
  };
}

/** Members that every answer has beside the body. */
const frame = (args: PropertyMap, how: Manner) => {
  const state = args.desiredState === "stopped" ? "STOPPED" : "RUNNING";
  const stamp = STAMPS[how.stamps];
  return { state: how.upperCase ? state : state.toLowerCase(), created_at: stamp, updated_at: stamp };
};

/** The body as the service shows it. */
function shown(body: PropertyMap, how: Manner, maps: ReadonlySet<string>): Record<string, unknown> {
  const empty = how.emptyDescription && body.description === undefined ? { description: "" } : {};
  const seen = respell("task", { ...body, ...empty }, how, maps) as Record<string, unknown>;
  for (const key of ["schedule", "timing"]) {
    const schedule = seen[key];
    if (how.upperCase && isObject(schedule))
      seen[key] = { ...schedule, type: String(schedule.type).toUpperCase() };
  }
  const nulls = Object.keys(UNSET).filter((key) => how.nulls && seen[key] === undefined);
  const open = Object.fromEntries(nulls.map((key) => [key, null]));
  return { ...open, ...(how.defaults ? completed(seen, how) : seen) };
}

/** Bodies of the tasks that one body makes: one for each source, or one for all. */
function perSource(seen: PropertyMap, oneTask: boolean): PropertyMap[] {
  const input = seen.input as { data: unknown[] };
  if (oneTask) return [seen];
  return input.data.map((source) => ({ ...seen, input: { ...input, data: [source] } }));
}

/** The tasks that a create of the arguments makes. */
export type Echo = (args: PropertyMap, how: Manner, oneTask?: boolean) => LiveTask[];

export const echo: Echo = (args, how, oneTask = false) => {
  // Reads never return the estimate.
  const body = without(task.toCreateBody(args), "source_usage_estimate");
  return perSource(shown(body, how, TASK_MAPS), oneTask).map((seen, index) =>
    task.toLiveTask(wireTask.parse({ ...seen, ...frame(args, how), id: `task${index}` }), []),
  );
};

export const echoJob: Echo = (args, how, oneTask = false) =>
  perSource(shown(job.toCreateBody(args), how, OTHER_MAPS), oneTask).map((seen, index) =>
    job.toLiveTask(wireJob.parse({ ...seen, ...frame(args, how), id: `task${index}` }), []),
  );

/** Sources that stand for those of a group without a list. */
const WHOLE_GROUP = ["camera-a", "camera-b"];

/** Ids of the sources that a batch analyses, each a sub-task. */
export function sourcesOfBatch(args: PropertyMap): string[] {
  const { videoSourceGroup } = args.batchInput as {
    videoSourceGroup: { videoSourceGroupId: string; videoSourceList: { videoSourceId: string }[] }[];
  };
  return videoSourceGroup.flatMap(({ videoSourceGroupId, videoSourceList }) =>
    videoSourceList.length === 0
      ? WHOLE_GROUP.map((name) => `${videoSourceGroupId}-${name}`)
      : videoSourceList.map(({ videoSourceId }) => videoSourceId),
  );
}

/** One batch; details of its sub-tasks are read for all, or for one that stands for them. */
export function echoBatch(
  args: PropertyMap,
  how: Manner,
  oneTask = false,
  sources: readonly string[] = sourcesOfBatch(args),
): LiveTask[] {
  const { name, description, output, schedule, config, resource_order_id } = batch.toCreateBody(args);
  const body = { description, output, schedule, config, resource_order_id };
  const seen = shown(body, how, OTHER_MAPS);
  const subTasks = sources.map((source, index): batch.SubTask => {
    const answer = { ...frame(args, how), id: `task${index}`, name: `${String(name)}_task` };
    const entry = wireSubTask.parse(answer);
    const input = { type: "video_source", data: [{ video_source_id: source }] };
    return oneTask && index > 0
      ? { entry }
      : { entry, details: wireTask.parse({ ...seen, ...answer, input }) };
  });
  const ordered = how.reversed ? subTasks.reverse() : subTasks;
  const created_at = STAMPS[how.stamps];
  const row = wireBatch.parse({
    id: "batch-1",
    batch_task_name: String(name),
    num_task: subTasks.length,
    created_at,
  });
  return [batch.toLiveBatch(row, ordered, undefined, undefined, [])];
}
