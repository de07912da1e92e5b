/** Reads an existing task as a program would declare it: its arguments, and those that no call returns. */
import { VideoAnalysisError } from "../../../provider/common/errors";
import {
  formatPath,
  isObject,
  setAt,
  withoutUndefined,
  type PropertyMap,
  type Path,
} from "../../../provider/common/json";
import { canonical } from "../../../provider/core/schema/equivalence";
import { claimOutput, newClaim } from "../../../provider/core/ownership/claim";
import { differences } from "../../../provider/core/drift/compare";
import { read } from "../../../provider/core/operations/read";
import type { Failure, ResourceDefinition } from "../../../provider/core/contract";
import type { RunContext } from "../../../provider/core/operation";
import {
  isWithin,
  unrecorded,
  withoutUnreadable,
  type Unreadable,
} from "../../../provider/core/drift/unreadable";
import { unreadableOutput } from "../../../provider/core/state/unreadable-inputs";
import { validate } from "../../../provider/core/schema/validate";
import { suppliedBy, type SuppliedValues } from "./values";

export interface ExistingTask {
  readonly id: string;
  /** Checked arguments, as far as they are known. */
  readonly args: PropertyMap;
  readonly unreadable: readonly Unreadable[];
  /** Paths that `--values` may supply. */
  readonly open: readonly Path[];
  /** Values of the service that its documents do not allow. */
  readonly problems: readonly Failure[];
  /** As create would have recorded them. */
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
}

/**
 * @param more arguments that no service knows
 * @param values those that the user supplies
 * @throws `NOT_FOUND` where there is none, `ADOPT_MISMATCH` for several that one resource could not have made
 */
export async function readTask(
  definition: ResourceDefinition,
  id: string,
  more: PropertyMap,
  values: SuppliedValues,
  context: RunContext,
): Promise<ExistingTask> {
  const result = await read(definition, id, more, context);
  if (result.gone) throw new TypeError("a lookup is either there or rejected");
  await refuseUnlike(definition, id, more, context);
  const { region } = result.outputs;
  const shown = canonical(definition.arguments, withoutUndefined({ ...result.inputs, ...more, region }));
  const known = withoutUnreadable(definition, shown as PropertyMap);
  const open = unrecorded(known.unreadable);
  const supplied = suppliedBy(values, open, id);
  const unreadable = known.unreadable.filter(({ path }) => !supplied.some((one) => isWithin(one.path, path)));
  const args = inOrder(
    definition,
    supplied.reduce<PropertyMap>(
      (bag, { path, value }) => setAt(bag, path, value) as PropertyMap,
      known.args,
    ),
  );
  const failures = validate(definition, args, () => false);
  const needed = unreadable.map((one) => ({
    ...one,
    required: one.required || failures.some(({ path }) => isWithin(one.path, path)),
  }));
  // The name is the program's, and so is the region: no other machine or configuration moves the task.
  const inputs = { ...args, nameIsDefault: false, regionFrom: "program" };
  const isArgument = (key: string): boolean => Object.hasOwn(definition.arguments.shape, key);
  const computed = Object.entries(result.outputs).filter(([key]) => !isArgument(key));
  return {
    id,
    args,
    open,
    unreadable: needed.filter(({ path }) => !isNeedless(args, path)),
    problems: failures.filter(({ path }) => !needed.some((one) => isWithin(one.path, path))),
    inputs,
    outputs: {
      ...Object.fromEntries(computed),
      ...inputs,
      ...claimOutput(newClaim(context.clock.wall(), context.clock.random(), [])),
      ...unreadableOutput(unrecorded(needed)),
    },
  };
}

/** The tasks of one resource differ in their sources only. */
async function refuseUnlike(
  definition: ResourceDefinition,
  id: string,
  more: PropertyMap,
  context: RunContext,
): Promise<void> {
  const { args, taskIds } = definition.parseId(id);
  if (taskIds.length === 1) return;
  const lookups = taskIds.map((taskId) =>
    read(definition, definition.formatId(args, [taskId]), more, context),
  );
  const shown = (await Promise.all(lookups)).map((result) =>
    result.gone ? {} : withoutSources(result.inputs),
  );
  const found = shown.flatMap((other) => differences(shown[0], other)).map(({ path }) => formatPath(path));
  if (found.length === 0) return;
  throw new VideoAnalysisError(
    "ADOPT_MISMATCH",
    `the tasks of "${id}" differ in ${[...new Set(found)].join(", ")}, so they are no one resource. ` +
      "Give each an --id of its own.",
  );
}

function withoutSources(inputs: PropertyMap): PropertyMap {
  const { input } = inputs;
  return isObject(input) ? { ...inputs, input: { ...input, data: undefined } } : inputs;
}

/** The documents demand it on Edge only (ModelArts, Creating a Service Task, table 13). */
const isNeedless = ({ platform }: PropertyMap, [key]: Path): boolean =>
  platform === "ief" && key === "sourceUsageEstimate";

function inOrder(definition: ResourceDefinition, args: PropertyMap): PropertyMap {
  const keys = Object.keys(definition.arguments.shape).filter((key) => args[key] !== undefined);
  return Object.fromEntries(keys.map((key) => [key, args[key]]));
}
