/** How a service gives arguments back: in its own spelling, with its own additions, without what it withholds. */
import fc from "fast-check";
import { isObject, type Bag } from "../../provider/common/json";
import type { LiveTask } from "../../provider/lifecycle/resource";
import * as batch from "../../provider/resources/batch-task/wire";
import * as task from "../../provider/resources/service-task/wire";
import * as job from "../../provider/resources/video-analysis-job/wire";
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
}

export const manner: fc.Arbitrary<Manner> = fc.record({
  upperCase: fc.boolean(),
  reversed: fc.boolean(),
  additions: fc.boolean(),
  password: fc.constantFrom("echoed", "masked", "withheld", "empty"),
  headers: fc.constantFrom("echoed", "masked"),
  emptyDescription: fc.boolean(),
  shortTimes: fc.boolean(),
});

export const plainly: Manner = {
  upperCase: false,
  reversed: false,
  additions: false,
  password: "echoed",
  headers: "echoed",
  emptyDescription: false,
  shortTimes: false,
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
  if (typeof value !== "string") return value;
  if ((key === "execution_mode" || key === "schedule_type") && how.upperCase) return value.toUpperCase();
  if ((key === "begin_at" || key === "end_at") && how.shortTimes)
    return value.replace(/:00$/, "").replace("T", " ");
  return value;
}

/** The body as the service shows it. */
function shown(body: Bag, how: Manner, maps: ReadonlySet<string>): Record<string, unknown> {
  const empty = how.emptyDescription && body.description === undefined ? { description: "" } : {};
  const seen = respell("task", { ...body, ...empty }, how, maps) as Record<string, unknown>;
  for (const key of ["schedule", "timing"]) {
    const schedule = seen[key];
    if (how.upperCase && isObject(schedule))
      seen[key] = { ...schedule, type: String(schedule.type).toUpperCase() };
  }
  return seen;
}

/** Bodies of the tasks that one body makes: one for each source, or one for all. */
function perSource(seen: Bag, oneTask: boolean): Bag[] {
  const input = seen.input as { data: unknown[] };
  if (oneTask) return [seen];
  return input.data.map((source) => ({ ...seen, input: { ...input, data: [source] } }));
}

/** The tasks that a create of the arguments makes. */
export type Echo = (args: Bag, how: Manner, oneTask?: boolean) => LiveTask[];

export const echo: Echo = (args, how, oneTask = false) => {
  // Reads never return the estimate.
  const body = without(task.toCreateBody(args), "source_usage_estimate");
  return perSource(shown(body, how, TASK_MAPS), oneTask).map((seen, index) =>
    task.toLiveTask({ ...seen, id: `task${index}`, state: "RUNNING" }, []),
  );
};

export const echoJob: Echo = (args, how, oneTask = false) =>
  perSource(shown(job.toCreateBody(args), how, OTHER_MAPS), oneTask).map((seen, index) =>
    job.toLiveTask({ ...seen, id: `task${index}`, state: "RUNNING" }, []),
  );

/** Sources that stand for those of a group without a list. */
const WHOLE_GROUP = ["camera-a", "camera-b"];

/** Ids of the sources that a batch analyses, each a sub-task. */
export function sourcesOfBatch(args: Bag): string[] {
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
  args: Bag,
  how: Manner,
  oneTask = false,
  sources: readonly string[] = sourcesOfBatch(args),
): LiveTask[] {
  const { name, description, output, schedule, config, resource_order_id } = batch.toCreateBody(args);
  const body = { description, output, schedule, config, resource_order_id };
  const seen = shown(body, how, OTHER_MAPS);
  const subTasks = sources.map((source, index): batch.SubTask => {
    const entry = { id: `task${index}`, name: `${String(name)}_task`, state: "RUNNING" };
    const input = { type: "video_source", data: [{ video_source_id: source }] };
    return oneTask && index > 0 ? { entry } : { entry, details: { ...entry, ...seen, input } };
  });
  const ordered = how.reversed ? subTasks.reverse() : subTasks;
  const row = { id: "batch-1", batch_task_name: String(name), num_task: subTasks.length };
  return [batch.toLiveBatch(row, ordered, undefined, undefined, [])];
}
