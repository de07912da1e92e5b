import type { JsonObject } from "../../json";
import type { Platform } from "../../options";
import {
  demand,
  forbid,
  integer,
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

/** Bounds of `interval` and `duration`, in minutes. */
const MINUTES = { min: 5, max: 720 };

/** Only lower case is documented for the type; the upper-case example contradicts the table. */
const TYPES: Readonly<Record<Platform, readonly string[]>> = {
  edge: ["once", "daily"],
  ief: ["once", "daily", "weekly", "monthly"],
};
const MODES: Readonly<Record<Platform, readonly string[]>> = {
  edge: ["period"],
  ief: ["period", "frequency"],
};

/** The page says "accurate to the minute"; the pattern is the one that VAS and VIAS document. */
const TIMEZONE = /^[+-]\d{2}:\d{2}$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;

const minutes = integer(MINUTES.min, MINUTES.max);
const periods = list(object({ begin_at: required(text()), end_at: required(text()) }), 1);
const frequency = object({
  interval: required(minutes),
  duration: required(minutes),
  begin_at: required(text()),
  end_at: required(text()),
});

/**
 * The schedule of a create body. `execution_mode` is mandatory here, as the text of the page says and its
 * table does not.
 */
export function schedule(platform: Platform): Rule {
  const fields = {
    type: required(oneOf(TYPES[platform])),
    execution_mode: required(oneOf(MODES[platform])),
    timezone: required(text({ min: 1, pattern: TIMEZONE })),
    days_of_week: optional(list(integer(1, 7), 1)),
    days_of_month: optional(list(integer(1, 31), 1)),
    periods: optional(periods),
    frequency: optional(frequency),
  };
  return object(fields, (value, path) => {
    days(value, path, "weekly", "days_of_week");
    days(value, path, "monthly", "days_of_month");
    windows(value, path);
  });
}

function days(value: JsonObject, path: string, type: string, key: string): void {
  if (value["type"] === type) demand(value, key, path);
  else forbid(value, key, path, `is only for the type ${type}.`);
}

function windows(value: JsonObject, path: string): void {
  const byPeriod = value["execution_mode"] === "period";
  const wanted = byPeriod ? "periods" : "frequency";
  const other = byPeriod ? "frequency" : "periods";
  demand(value, wanted, path);
  forbid(value, other, path, `cannot be used together with ${wanted}.`);
  const times = value["periods"] ?? [value["frequency"] ?? {}];
  if (!Array.isArray(times)) return;
  times.forEach((window, index) => {
    const at =
      value["periods"] === undefined ? join(path, "frequency") : `${join(path, "periods")}[${index}]`;
    moment(value, window as JsonObject, at, "begin_at");
    moment(value, window as JsonObject, at, "end_at");
  });
}

function moment(value: JsonObject, window: JsonObject, path: string, key: string): void {
  const once = value["type"] === "once";
  const found = window[key];
  if (typeof found === "string" && (once ? DATE_TIME : TIME).test(found)) return;
  const form = once ? "yyyy-MM-ddThh:mm:ss" : "hh:mm:ss";
  throw new InvalidField(join(path, key), `should have the format ${form}.`);
}
