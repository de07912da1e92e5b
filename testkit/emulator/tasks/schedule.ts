import { isObject, type Json, type JsonObject, member } from "../json";

const SECONDS_PER_DAY = 86_400;
const MS_PER_DAY = SECONDS_PER_DAY * 1000;

/**
 * Whether a schedule of the ModelArts shape is inside an execution window. No document defines when
 * `schedule_status` changes; reading it as "inside the window" is an inference.
 */
export function insideWindow(schedule: JsonObject, now: number): boolean {
  const local = now + offsetMs(schedule["timezone"]);
  const frequency = schedule["frequency"];
  if (isObject(frequency)) return insideAny(schedule, [frequency], local, cycleOf(frequency));
  const periods = Array.isArray(schedule["periods"]) ? schedule["periods"].filter(isObject) : [];
  return insideAny(schedule, periods, local, () => true);
}

type Cycle = (secondsSinceBegin: number) => boolean;

function insideAny(schedule: JsonObject, windows: JsonObject[], local: number, cycle: Cycle): boolean {
  return windows.some((window) => {
    if (schedule["type"] === "once") {
      const begin = localTime(window["begin_at"]);
      return begin <= local && local < localTime(window["end_at"]) && cycle((local - begin) / 1000);
    }
    return insideDaily(schedule, window, local, cycle);
  });
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
      return includes("days_of_week", day.getUTCDay() === 0 ? 7 : day.getUTCDay());
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

function localTime(text: Json | undefined): number {
  return typeof text === "string" ? Date.parse(`${text}Z`) : Number.NaN;
}

function timeOfDay(text: Json | undefined): number {
  const [hours = 0, minutes = 0, seconds = 0] =
    typeof text === "string" ? text.slice(-8).split(":").map(Number) : [];
  return (hours * 60 + minutes) * 60 + seconds;
}
