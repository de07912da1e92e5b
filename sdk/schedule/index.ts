/**
 * Schedules that people can read, as the shapes of each service. Pure: they need no engine, and nothing but these
 * shapes reaches the resources. Sources: TaskSchedule of the create pages of ModelArts and VIAS,
 * TaskTiming of the VAS API definition.
 */
import type { BatchSchedule, JobTiming, TaskSchedule } from "../types/input";
import { invalid } from "./invalid";
import type { Day, Window, Windows } from "./windows";
import { DAYS, endOf, parseWindow, periodOf, timeOf, weekOf } from "./windows";

export type { Day, Windows } from "./windows";
export { nextChange, offsetOf } from "./zones";

/** One plan in the shapes of the services. A plan that a service cannot express is an `INVALID_SCHEDULE` where its shape is asked for. */
export interface Plan {
  /** For `schedule` of a `ServiceTask`. ModelArts Edge knows `once` and `daily` plans with windows only. */
  readonly serviceTask: TaskSchedule;
  /** For `schedule` of a `BatchTask`. */
  readonly batchTask: BatchSchedule;
  /** For `timing` of a `VideoAnalysisJob`. */
  readonly videoAnalysisJob: JobTiming;
}

interface Zoned {
  /**
   * Offset from UTC such as `"+01:00"`. The services know no zone names: `va.schedule.offsetOf("Europe/Berlin")` gives that
   * of today.
   */
  timezone: string;
}

export interface WeeklyPlan extends Zoned, Partial<Record<Day, Windows>> {}

export interface DailyPlan extends Zoned {
  /** The windows of every day, such as `"22:00-06:00"`. */
  windows: Windows;
}

export interface OncePlan extends Zoned {
  /** `"2026-12-24T22:00"`. */
  begin: string;
  /** `"2026-12-25T06:00"`, later than `begin`. */
  end: string;
}

export interface RepeatedPlan extends Zoned {
  /** Minutes between two starts, 5 to 720. */
  minutes: number;
  /** Minutes that each execution lasts, 5 to 720. */
  lasting: number;
  /** Time of the day of the first start and the last end. Default: the whole day. */
  between?: string;
  /** Only on these days of the week. Default: every day. */
  on?: readonly Day[];
}

const OFFSET = /^[+-](?:0\d|1[0-4]):[0-5]\d$/;
const MOMENT = /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))T((?:[01]\d|2[0-3]):[0-5]\d)(:[0-5]\d)?$/;
const WHOLE_DAY = "00:00-24:00";
/** Bounds of `minutes` and `lasting`. */
const SHORTEST = 5;
const LONGEST = 720;
const UNKNOWN_TO_BATCHES = "VIAS knows weekly windows only; choose `weekly` or `daily` for a `BatchTask`";

function offset(timezone: string): string {
  if (OFFSET.test(timezone)) return timezone;
  const advice = /^(?:Z|UTC|GMT)$/i.test(timezone)
    ? 'write "+00:00"'
    : 'the services know no zone names: write the offset that is to hold, such as "+01:00", or take that of today by ' +
      '`va.schedule.offsetOf("Europe/Berlin")` (docs/schedules.md, daylight saving time)';
  throw invalid(`timezone: expected an offset from UTC, not ${JSON.stringify(timezone)}; ${advice}`);
}

/** Whether the calendar has the day: a date beyond its month would be taken for one of the next. */
function isDay(date: string): boolean {
  const parsed = new Date(date);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
}

/** A plan whose shapes are made, and refused, only where they are asked for. */
function plan(shapes: { readonly [K in keyof Plan]: () => Plan[K] }): Plan {
  return {
    get serviceTask() {
      return shapes.serviceTask();
    },
    get batchTask() {
      return shapes.batchTask();
    },
    get videoAnalysisJob() {
      return shapes.videoAnalysisJob();
    },
  };
}

const named = (indexes: readonly number[]): string => indexes.map((index) => DAYS[index]).join(", ");

/** The days that have windows, and those windows, which have to be the same for all. Days count from 1. */
function oneListFor(week: readonly (readonly Window[])[]): { days: number[]; windows: readonly Window[] } {
  const used = [...week.keys()].filter((index) => week[index]?.length !== 0);
  const [first = 0] = used;
  const windows = week[first] ?? [];
  const other = used.filter((index) => JSON.stringify(week[index]) !== JSON.stringify(windows));
  if (other.length > 0) {
    throw invalid(
      `${named(used.filter((index) => !other.includes(index)))} and ${named(other)} have different windows (what ` +
        "passes midnight counts for the next day), and this service takes one list for all days. Make a resource for " +
        "each group of days that have the same windows, or use a `BatchTask`",
    );
  }
  return { days: used.map((index) => index + 1), windows };
}

