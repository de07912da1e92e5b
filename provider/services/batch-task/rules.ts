/** Rules across the fields of a batch. Source: the notes of Adding a Batch Task. */
import { getAt, type PropertyMap } from "../../common/json";
import { atLeastOneOutput, possibleWait, type Rule } from "../shared/rules";
import { daysFitType, timesFitType } from "../shared/schedule-rules";

/** Days without a window are fine, a week without one is not. */
const windowsInAll: Rule = (context) => {
  const path = ["schedule", "periods"];
  const days = getAt(context.args, path);
  if (!Array.isArray(days) || days.some((day) => !Array.isArray(day) || day.length > 0)) return;
  context.fail(
    path,
    "expected at least one window in all; leave `schedule` out to run at once and without end",
  );
};

export const isScheduled = (args: PropertyMap): boolean => args.schedule !== undefined;

/** Ids of video sources do not distinguish cameras from files. */
export const isEndless = (): boolean => false;

export const batchTaskRules: readonly Rule[] = [
  atLeastOneOutput(["obs", "dis", "webhook", "eventCenter"]),
  daysFitType("schedule"),
  timesFitType("schedule", false),
  windowsInAll,
  possibleWait("schedule", { isEndless, isScheduled }),
];
