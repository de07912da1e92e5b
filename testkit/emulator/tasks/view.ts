import { entriesOf } from "../bodies/input";
import { deepCopy, isObject, type JsonObject } from "../json";
import type { Behavior } from "../options";
import { insideWindow } from "./schedule";
import { stageOf, type TaskRecord } from "./store";

const MASKED_PASSWORD = "******";

/** The state that reads show at a moment. */
export function shownState(record: TaskRecord, at: number, behavior: Behavior): string {
  const { state } = stageOf(record, at);
  const schedule = record.wire["schedule"] ?? record.wire["timing"];
  const idle = isObject(schedule) && state === "RUNNING" && !insideWindow(schedule, at);
  return idle ? (behavior.outsideWindowState ?? state) : state;
}

/** How a service spells what it derives from time. */
export interface Spelling {
  readonly schedule: "schedule" | "timing";
  time(ms: number): string;
}

/** Everything the emulator knows of a task, nothing masked: for assertions, not for clients. */
export function rawTask(record: TaskRecord, at: number, behavior: Behavior, spelling: Spelling): JsonObject {
  const schedule = record.wire[spelling.schedule];
  const status = isObject(schedule) && insideWindow(schedule, at) ? "ACTIVATED" : "INACTIVATED";
  return {
    ...deepCopy(record.wire),
    updated_at: record.wire["updated_at"] ?? spelling.time(stageOf(record, at).at),
    state: shownState(record, at, behavior),
    ...(isObject(schedule) ? { [`${spelling.schedule}_status`]: status } : {}),
  };
}

/** Changes a raw task into what clients see: passwords as configured, fields added that no document names. */
export function forClients(details: JsonObject, behavior: Behavior, added: JsonObject): JsonObject {
  echoPassword(details, behavior);
  if (!behavior.extraFields) return details;
  const input = details["input"];
  if (isObject(input)) entriesOf(input).forEach((entry, index) => (entry["index"] = index));
  return { ...details, ...added };
}

function echoPassword(details: JsonObject, behavior: Behavior): void {
  const input = details["input"];
  const vcn = isObject(input) ? input["vcn"] : undefined;
  if (!isObject(vcn) || vcn["password"] === undefined) return;
  if (behavior.passwordEcho === "mask") vcn["password"] = MASKED_PASSWORD;
  if (behavior.passwordEcho === "omit") delete vcn["password"];
}
