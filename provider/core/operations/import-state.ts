/** Import: an existing task as a create of a program's arguments would have recorded it, and what no call returns of it. */
import { VideoAnalysisError } from "../../common/errors";
import { formatPath, getAt, setAt, withoutUndefined, type Path, type PropertyMap } from "../../common/json";
import type { Failure, ResourceDefinition } from "../contract";
import { differences } from "../drift/compare";
import { isWithin, type Unreadable, unrecorded, withoutUnreadable } from "../drift/unreadable";
import type { RunContext } from "../operation";
import { claimOutput } from "../ownership/claim";
import { markOwner, takeoverOf, tasksOfId } from "../ownership/owners";
import { canonical } from "../schema/equivalence";
import { validate } from "../schema/validate";
import { locationIn } from "../state/outputs";
import { unreadableOutput } from "../state/unreadable-inputs";
import { lookUp } from "./read";

export interface Imported {
  /** Checked arguments, as far as they are known. */
  readonly args: PropertyMap;
  readonly unreadable: readonly Unreadable[];
  /** Values that are in no answer about the task and follow from others. */
  readonly derived: readonly Supplied[];
  /** Paths that the user may supply. */
  readonly open: readonly Path[];
  /** Values of the service that its documents do not allow. */
  readonly problems: readonly Failure[];
  /** As create would have recorded them. */
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
}

/** A value in place of one that no call about the task returns. */
export interface Supplied {
  readonly path: Path;
  readonly value: unknown;
  /**
   * Other answers that it follows from, as a clause. It is no record of what was sent: the program may correct it like a value
   * that is missing. Left out of what the user supplies.
   */
  readonly source?: string;
}

/** The task as far as its own calls show it. */
export interface Found {
  readonly args: PropertyMap;
  readonly outputs: PropertyMap;
}

export interface ImportOptions {
  /** Arguments that no service knows. */
  readonly given?: PropertyMap;
  /** @param paths of what no call returns */
  readonly supply?: (paths: readonly Path[], found: Found) => readonly Supplied[];
}

/**
 * @throws `NOT_FOUND` where there is none, `ADOPT_MISMATCH` for several tasks that one resource could not have made,
 *   `ALREADY_OWNED` where another resource of the program has them
 */
export async function importState(
  definition: ResourceDefinition,
  id: string,
  { given = {}, supply = () => [] }: ImportOptions,
  context: RunContext,
): Promise<Imported> {
  const found = await lookUp(definition, id, given, context);
  await refuseUnlike(definition, id, given, context);
  const { region } = found.outputs;
  const shown = canonical(definition.arguments, withoutUndefined({ ...found.inputs, ...given, region }));
  const known = withoutUnreadable(definition, shown as PropertyMap);
  const open = unrecorded(known.unreadable);
  const supplied = supply(open, { args: known.args, outputs: found.outputs });
  const args = inOrder(
    definition,
    supplied.reduce<PropertyMap>(
      (bag, { path, value }) => setAt(bag, path, value) as PropertyMap,
      known.args,
    ),
  );
  const failures = validate(definition, args, () => false);
  const derived = supplied.filter(({ source }) => source !== undefined);
  const unrecordable = known.unreadable.filter(
    ({ path }) => !supplied.some((one) => one.source === undefined && isWithin(one.path, path)),
  );
  const unreadable = unrecordable
    .filter(({ path }) => getAt(args, path) === undefined)
    .map((one) => ({
      ...one,
      required: one.required || failures.some(({ path }) => isWithin(one.path, path)),
    }));
  // The name is the program's, and so is the region: no other machine or configuration moves the task.
  const inputs = { ...args, nameIsDefault: false, regionFrom: "program" };
  const isArgument = (key: string): boolean => Object.hasOwn(definition.arguments.shape, key);
  const computed = Object.entries(found.outputs).filter(([key]) => !isArgument(key));
  const takeover = takeoverOf(tasksOfId(definition, id, locationIn(found.outputs)), context);
  markOwner(context.registry, takeover);
  return {
    args,
    open,
    derived,
    unreadable,
    problems: failures.filter(({ path }) => !unreadable.some((one) => isWithin(one.path, path))),
    inputs,
    outputs: {
      ...Object.fromEntries(computed),
      ...inputs,
      ...claimOutput(takeover.claim),
      ...unreadableOutput(unrecorded(unrecordable)),
    },
  };
}

/** The tasks of one resource differ in their sources only. */
async function refuseUnlike(
  definition: ResourceDefinition,
  id: string,
  given: PropertyMap,
  context: RunContext,
): Promise<void> {
  const { args, taskIds } = definition.parseId(id);
  if (taskIds.length === 1) return;
  const shown = await Promise.all(
    taskIds.map(async (taskId) => {
      const { inputs } = await lookUp(definition, definition.formatId(args, [taskId]), given, context);
      return withoutMembers(definition, inputs);
    }),
  );
  const found = shown.flatMap((other) => differences(shown[0], other)).map(({ path }) => formatPath(path));
  if (found.length === 0) return;
  throw new VideoAnalysisError(
    "ADOPT_MISMATCH",
    `the tasks of "${id}" differ in ${[...new Set(found)].join(", ")}, so they are no one resource. ` +
      "Import each by an id of its own.",
  );
}

function withoutMembers({ members }: ResourceDefinition, inputs: PropertyMap): PropertyMap {
  return members === undefined ? inputs : (setAt(inputs, members.path, undefined) as PropertyMap);
}

function inOrder(definition: ResourceDefinition, args: PropertyMap): PropertyMap {
  const keys = Object.keys(definition.arguments.shape).filter((key) => args[key] !== undefined);
  return Object.fromEntries(keys.map((key) => [key, args[key]]));
}
