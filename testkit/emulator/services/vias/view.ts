/** The forms in which VIAS shows batches and tasks. */
import { type JsonObject, pick, textOf } from "../../json";
import type { Behavior } from "../../options";
import type { TaskRecord } from "../../tasks/store";
import { forClients, rawTask, shownState, type Spelling } from "../../tasks/view";
import type { World } from "../../world";
import { type Batch, sourceOf } from "./batch";
import { groupNames } from "./assignments";

/** RFC 3339 with milliseconds, as the example of the task details has it; the lists have epoch milliseconds. */
export function toMilliseconds(ms: number): string {
  return new Date(ms).toISOString();
}

export const SPELLING: Spelling = { schedule: "schedule", time: toMilliseconds };

/** A member of the examples that no schema has. */
const PRIORITY = { priority: "low" };

/** Further such members of the details example. */
const DETAILS_EXTRAS = { ...PRIORITY, event_type: 0, steal: 0 };

/** BatchTaskDto: names instead of ids, and counters instead of a state. */
export function batchEntry(world: World, batch: Batch, at: number, behavior: Behavior): JsonObject {
  const { record, subTasks } = batch;
  return {
    id: record.id,
    batch_task_name: record.wire["name"] ?? "",
    video_group_name: groupNames(world, record.wire["batch_input"]).join(","),
    video_source_name: subTasks.map((task) => textOf(task.wire["video_source_name"])).join(","),
    alg_name: record.wire["title"] ?? "",
    company: record.wire["company"] ?? "",
    type: record.wire["type"] ?? "",
    num_task: subTasks.length,
    created_at: record.createdMs,
    batch_task_status_info: counters(batch, at, behavior),
    ...(behavior.extraFields ? PRIORITY : {}),
  };
}

/** How many sub-tasks are in each state: lower case, none for a state that no sub-task is in. */
export function counters({ subTasks }: Batch, at: number, behavior: Behavior): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const task of subTasks) {
    const state = shownState(task, at, behavior).toLowerCase();
    counts[state] = (counts[state] ?? 0) + 1;
  }
  return counts;
}

const ENTRY = ["id", "name", "service_id", "state", "title", "type", "algorithm_publish_id"];

/** An entry of the task list; `created_at` is a text of digits. */
export function taskEntry(record: TaskRecord, at: number, behavior: Behavior): JsonObject {
  return {
    ...pick(rawTask(record, at, behavior, SPELLING), ENTRY),
    video_source_name: record.wire["video_source_name"] ?? "",
    created_at: String(record.createdMs),
  };
}

/** TaskInfoDto, which has the kind of a task in words where the lists have a digit. */
export function taskDetails(record: TaskRecord, at: number, behavior: Behavior): JsonObject {
  const type = record.wire["type"] === "1" ? "edge" : "cloud";
  const details = { video_source_name: "", ...rawTask(record, at, behavior, SPELLING), type };
  return forClients(details, behavior, DETAILS_EXTRAS);
}

/** A batch with all that the emulator knows of it, for assertions. */
export function batchSnapshot(batch: Batch, at: number, behavior: Behavior): JsonObject {
  const { record, subTasks } = batch;
  return {
    ...structuredClone(record.wire),
    project_id: record.projectId,
    created_at: toMilliseconds(record.createdMs),
    task_ids: subTasks.map(({ id }) => id),
    video_source_ids: subTasks.map(sourceOf),
    states: counters(batch, at, behavior),
  };
}
