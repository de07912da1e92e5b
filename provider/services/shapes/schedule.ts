/**
 * When a task runs. The services share the fields and differ in which of them they know, which is data here.
 * Sources: TaskSchedule of the create pages of ModelArts and VIAS, TaskTiming of the VAS API definition.
 */
import { z } from "zod";
import { field } from "../../core/schema/field";
import { anyCase, date, timePoint, unique, utcOffset } from "../../core/schema/primitives";

/** Bounds of `interval` and `duration`, in minutes. */
const FREQUENCY_MIN = 5;
const FREQUENCY_MAX = 720;
/** Most windows of one day, or of a VAS job (definitions of VIAS and VAS). */
const MAX_PERIODS = 10;

export const SCHEDULE_TYPES = ["once", "daily", "weekly", "monthly"] as const;
export const BATCH_SCHEDULE_TYPES = ["weekly", "monthly"] as const;
export const EXECUTION_MODES = ["period", "frequency"] as const;

const timeText = "`hh:mm:ss`, or `yyyy-MM-ddThh:mm:ss` when `type` is `once`.";
const minutes = (): z.ZodInt => z.int().min(FREQUENCY_MIN).max(FREQUENCY_MAX);
const point = (description: string) => field(timePoint(), { description, compare: "time" });
const optionalPoint = (description: string) =>
  field(timePoint().optional(), { description, compare: "time" });

const period = (prefix: string) =>
  field(
    z.strictObject({
      beginAt: point(`Start of the period: ${timeText}`),
      endAt: point(`End of the period: ${timeText}`),
    }),
    { description: "One window in which the task runs.", typeName: `${prefix}Period` },
  );

const span = {
  interval: field(minutes(), { description: "Minutes between two starts, 5 to 720." }),
  duration: field(minutes(), { description: "Minutes that one execution lasts, 5 to 720." }),
};

const type = (values: readonly string[], description: string) =>
  field(anyCase(values), {
    description: `${description} Any letter case is accepted, lower case is sent.`,
    compare: "case-insensitive",
    values,
  });

const timezone = field(utcOffset(), {
  description: "Offset from UTC with minute precision, such as `+08:00`.",
  compare: "timezone",
});

const day = (max: number): z.ZodInt => z.int().min(1).max(max);
const WEEK = 7;
const MONTH = 31;
const weekdays = "Days of a `weekly` schedule, 1 (Monday) to 7 (Sunday).";
const monthdays = "Days of a `monthly` schedule, 1 to 31.";
const owned = " Required there, refused elsewhere.";

const executionMode = field(anyCase(EXECUTION_MODES).optional(), {
  description: "`period` or `frequency`; ModelArts Edge knows `period` only. Always sent.",
  compare: "case-insensitive",
  values: EXECUTION_MODES,
  implied: true,
  defaultsTo: "the mode of the given `periods` or `frequency`",
});

const either = " Exactly one of `periods` and `frequency`.";
const exclusive = ["periods", "frequency"] as const;

/** ModelArts. */
export const taskSchedule = field(
  z.strictObject({
    type: type(
      SCHEDULE_TYPES,
      "`once`, `daily`, `weekly` or `monthly`; ModelArts Edge knows `once` and `daily` only.",
    ),
    executionMode,
    timezone,
    daysOfWeek: field(z.array(day(WEEK)).min(1).optional(), {
      description: weekdays + owned,
      unordered: true,
    }),
    daysOfMonth: field(z.array(day(MONTH)).min(1).optional(), {
      description: monthdays + owned,
      unordered: true,
    }),
    periods: field(z.array(period("Schedule")).min(1).optional(), {
      description: `Windows in which the task runs.${either}`,
      unordered: true,
    }),
    frequency: field(
      field(
        z.strictObject({
          ...span,
          beginAt: point(`First start: ${timeText}`),
          endAt: point(`Last end: ${timeText}`),
        }),
        { description: "Repeated executions inside a window.", typeName: "ScheduleFrequency" },
      ).optional(),
      { description: `Repeated executions.${either}` },
    ),
  }),
  { description: "When the task runs.", typeName: "TaskSchedule", exclusive },
);

/** VAS, which calls it timing. */
export const jobTiming = field(
  z.strictObject({
    type: type(SCHEDULE_TYPES, "`once`, `daily`, `weekly` or `monthly`."),
    timezone,
    daysOfWeek: field(unique(day(WEEK), WEEK, 1).optional(), {
      description: weekdays + owned,
      unordered: true,
    }),
    daysOfMonth: field(unique(day(MONTH), MONTH, 1).optional(), {
      description: monthdays + owned,
      unordered: true,
    }),
    date: field(date().optional(), {
      description: "The day, `yyyy-MM-dd`. Required for `once` with `frequency`, refused elsewhere.",
    }),
    periods: field(z.array(period("Timing")).min(1).max(MAX_PERIODS).optional(), {
      description: `Windows in which the job runs, 1 to 10.${either}`,
      unordered: true,
    }),
    frequency: field(
      field(
        z.strictObject({
          ...span,
          beginAt: optionalPoint("First start, `hh:mm:ss`."),
          endAt: optionalPoint("Last end, `hh:mm:ss`."),
        }),
        { description: "Repeated executions inside a window.", typeName: "TimingFrequency" },
      ).optional(),
      { description: `Repeated executions.${either}` },
    ),
  }),
  { description: "When the job runs.", typeName: "JobTiming", exclusive },
);

/** VIAS: the windows are lists of lists. */
export const batchSchedule = field(
  z.strictObject({
    type: type(
      BATCH_SCHEDULE_TYPES,
      "`weekly` or `monthly`; the documents call only `weekly` supported at present.",
    ),
    timezone,
    daysOfWeek: field(unique(day(WEEK), WEEK, 1).optional(), {
      description: weekdays + owned,
      unordered: true,
    }),
    daysOfMonth: field(z.array(day(MONTH)).min(1).optional(), {
      description: `${monthdays}${owned} The documents call it unsupported at present.`,
      unordered: true,
    }),
    periods: field(
      z
        .array(
          field(z.array(period("Batch")).max(MAX_PERIODS), {
            description: "The windows of one day, at most 10; empty for a day without any.",
            unordered: true,
          }),
        )
        .optional(),
      {
        description:
          "Windows by day: with `daysOfWeek` 1 to 7, seven lists from Monday to Sunday, as the documents' example " +
          "has it. How the lists answer to fewer days is not documented. At least one window in all.",
      },
    ),
  }),
  { description: "When the sub-tasks run.", typeName: "BatchSchedule" },
);
