import { toSeconds } from "../../clock";
import { deepCopy, isObject, type JsonObject } from "../../json";
import type { Behavior } from "../../options";
import { insideWindow } from "../../tasks/schedule";
import { stageOf, type TaskRecord } from "../../tasks/store";

const MASKED_PASSWORD = "******";

/** The state that reads show at a moment. */
export function shownState(record: TaskRecord, at: number, behavior: Behavior): string {
  const { state } = stageOf(record, at);
  const schedule = record.wire["schedule"];
  const idle = isObject(schedule) && state === "RUNNING" && !insideWindow(schedule, at);
  return idle ? (behavior.outsideWindowState ?? state) : state;
}

/** Everything the emulator knows of a task, nothing masked: for assertions, not for clients. */
export function rawTask(record: TaskRecord, at: number, behavior: Behavior): JsonObject {
  const schedule = record.wire["schedule"];
  const { at: since } = stageOf(record, at);
  return {
    ...deepCopy(record.wire),
    updated_at: record.wire["updated_at"] ?? toSeconds(since),
    state: shownState(record, at, behavior),
    ...(isObject(schedule)
      ? { schedule_status: insideWindow(schedule, at) ? "ACTIVATED" : "INACTIVATED" }
      : {}),
  };
}

/** TaskDetails of the documents. The list example has `service_name`, the show example has not. */
export function taskDetails(
  record: TaskRecord,
  at: number,
  behavior: Behavior,
  form: "list" | "show",
): JsonObject {
  const details = rawTask(record, at, behavior);
  delete details["source_usage_estimate"];
  if (form === "show") delete details["service_name"];
  echoPassword(details, behavior);
  if (behavior.extraFields) addUndocumented(details, record.seq);
  return details;
}

function echoPassword(details: JsonObject, behavior: Behavior): void {
  const input = details["input"];
  const vcn = isObject(input) ? input["vcn"] : undefined;
  if (!isObject(vcn) || vcn["password"] === undefined) return;
  if (behavior.passwordEcho === "mask") vcn["password"] = MASKED_PASSWORD;
  if (behavior.passwordEcho === "omit") delete vcn["password"];
}

/** Clients have to tolerate added fields: `index` does occur undocumented in the sibling services. */
function addUndocumented(details: JsonObject, flag: number): void {
  details["flag"] = flag;
  const input = details["input"];
  const data = isObject(input) && Array.isArray(input["data"]) ? input["data"] : [];
  data.forEach((entry, index) => {
    if (isObject(entry)) entry["index"] = index;
  });
}
