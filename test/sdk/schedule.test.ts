import assert from "node:assert/strict";
import fc from "fast-check";
import { batchSchedule, jobTiming, taskSchedule } from "../../provider/services/shapes/schedule";
import { schedule } from "../../sdk";
import { ProgramError } from "../../sdk/errors";
import type { types } from "../../sdk";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const HOUR = 60;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

const refusedWith = (text: RegExp) => (error: unknown) =>
  error instanceof ProgramError && error.code === "INVALID_SCHEDULE" && text.test(error.message);

const two = (value: number): string => String(value).padStart(2, "0");
const clock = (minute: number): string => `${two(Math.floor(minute / HOUR))}:${two(minute % HOUR)}`;

interface Drawn {
  readonly day: number;
  readonly begin: number;
  readonly length: number;
}

const drawn = fc.record({
  day: fc.nat(6),
  begin: fc.nat(DAY - 1),
  length: fc.integer({ min: 1, max: DAY - 1 }),
});

function planOf(windows: readonly Drawn[]): Record<string, string[]> {
  const plan: Record<string, string[]> = {};
  for (const { day, begin, length } of windows) {
    const name = DAYS[day] ?? "mon";
    (plan[name] ??= []).push(`${clock(begin)}-${clock((begin + length) % DAY)}`);
  }
  return plan;
}

/** Minutes of the week in which a batch runs; a day that ends 23:59:00 goes on at 00:00:00. */
function minutesOf({ periods }: types.input.BatchSchedule): Set<number> {
  const minutes = new Set<number>();
  const minuteOf = (time: string): number => Number(time.slice(0, 2)) * HOUR + Number(time.slice(3, 5));
  (periods as types.input.BatchPeriod[][]).forEach((day, index) => {
    for (const { beginAt, endAt } of day) {
      const end = endAt === "23:59:00" ? DAY : minuteOf(endAt as string);
      for (let minute = minuteOf(beginAt as string); minute < end; minute += 1)
        minutes.add(index * DAY + minute);
    }
  });
  return minutes;
}

