/** When a task runs. Source: TaskSchedule of the ModelArts create page (seed 000). */
import { z } from "zod";
import { field } from "./field";
import { anyCase, timePoint, utcOffset } from "./primitives";

/** Bounds of `interval` and `duration`, in minutes. */
const FREQUENCY_MIN = 5;
const FREQUENCY_MAX = 720;

export const SCHEDULE_TYPES = ["once", "daily", "weekly", "monthly"] as const;
export const EXECUTION_MODES = ["period", "frequency"] as const;

const timeText = "`hh:mm:ss`, or `yyyy-MM-ddThh:mm:ss` when `type` is `once`.";
const minutes = (): z.ZodInt => z.int().min(FREQUENCY_MIN).max(FREQUENCY_MAX);

const period = field(
  z.strictObject({
    beginAt: field(timePoint(), { description: `Start of the period: ${timeText}`, compare: "time" }),
    endAt: field(timePoint(), { description: `End of the period: ${timeText}`, compare: "time" }),
  }),
  { description: "One window in which the task runs.", typeName: "SchedulePeriod" },
);

const frequency = field(
  z.strictObject({
    interval: field(minutes(), { description: "Minutes between two starts, 5 to 720." }),
    duration: field(minutes(), { description: "Minutes that one execution lasts, 5 to 720." }),
    beginAt: field(timePoint(), { description: `First start: ${timeText}`, compare: "time" }),
    endAt: field(timePoint(), { description: `Last end: ${timeText}`, compare: "time" }),
  }),
  { description: "Repeated executions inside a window.", typeName: "ScheduleFrequency" },
);

export const taskSchedule = field(
  z.strictObject({
    type: field(anyCase(SCHEDULE_TYPES), {
      description:
        "`once`, `daily`, `weekly` or `monthly`; ModelArts Edge knows `once` and `daily` only. Any letter case is accepted, lower case is sent.",
      compare: "case-insensitive",
      values: SCHEDULE_TYPES,
    }),
    executionMode: field(anyCase(EXECUTION_MODES).optional(), {
      description: "`period` or `frequency`; ModelArts Edge knows `period` only. Always sent.",
      compare: "case-insensitive",
      values: EXECUTION_MODES,
      defaultsTo: "the mode of the given `periods` or `frequency`",
    }),
    timezone: field(utcOffset(), {
      description: "Offset from UTC with minute precision, such as `+08:00`.",
      compare: "timezone",
    }),
    daysOfWeek: field(z.array(z.int().min(1).max(7)).min(1).optional(), {
      description:
        "Days of a `weekly` schedule, 1 (Monday) to 7 (Sunday). Required there, refused elsewhere.",
      unordered: true,
    }),
    daysOfMonth: field(z.array(z.int().min(1).max(31)).min(1).optional(), {
      description: "Days of a `monthly` schedule, 1 to 31. Required there, refused elsewhere.",
      unordered: true,
    }),
    periods: field(z.array(period).min(1).optional(), {
      description: "Windows in which the task runs. Exactly one of `periods` and `frequency`.",
      unordered: true,
    }),
    frequency: field(frequency.optional(), {
      description: "Repeated executions. Exactly one of `periods` and `frequency`.",
    }),
  }),
  { description: "When the task runs.", typeName: "TaskSchedule" },
);
