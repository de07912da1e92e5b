/** Rules across the fields of a service task. Source: the notes of the create page (seed 000), facts.md A1, F1. */
import { getAt, isObject, type Path } from "../../common/json";
import type { RuleContext } from "../../lifecycle/resource";
import { DATE_TIME, TIME_OF_DAY } from "../../schemas/primitives";
import { isEndless, isScheduled } from "./input";

type Rule = (context: RuleContext) => void;

const EDGE_INPUTS = ["restful", "url", "edgecamera", "vcn"];
const EDGE_SCHEDULES = ["once", "daily"];

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const lower = (value: unknown): string | undefined =>
  typeof value === "string" ? value.toLowerCase() : undefined;
const quoted = (values: readonly string[]): string => values.map((value) => `"${value}"`).join(", ");

/** A field is there when it has a value, also one that is not known yet. */
const has = ({ args }: RuleContext, path: Path): boolean => getAt(args, path) !== undefined;

const atLeastOneOutput: Rule = (context) => {
  const output = context.args.output;
  if (!isObject(output)) return;
  if (["obs", "dis", "webhook"].some((member) => has(context, ["output", member]))) return;
  context.fail(["output"], "expected at least one of `obs`, `dis` and `webhook`");
};

const periodsOrFrequency: Rule = (context) => {
  if (!isObject(context.args.schedule)) return;
  const periods = has(context, ["schedule", "periods"]);
  const frequency = has(context, ["schedule", "frequency"]);
  // One of them may turn out to be left out.
  if (context.isUnknown(["schedule", "periods"]) || context.isUnknown(["schedule", "frequency"])) return;
  if (periods && frequency) {
    context.fail(["schedule", "frequency"], "expected either `periods` or `frequency`, not both");
  } else if (!periods && !frequency) {
    context.fail(["schedule", "periods"], "required, but missing: expected either `periods` or `frequency`");
  }
  const mode = lower(getAt(context.args, ["schedule", "executionMode"]));
  if ((mode === "period" && !periods && frequency) || (mode === "frequency" && !frequency && periods)) {
    context.fail(
      ["schedule", "executionMode"],
      `"${mode}" does not fit the given \`${periods ? "periods" : "frequency"}\``,
    );
  }
};

const daysFitType: Rule = (context) => {
  if (!isObject(context.args.schedule) || context.isUnknown(["schedule", "type"])) return;
  const type = lower(context.args.schedule.type);
  for (const [owner, field] of [
    ["weekly", "daysOfWeek"],
    ["monthly", "daysOfMonth"],
  ] as const) {
    const path = ["schedule", field];
    if (type === owner && !has(context, path)) {
      context.fail(path, `required, but missing: a ${owner} schedule needs \`${field}\``);
    } else if (type !== undefined && type !== owner && has(context, path)) {
      context.fail(path, `only a ${owner} schedule has \`${field}\``);
    }
  }
};

const timesFitType: Rule = (context) => {
  if (!isObject(context.args.schedule) || context.isUnknown(["schedule", "type"])) return;
  const once = lower(context.args.schedule.type) === "once";
  const windows: Path[] = [
    ...list(context.args.schedule.periods).map((_, index): Path => ["schedule", "periods", index]),
    ["schedule", "frequency"],
  ];
  for (const path of windows.flatMap((window) => [
    [...window, "beginAt"],
    [...window, "endAt"],
  ])) {
    const value = getAt(context.args, path);
    if (typeof value !== "string" || (once ? DATE_TIME : TIME_OF_DAY).test(value)) continue;
    context.fail(
      path,
      once
        ? 'expected "yyyy-MM-ddThh:mm:ss", since the schedule runs once'
        : 'expected "hh:mm:ss"; only a schedule of type "once" has dates',
    );
  }
};

const noScheduledFiles: Rule = (context) => {
  if (
    !has(context, ["schedule"]) ||
    context.isUnknown(["schedule"]) ||
    getAt(context.args, ["input", "type"]) !== "obs"
  )
    return;
  context.fail(
    ["input", "type"],
    'a scheduled task does not support "obs" input; remove `schedule` or choose another input',
  );
};

const ipcCamerasAreTagged: Rule = (context) => {
  list(getAt(context.args, ["input", "data"])).forEach((source, index) => {
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
    ...list(getAt(context.args, ["input", "data"])).flatMap((_, index): Path[] => [
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

const possibleWait: Rule = (context) => {
  const { waitFor, desiredState } = context.args;
  if (desiredState === "stopped" && (waitFor === "running" || waitFor === "succeeded")) {
    context.fail(["waitFor"], 'a task that is to be stopped can only be waited for with "accepted"');
  } else if (waitFor === "succeeded" && isScheduled(context.args) && !context.isUnknown(["schedule"])) {
    context.fail(["waitFor"], 'a scheduled task never succeeds; wait for "running" or "accepted"');
  } else if (waitFor === "succeeded" && isEndless(context.args)) {
    context.fail(
      ["waitFor"],
      'this input never ends, so the task never succeeds; wait for "running" or "accepted"',
    );
  }
};

export const serviceTaskRules: readonly Rule[] = [
  atLeastOneOutput,
  periodsOrFrequency,
  daysFitType,
  timesFitType,
  noScheduledFiles,
  ipcCamerasAreTagged,
  edgeLimits,
  iefLimits,
  runStateNeedsIef,
  possibleWait,
];