/** @param where the property for messages, where it is not the day */
function refuseUnknownDay(days: readonly string[], where = ""): void {
  const unknown = days.find((day) => !DAYS.some((known) => known === day));
  if (unknown !== undefined) throw invalid(`${where}${unknown}: no day; expected ${DAYS.join(", ")}`);
}

/**
 * Windows by day of the week. What passes midnight goes on the next day.
 *
 * @throws `INVALID_SCHEDULE`
 */
export function weekly(plan: WeeklyPlan): Plan {
  return ofWeek(plan);
}

/** @param where the property for messages, where it is not the day */
function ofWeek({ timezone, ...days }: WeeklyPlan, where?: string): Plan {
  const zone = offset(timezone);
  refuseUnknownDay(Object.keys(days));
  const week = weekOf(days, where);
  if (week.every((windows) => windows.length === 0)) throw invalid("expected a window on at least one day");
  const uniform = (): {
    type: "daily" | "weekly";
    daysOfWeek?: number[];
    periods: ReturnType<typeof periodOf>[];
  } => {
    const { days: used, windows } = oneListFor(week);
    const periods = windows.map(periodOf);
    return used.length === DAYS.length
      ? { type: "daily", periods }
      : { type: "weekly", daysOfWeek: used, periods };
  };
  return plan({
    serviceTask: () => ({ timezone: zone, ...uniform() }),
    batchTask: () => ({
      type: "weekly",
      timezone: zone,
      daysOfWeek: DAYS.map((_, index) => index + 1),
      periods: week.map((windows) => windows.map(periodOf)),
    }),
    videoAnalysisJob: () => ({ timezone: zone, ...uniform() }),
  });
}

/**
 * The same windows every day.
 *
 * @throws `INVALID_SCHEDULE`
 */
export function daily({ timezone, windows }: DailyPlan): Plan {
  return ofWeek({ timezone, ...Object.fromEntries(DAYS.map((day) => [day, windows])) }, "windows");
}

/**
 * From one moment to another.
 *
 * @throws `INVALID_SCHEDULE`; a `BatchTask` knows no such schedule
 */
export function once({ timezone, begin, end }: OncePlan): Plan {
  const zone = offset(timezone);
  const moment = (text: string, where: string): string => {
    const [, date, minute, second = ":00"] = MOMENT.exec(text) ?? [];
    if (date === undefined || minute === undefined || !isDay(date)) {
      throw invalid(`${where}: expected a moment such as "2026-12-24T22:00", not ${JSON.stringify(text)}`);
    }
    return `${date}T${minute}${second}`;
  };
  const period = { beginAt: moment(begin, "begin"), endAt: moment(end, "end") };
  if (period.beginAt >= period.endAt) throw invalid(`end: ${end} is not later than begin, ${begin}`);
  const schedule = { type: "once", timezone: zone, periods: [period] } as const;
  return plan({
    serviceTask: () => ({ ...schedule, periods: [period] }),
    batchTask: () => {
      throw invalid(UNKNOWN_TO_BATCHES);
    },
    videoAnalysisJob: () => ({ ...schedule, periods: [period] }),
  });
}

/**
 * Short executions again and again.
 *
 * @throws `INVALID_SCHEDULE`; a `BatchTask` knows no such schedule, nor does ModelArts Edge
 */
export function every({ timezone, minutes, lasting, between = WHOLE_DAY, on = DAYS }: RepeatedPlan): Plan {
  const zone = offset(timezone);
  for (const [name, value] of Object.entries({ minutes, lasting })) {
    if (Number.isInteger(value) && value >= SHORTEST && value <= LONGEST) continue;
    throw invalid(`${name}: expected a whole number from ${SHORTEST} to ${LONGEST}, not ${String(value)}`);
  }
  const { begin, end } = parseWindow(between, "between");
  if (end < begin) {
    throw invalid(
      `between: "${between}" passes midnight, and a repeated plan has one window; make two resources`,
    );
  }
  refuseUnknownDay(on, "on: ");
  const days = DAYS.flatMap((day, index) => (on.includes(day) ? [index + 1] : []));
  if (days.length === 0) throw invalid(`on: expected at least one of ${DAYS.join(", ")}`);
  const schedule = {
    timezone: zone,
    ...(days.length === DAYS.length
      ? { type: "daily" as const }
      : { type: "weekly" as const, daysOfWeek: days }),
    frequency: { interval: minutes, duration: lasting, beginAt: timeOf(begin), endAt: endOf(end) },
  };
  return plan({
    serviceTask: () => schedule,
    batchTask: () => {
      throw invalid(UNKNOWN_TO_BATCHES);
    },
    videoAnalysisJob: () => schedule,
  });
}
