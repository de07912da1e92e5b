/** Tasks as reads show them, in any service. */
import { entriesOf } from "../bodies/input";
import { deepCopy, isObject, type JsonObject } from "../json";
import type { Behavior } from "../options";
import { insideWindow } from "./schedule";
import { stageOf, type TaskRecord } from "./store";

const MASKED = "******";

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
  for (const holder of holdersOf(details)) {
    echoHeaders(holder, behavior);
    echoUrl(holder, behavior);
  }
  if (!behavior.extraFields) return details;
  const input = details["input"];
  if (isObject(input)) entriesOf(input).forEach((entry, index) => (entry["index"] = index));
  return { ...details, ...added };
}

/** The members with a URL and headers: the sources, and the webhook. */
function holdersOf({ input, output }: JsonObject): JsonObject[] {
  const sources = isObject(input) ? entriesOf(input) : [];
  const webhook = isObject(output) ? output["webhook"] : undefined;
  return isObject(webhook) ? [...sources, webhook] : sources;
}

function echoHeaders(holder: JsonObject, { headersEcho }: Behavior): void {
  const headers = holder["headers"];
  if (!isObject(headers)) return;
  if (headersEcho === "omit") delete holder["headers"];
  if (headersEcho === "mask") {
    holder["headers"] = Object.fromEntries(Object.keys(headers).map((name) => [name, MASKED]));
  }
}

const USER_INFO = /^([a-z]+:\/\/)([^/@]*)@/i;

function echoUrl(holder: JsonObject, { urlEcho }: Behavior): void {
  const { url } = holder;
  if (typeof url !== "string") return;
  if (urlEcho === "slash") holder["url"] = `${url}/`;
  if (urlEcho === "strip") holder["url"] = url.replace(USER_INFO, "$1");
  if (urlEcho === "mask") {
    holder["url"] = url.replace(USER_INFO, (_, scheme: string, info: string) => {
      const [user = ""] = info.split(":", 1);
      return `${scheme}${user}:xxxxx@`;
    });
  }
}

function echoPassword(details: JsonObject, behavior: Behavior): void {
  const input = details["input"];
  const vcn = isObject(input) ? input["vcn"] : undefined;
  if (!isObject(vcn) || vcn["password"] === undefined) return;
  if (behavior.passwordEcho === "mask") vcn["password"] = MASKED;
  if (behavior.passwordEcho === "omit") delete vcn["password"];
}
