/** Rules across the fields of a schedule; `key` is the service's name of it. */
import { getAt, isObject, type Path } from "../../common/json";
import { DATE_TIME, TIME_OF_DAY } from "../../core/schema/primitives";
import { has, list, lower, type Rule } from "./rules";

export const periodsOrFrequency =
  (key: string): Rule =>
  (context) => {
    if (!isObject(context.args[key])) return;
    const periods = has(context, [key, "periods"]);
    const frequency = has(context, [key, "frequency"]);
    // One of them may turn out to be left out.
    if (context.isUnknown([key, "periods"]) || context.isUnknown([key, "frequency"])) return;
    if (periods && frequency) {
      context.fail([key, "frequency"], "expected either `periods` or `frequency`, not both");
    } else if (!periods && !frequency) {
      context.fail([key, "periods"], "required, but missing: expected either `periods` or `frequency`");
    }
    const mode = lower(getAt(context.args, [key, "executionMode"]));
    if ((mode === "period" && !periods && frequency) || (mode === "frequency" && !frequency && periods)) {
      context.fail(
        [key, "executionMode"],
        `"${mode}" does not fit the given \`${periods ? "periods" : "frequency"}\``,
      );
    }
  };

export const daysFitType =
  (key: string): Rule =>
  (context) => {
    const schedule = context.args[key];
    if (!isObject(schedule) || context.isUnknown([key, "type"])) return;
    const type = lower(schedule.type);
    for (const [owner, field] of [
      ["weekly", "daysOfWeek"],
      ["monthly", "daysOfMonth"],
    ] as const) {
      const path = [key, field];
      if (type === owner && !has(context, path)) {
        context.fail(path, `required, but missing: a ${owner} schedule needs \`${field}\``);
      } else if (type !== undefined && type !== owner && has(context, path)) {
        context.fail(path, `only a ${owner} schedule has \`${field}\``);
      }
    }
  };

/** The ends of every window: of lists, of lists of lists, and of a frequency. */
function windowsOf(schedule: Record<string, unknown>, key: string): Path[] {
  return list(schedule.periods).flatMap((entry, index): Path[] =>
    Array.isArray(entry)
      ? entry.map((_, inner): Path => [key, "periods", index, inner])
      : [[key, "periods", index]],
  );
}

/** @param datedFrequency whether a `frequency` that runs once has its date in its times (ModelArts) */
export const timesFitType =
  (key: string, datedFrequency: boolean): Rule =>
  (context) => {
    const schedule = context.args[key];
    if (!isObject(schedule) || context.isUnknown([key, "type"])) return;
    const once = lower(schedule.type) === "once";
    const check = (window: Path, dated: boolean): void => {
      for (const path of [
        [...window, "beginAt"],
        [...window, "endAt"],
      ]) {
        const value = getAt(context.args, path);
        if (typeof value !== "string" || (dated ? DATE_TIME : TIME_OF_DAY).test(value)) continue;
        context.fail(
          path,
          dated
            ? 'expected "yyyy-MM-ddThh:mm:ss", since the schedule runs once'
            : 'expected "hh:mm:ss"; only windows of a schedule of type "once" have dates',
        );
      }
    };
    for (const window of windowsOf(schedule, key)) check(window, once);
    check([key, "frequency"], once && datedFrequency);
  };