describe("schedules that people can read", () => {
  it("split at midnight, Sunday's on Monday, as seven lists for a batch", () => {
    const { batchTask } = schedule.weekly({ timezone: "+01:00", mon: "22:00-06:00", sun: "23:00-01:00" });
    assert.deepEqual(batchTask, {
      type: "weekly",
      timezone: "+01:00",
      daysOfWeek: [1, 2, 3, 4, 5, 6, 7],
      periods: [
        [
          { beginAt: "00:00:00", endAt: "01:00:00" },
          { beginAt: "22:00:00", endAt: "23:59:00" },
        ],
        [{ beginAt: "00:00:00", endAt: "06:00:00" }],
        [],
        [],
        [],
        [],
        [{ beginAt: "23:00:00", endAt: "23:59:00" }],
      ],
    });
  });

  it("give one list for the days of a task and a job", () => {
    const windows = ["08:00-12:00", "13:00-18:00"];
    const plan = schedule.weekly({ timezone: "+08:00", mon: windows, fri: windows });
    const expected = {
      type: "weekly",
      timezone: "+08:00",
      daysOfWeek: [1, 5],
      periods: [
        { beginAt: "08:00:00", endAt: "12:00:00" },
        { beginAt: "13:00:00", endAt: "18:00:00" },
      ],
    };
    assert.deepEqual(plan.serviceTask, expected);
    assert.deepEqual(plan.videoAnalysisJob, expected);
  });

  it("are daily where every day has the same windows, midnight or not", () => {
    const { serviceTask } = schedule.daily({ timezone: "-03:30", windows: "22:00-06:00" });
    assert.deepEqual(serviceTask, {
      type: "daily",
      timezone: "-03:30",
      periods: [
        { beginAt: "00:00:00", endAt: "06:00:00" },
        { beginAt: "22:00:00", endAt: "23:59:00" },
      ],
    });
  });

  it("refuse different windows for a service with one list, and say which days", () => {
    const plan = schedule.weekly({ timezone: "+01:00", mon: "22:00-06:00" });
    assert.throws(() => plan.serviceTask, refusedWith(/mon and tue .*BatchTask/));
    assert.throws(() => plan.videoAnalysisJob, refusedWith(/mon and tue/));
  });

  it("run once, from a moment to another, with the seconds that are given", () => {
    const plan = schedule.once({ timezone: "+00:00", begin: "2026-12-24T22:00", end: "2026-12-25T06:00:30" });
    const periods = [{ beginAt: "2026-12-24T22:00:00", endAt: "2026-12-25T06:00:30" }];
    assert.deepEqual(plan.serviceTask, { type: "once", timezone: "+00:00", periods });
    assert.deepEqual(plan.videoAnalysisJob, { type: "once", timezone: "+00:00", periods });
    assert.throws(() => plan.batchTask, refusedWith(/weekly/));
  });

  it("repeat short executions", () => {
    const plan = schedule.every({
      timezone: "+01:00",
      minutes: 30,
      lasting: 5,
      between: "08:00-24:00",
      on: ["sat", "mon"],
    });
    assert.deepEqual(plan.videoAnalysisJob, {
      type: "weekly",
      timezone: "+01:00",
      daysOfWeek: [1, 6],
      frequency: { interval: 30, duration: 5, beginAt: "08:00:00", endAt: "23:59:00" },
    });
    assert.deepEqual(
      schedule.every({ timezone: "+01:00", minutes: 5, lasting: 5 }).serviceTask.type,
      "daily",
    );
    assert.throws(() => plan.batchTask, refusedWith(/weekly/));
  });

  it("repeat until midnight, in either spelling", () => {
    const until = (between: string) =>
      schedule.every({ timezone: "+01:00", minutes: 30, lasting: 5, between }).serviceTask;
    assert.deepEqual(until("22:00-00:00"), until("22:00-24:00"));
  });

  for (const [title, make, text] of [
    [
      "a zone's name",
      () => schedule.daily({ timezone: "Europe/Berlin", windows: "08:00-09:00" }),
      /daylight/,
    ],
    ["UTC by name", () => schedule.daily({ timezone: "UTC", windows: "08:00-09:00" }), /\+00:00/],
    ["a week without windows", () => schedule.weekly({ timezone: "+01:00" }), /at least one day/],
    [
      "a day that is none",
      () => schedule.weekly({ timezone: "+01:00", ...{ monday: "08:00-09:00" } }),
      /monday/,
    ],
    ["an empty window", () => schedule.daily({ timezone: "+01:00", windows: "08:00-08:00" }), /00:00-24:00/],
    [
      "a minute that is none",
      () => schedule.weekly({ timezone: "+01:00", wed: "08:60-09:00" }),
      /wed: expected/,
    ],
    [
      "a time after the day",
      () => schedule.daily({ timezone: "+01:00", windows: "08:00-24:01" }),
      /windows: expected/,
    ],
    [
      "an end before the begin",
      () => schedule.once({ timezone: "+01:00", begin: "2026-01-02T00:00", end: "2026-01-01T00:00" }),
      /end: /,
    ],
    [
      "a date that is none",
      () => schedule.once({ timezone: "+01:00", begin: "2026-02-30T00:00", end: "2026-03-01T00:00" }),
      /begin: expected a moment/,
    ],
    ["too short a pause", () => schedule.every({ timezone: "+01:00", minutes: 4, lasting: 5 }), /minutes: /],
    [
      "a repeated window over midnight",
      () => schedule.every({ timezone: "+01:00", minutes: 5, lasting: 5, between: "22:00-06:00" }),
      /midnight/,
    ],
    [
      "a day to repeat on that is none",
      () => {
        const on = ["mon", "Tue"] as ("mon" | "tue")[];
        return schedule.every({ timezone: "+01:00", minutes: 5, lasting: 5, on });
      },
      /on: .*Tue/,
    ],
    [
      "no day to repeat on",
      () => schedule.every({ timezone: "+01:00", minutes: 5, lasting: 5, on: [] }),
      /on: /,
    ],
  ] as const) {
    it(`refuse ${title}`, () => {
      assert.throws(make, refusedWith(text));
    });
  }

  it("cover exactly the minutes of their windows, in valid shapes", () => {
    fc.assert(
      fc.property(fc.array(drawn, { minLength: 1, maxLength: 8 }), (windows) => {
        const plan = schedule.weekly({ timezone: "+01:00", ...planOf(windows) });
        assert.equal(batchSchedule.safeParse(plan.batchTask).success, true);
        const wanted = new Set(
          windows.flatMap(({ day, begin, length }) =>
            Array.from({ length }, (_, minute) => (day * DAY + begin + minute) % WEEK),
          ),
        );
        const covered = minutesOf(plan.batchTask);
        // A day's last minute is not distinguished from its end, since both are 23:59:00.
        const lasts = DAYS.map((_, day) => day * DAY + DAY - 1);
        for (const last of lasts) for (const set of [wanted, covered]) set.delete(last);
        assert.deepEqual([...covered].sort(), [...wanted].sort());
      }),
    );
  });

  it("are valid for tasks and jobs, or refused by name", () => {
    fc.assert(
      fc.property(fc.array(drawn, { minLength: 1, maxLength: 3 }), (windows) => {
        const plan = schedule.weekly({ timezone: "+01:00", ...planOf(windows) });
        for (const shape of [
          () => taskSchedule.safeParse(plan.serviceTask),
          () => jobTiming.safeParse(plan.videoAnalysisJob),
        ]) {
          try {
            assert.equal(shape().success, true);
          } catch (error) {
            if (!refusedWith(/different windows/)(error)) throw error;
          }
        }
      }),
    );
  });
});
