/** Rules across the fields of a job. Source: the notes of the VAS API definition. */
import { getAt, isObject } from "../../common/json";
import { isEndless, sourcesIn, STREAM_URL } from "../shared/input";
import { atLeastOneOutput, has, lower, noScheduledFiles, possibleWait, type Rule } from "../shared/rules";
import { daysFitType, periodsOrFrequency, timesFitType } from "../shared/schedule-rules";

/** The times of a frequency have no date, so a job that runs once has it in a field of its own. */
const dateFitsType: Rule = (context) => {
  const { timing } = context.args;
  if (!isObject(timing) || context.isUnknown(["timing", "type"])) return;
  const type = lower(timing.type);
  const needed = type === "once" && has(context, ["timing", "frequency"]);
  const given = has(context, ["timing", "date"]);
  // A frequency that is not known yet may turn out to be left out.
  if (needed && !given && !context.isUnknown(["timing", "frequency"])) {
    context.fail(
      ["timing", "date"],
      'required, but missing: a `timing` of type "once" with `frequency` needs `date`',
    );
  } else if (given && !needed) {
    context.fail(["timing", "date"], 'only a `timing` of type "once" with `frequency` has `date`');
  }
};

/** The definition wants streams where a job runs by the clock; ModelArts' own example has a file there. */
const timedUrlsAreStreams: Rule = (context) => {
  if (!has(context, ["timing"]) || context.isUnknown(["timing"])) return;
  if (getAt(context.args, ["input", "type"]) !== "url") return;
  sourcesIn(context.args).forEach((source, index) => {
    if (!isObject(source) || typeof source.url !== "string" || STREAM_URL.test(source.url)) return;
    context.fail(
      ["input", "data", index, "url"],
      "expected an rtmp or rtsp URL, since the job has a `timing`; remove `timing` or choose a stream",
    );
  });
};

export const isScheduled = (args: Readonly<Record<string, unknown>>): boolean => args.timing !== undefined;

export const videoAnalysisJobRules: readonly Rule[] = [
  atLeastOneOutput(["obs", "dis", "webhook", "hosting", "localpath"]),
  periodsOrFrequency("timing"),
  daysFitType("timing"),
  timesFitType("timing", false),
  dateFitsType,
  noScheduledFiles("timing"),
  timedUrlsAreStreams,
  possibleWait("timing", { isEndless, isScheduled }),
];
