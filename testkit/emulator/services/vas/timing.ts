/** The timing of a job. */
import { checkDays, checkWindow, dayFields, minutes, timezone, windowFields } from "../../bodies/schedule";
import { isObject, type JsonObject } from "../../json";
import {
  demand,
  distinct,
  forbid,
  InvalidField,
  join,
  list,
  object,
  oneOf,
  optional,
  required,
  type Rule,
  text,
} from "../../rules";

const MAX_PERIODS = 10;

const DATE = text({ min: 1, pattern: /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/ });

/** A time of the day; the hours of a frequency are always without a date. */
const time = text({ min: 1, pattern: /^[0-9]{2}:[0-9]{2}:[0-9]{2}$/ });

/** TaskTiming; there is no execution mode, periods or frequency say which it is. */
export const timing: Rule = object(
  {
    type: required(oneOf(["once", "daily", "weekly", "monthly"])),
    timezone: required(timezone),
    ...dayFields(distinct, distinct),
    date: optional(DATE),
    periods: optional(list(object(windowFields), 1, MAX_PERIODS)),
    frequency: optional(
      object({
        interval: required(minutes),
        duration: required(minutes),
        begin_at: optional(time),
        end_at: optional(time),
      }),
    ),
  },
  (value, path) => {
    checkDays(value, path);
    checkWindows(value, path);
  },
);

function checkWindows(value: JsonObject, path: string): void {
  const { periods, frequency, type } = value;
  if (periods === undefined) demand(value, "frequency", path);
  else forbid(value, "frequency", path, "cannot be used together with periods.");
  const needsDate = type === "once" && frequency !== undefined;
  if (needsDate) demand(value, "date", path);
  else forbid(value, "date", path, "is only for the type once with a frequency.");
  if (!Array.isArray(periods)) return;
  periods.filter(isObject).forEach((period, index) => {
    checkWindow(period, `${join(path, "periods")}[${index}]`, type === "once");
  });
}

/** A timed job takes streams only: no OBS input, and a URL of the schemes rtmp or rtsp. */
export function checkTimedInput(job: JsonObject): void {
  const { input } = job;
  if (job["timing"] === undefined || !isObject(input)) return;
  if (input["type"] === "obs") throw new InvalidField("timing", "does not support OBS input.");
  if (input["type"] !== "url" || !Array.isArray(input["data"])) return;
  input["data"].filter(isObject).forEach((entry, index) => {
    const { url } = entry;
    if (typeof url === "string" && /^rtmp:|^rtsp:/.test(url)) return;
    throw new InvalidField(`input.data[${index}].url`, "should be an rtmp or rtsp URL in a timed job.");
  });
}
