/** The fields that all schedules share. */
import type { JsonObject } from "../json";
import {
  demand,
  type Field,
  forbid,
  integer,
  InvalidField,
  join,
  type list,
  optional,
  required,
  text,
} from "../rules";

/** Bounds of `interval` and `duration`, in minutes. */
export const minutes = integer(5, 720);

/** Accurate to the minute, as all pages say; the expression is that of VAS and VIAS. */
export const timezone = text({ min: 1, pattern: /^[+-]\d{2}:\d{2}$/ });

const TIME = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;

/** How a list of days is checked; `distinct` where its definition asks for that. */
type Days = typeof list;

/** Members that name the days. */
export function dayFields(ofWeek: Days, ofMonth: Days): Record<"days_of_week" | "days_of_month", Field> {
  return {
    days_of_week: optional(ofWeek(integer(1, 7), 1)),
    days_of_month: optional(ofMonth(integer(1, 31), 1)),
  };
}

/** A window before its times are looked at. */
export const windowFields: Readonly<Record<string, Field>> = {
  begin_at: required(text()),
  end_at: required(text()),
};

/** Each kind of days goes with its type of schedule, and only with it. */
export function checkDays(value: JsonObject, path: string): void {
  for (const [type, key] of [
    ["weekly", "days_of_week"],
    ["monthly", "days_of_month"],
  ] as const) {
    if (value["type"] === type) demand(value, key, path);
    else forbid(value, key, path, `is only for the type ${type}.`);
  }
}

/** Checks the times of a window: with a date where the schedule runs once. */
export function checkWindow(window: JsonObject, path: string, withDate: boolean): void {
  for (const key of ["begin_at", "end_at"]) {
    const found = window[key];
    if (typeof found === "string" && (withDate ? DATE_TIME : TIME).test(found)) continue;
    const form = withDate ? "yyyy-MM-ddThh:mm:ss" : "hh:mm:ss";
    throw new InvalidField(join(path, key), `should have the format ${form}.`);
  }
}
