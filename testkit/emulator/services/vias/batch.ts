/** A batch and its sub-tasks. */
import { entriesOf } from "../../bodies/input";
import { isObject, type JsonObject, omit, pick, textOf } from "../../json";
import type { TaskRecord, View } from "../../tasks/store";
import type { World } from "../../world";
import type { Assignment } from "./assignments";

/** The example of the task list names a sub-task so; which batch it belongs to is inferred from the other example. */
const SUB_TASK_SUFFIX = "_task";

/** Task names are documented with at most so many characters. */
const MAX_NAME = 100;

/** Members of a sub-task that come from its batch and change with it. */
const INHERITED = ["name", "description", "output", "config", "schedule", "resource_order_id"];

/** A batch with the sub-tasks it has. It exists while it has any (inferred). */
export interface Batch {
  readonly record: TaskRecord;
  readonly subTasks: readonly [TaskRecord, ...TaskRecord[]];
}

/** The batches of a view. */
export function batchesIn({ records }: Pick<View, "records">): Batch[] {
  const members = new Map<string, [TaskRecord, ...TaskRecord[]]>();
  for (const record of records) {
    if (record.batchId === undefined) continue;
    const subTasks = members.get(record.batchId);
    if (subTasks === undefined) members.set(record.batchId, [record]);
    else subTasks.push(record);
  }
  return records.flatMap((record) => {
    const subTasks = record.family === "batch" ? members.get(record.id) : undefined;
    return subTasks === undefined ? [] : [{ record, subTasks }];
  });
}

/** The id of the source that a sub-task analyses. */
export function sourceOf(record: TaskRecord): string {
  const { input } = record.wire;
  return isObject(input) ? textOf(entriesOf(input)[0]?.["video_source_id"]) : "";
}

/** The members that a sub-task has from its batch, without group ids, regions of interest and the template flag. */
export function inherited(batch: JsonObject): JsonObject {
  const name = textOf(batch["name"]).slice(0, MAX_NAME - SUB_TASK_SUFFIX.length);
  return { ...pick(batch, INHERITED), name: `${name}${SUB_TASK_SUFFIX}` };
}

/** A video source, as its sub-task shows it. */
export function assigned({ source, groupNames }: Assignment): JsonObject {
  return { video_source_name: source.name, group_name: groupNames.join(",") };
}

/** Gives a sub-task what its batch says now; its states go on as they were. */
export function redefine(world: World, subTask: TaskRecord, batch: JsonObject, more: JsonObject = {}): void {
  const wire = { ...omit(subTask.wire, INHERITED), ...inherited(batch), ...more };
  world.tasks.replace({ ...subTask, wire }, world.clock.now());
}
