/**
 * Whether a schedule of any of the services is inside an execution window. No document defines when the schedule's
 * status changes; reading it as "inside the window" is an inference.
 */
import { isObject, type Json, type JsonObject, member, textOf } from "../json";

const DAYS_PER_WEEK = 7;
const SECONDS_PER_DAY = 86_400;
const MS_PER_DAY = SECONDS_PER_DAY * 1000;

export function insideWindow(schedule: JsonObject, now: number): boolean {
  const local = now + offsetMs(schedule["timezone"]);
  const frequency = schedule["frequency"];
  if (isObject(frequency)) return inside(schedule, frequency, local, cycleOf(frequency));
  const periods = Array.isArray(schedule["periods"]) ? schedule["periods"] : [];
  if (periods.length === 0) return inside(schedule, {}, local, always);
  return periods.some((period, index) => {
    if (isObject(period)) return inside(schedule, period, local, always);
    const days = weekdays(schedule, index, periods.length);
    return isObjectList(period) && period.some((window) => inside(days, window, local, always));
  });
}

type Cycle = (secondsSinceBegin: number) => boolean;

const always: Cycle = () => true;

/**
 * VIAS has a list of windows per day. The one example has seven lists for seven days; fewer lists are read as
 * those of the given days in order (inferred).
 */
function weekdays(schedule: JsonObject, index: number, lists: number): JsonObject {
  const key = schedule["type"] === "monthly" ? "days_of_month" : "days_of_week";
  const days = Array.isArray(schedule[key]) ? schedule[key] : [];
  const day = key === "days_of_week" && lists === DAYS_PER_WEEK ? index + 1 : days[index];
  return { ...schedule, [key]: days.includes(day ?? null) ? [day ?? null] : [] };
}

function isObjectList(value: Json): value is JsonObject[] {
  return Array.isArray(value) && value.every(isObject);
}

function inside(schedule: JsonObject, window: JsonObject, local: number, cycle: Cycle): boolean {
  if (schedule["type"] !== "once") return insideDaily(schedule, window, local, cycle);
  const begin = localTime(dated(schedule, window["begin_at"] ?? "00:00:00"));
  const end = localTime(dated(schedule, window["end_at"] ?? "23:59:59"));
  return begin <= local && local < end && cycle((local - begin) / 1000);
}

/** VAS gives the day of a single execution by frequency apart from the times. */
function dated(schedule: JsonObject, time: Json): string {
  const date = schedule["date"];
  return date === undefined ? textOf(time) : `${textOf(date)}T${textOf(time)}`;
}

/** A window that ends before it begins runs past midnight, so yesterday's may still be open. */
function insideDaily(schedule: JsonObject, window: JsonObject, local: number, cycle: Cycle): boolean {
  const begin = timeOfDay(window["begin_at"]);
  const until = timeOfDay(window["end_at"]);
  const end = until <= begin ? until + SECONDS_PER_DAY : until;
  return [0, 1].some((daysAgo) => {
    const dayStart = (Math.floor(local / MS_PER_DAY) - daysAgo) * MS_PER_DAY;
    const seconds = (local - dayStart) / 1000;
    return onDay(schedule, new Date(dayStart)) && begin <= seconds && seconds < end && cycle(seconds - begin);
  });
}

function onDay(schedule: JsonObject, day: Date): boolean {
  const includes = (key: string, value: number): boolean => {
    const days = schedule[key];
    return Array.isArray(days) && days.includes(value);
  };
  switch (schedule["type"]) {
    case "weekly":
      return includes("days_of_week", day.getUTCDay() === 0 ? DAYS_PER_WEEK : day.getUTCDay());
    case "monthly":
      return includes("days_of_month", day.getUTCDate());
    default:
      return true;
  }
}

/** The interval is read as the pause between the end of one execution and the start of the next (inferred). */
function cycleOf(frequency: JsonObject): Cycle {
  const seconds = (key: string): number => Number(member(frequency, key) ?? 0) * 60;
  const duration = seconds("duration");
  const cycle = duration + seconds("interval");
  return (since) => cycle > 0 && since % cycle < duration;
}

function offsetMs(timezone: Json | undefined): number {
  const parts = typeof timezone === "string" ? /^([+-])(\d{2}):(\d{2})$/.exec(timezone) : null;
  if (parts === null) return 0;
  const minutes = Number(parts[2]) * 60 + Number(parts[3]);
  return (parts[1] === "-" ? -minutes : minutes) * 60_000;
}

function localTime(text: string): number {
  return Date.parse(`${text}Z`);
}

function timeOfDay(text: Json | undefined): number {
  const [hours = 0, minutes = 0, seconds = 0] =
    typeof text === "string" ? text.slice(-8).split(":").map(Number) : [];
  return (hours * 60 + minutes) * 60 + seconds;
}
