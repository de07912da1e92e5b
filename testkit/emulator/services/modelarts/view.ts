/** The forms in which ModelArts shows a task. */
import { toSeconds } from "../../clock";
import type { JsonObject } from "../../json";
import type { Behavior } from "../../options";
import type { TaskRecord } from "../../tasks/store";
import { forClients, rawTask, type Spelling } from "../../tasks/view";

export const SPELLING: Spelling = { schedule: "schedule", time: toSeconds };

/** TaskDetails of the documents. The list example has `service_name`, the show example has not. */
export function taskDetails(
  record: TaskRecord,
  at: number,
  behavior: Behavior,
  form: "list" | "show",
): JsonObject {
  const details = rawTask(record, at, behavior, SPELLING);
  delete details["source_usage_estimate"];
  if (form === "show") delete details["service_name"];
  return forClients(details, behavior, { flag: record.seq });
}
