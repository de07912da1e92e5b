/** Rules across the fields of a service task. Source: the notes of Creating a Service Task. */
import { getAt, isObject, type Path } from "../../common/json";
import { isEndless, sourcesIn } from "../shared/input";
import {
  atLeastOneOutput,
  has,
  lower,
  noScheduledFiles,
  possibleWait,
  quoted,
  type Rule,
} from "../shared/rules";
import { daysFitType, periodsOrFrequency, timesFitType } from "../shared/schedule-rules";

const EDGE_INPUTS = ["restful", "url", "edgecamera", "vcn"];
const EDGE_SCHEDULES = ["once", "daily"];

const ipcCamerasAreTagged: Rule = (context) => {
  sourcesIn(context.args).forEach((source, index) => {
    if (!isObject(source) || source.cameraType !== "ipc" || source.tag !== undefined) return;
    context.fail(["input", "data", index, "tag"], 'required, but missing: `cameraType` "ipc" needs `tag`');
  });
};

const edgeLimits: Rule = (context) => {
  if (context.args.platform !== "edge") return;
  const type = getAt(context.args, ["input", "type"]);
  if (typeof type === "string" && !EDGE_INPUTS.includes(type)) {
    context.fail(["input", "type"], `ModelArts Edge supports ${quoted(EDGE_INPUTS)} only`);
  }
  if (has(context, ["output", "obs"])) {
    context.fail(["output", "obs"], "ModelArts Edge supports `dis` and `webhook` only");
  }
  if (has(context, ["config"])) context.fail(["config"], "not available on ModelArts Edge");
  if (has(context, ["desiredState"])) {
    context.fail(
      ["desiredState"],
      'ModelArts Edge cannot start and stop tasks; this needs `platform: "ief"`',
    );
  }
  if (!has(context, ["sourceUsageEstimate"])) {
    context.fail(["sourceUsageEstimate"], "required, but missing: ModelArts Edge demands it");
  }
  const schedule = lower(getAt(context.args, ["schedule", "type"]));
  if (schedule !== undefined && !EDGE_SCHEDULES.includes(schedule)) {
    context.fail(["schedule", "type"], `ModelArts Edge supports ${quoted(EDGE_SCHEDULES)} only`);
  }
  if (has(context, ["schedule", "frequency"])) {
    context.fail(["schedule", "frequency"], "ModelArts Edge supports execution by `periods` only");
  }
  if (lower(getAt(context.args, ["schedule", "executionMode"])) === "frequency") {
    context.fail(["schedule", "executionMode"], 'ModelArts Edge supports "period" only');
  }
};

const iefLimits: Rule = (context) => {
  if (context.args.platform !== "ief") return;
  const edgeOnly: Path[] = [
    ["output", "dis", "streamId"],
    ...sourcesIn(context.args).flatMap((_, index): Path[] => [
      ["input", "data", index, "cameraType"],
      ["input", "data", index, "tag"],
    ]),
  ];
  for (const path of edgeOnly) {
    if (has(context, path)) context.fail(path, "available on ModelArts Edge only");
  }
};

const runStateNeedsIef: Rule = (context) => {
  if (!has(context, ["desiredState"]) || has(context, ["platform"])) return;
  context.fail(["desiredState"], 'only IEF can start and stop tasks; set `platform: "ief"`');
};

export const isScheduled = (args: Readonly<Record<string, unknown>>): boolean => args.schedule !== undefined;

export const serviceTaskRules: readonly Rule[] = [
  atLeastOneOutput(["obs", "dis", "webhook"]),
  periodsOrFrequency("schedule"),
  daysFitType("schedule"),
  timesFitType("schedule", true),
  noScheduledFiles("schedule"),
  ipcCamerasAreTagged,
  edgeLimits,
  iefLimits,
  runStateNeedsIef,
  possibleWait("schedule", { isEndless, isScheduled }),
];
