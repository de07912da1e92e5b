/** Diff: which changes replace, and whether anything at all changed. Pure and offline. */
import { VideoAnalysisError } from "../../common/errors";
import { deepEqual, type PropertyMap } from "../../common/json";
import { claimIn } from "../ownership/claim";
import { propertyOf } from "../schema/field";
import { equivalent } from "../schema/equivalence";
import { unfinishedIn } from "../state/outputs";
import type { ResourceDefinition } from "../contract";
import { upToDate } from "../state/versions";
import { withSupplied } from "../state/unreadable-inputs";

export interface DiffResult {
  /** Undefined leaves the comparison of the inputs to the engine. */
  readonly changes?: boolean;
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

/** The arguments of the API that differ in meaning. */
export function changedArguments(
  definition: ResourceDefinition,
  recorded: PropertyMap,
  inputs: PropertyMap,
): string[] {
  const before = definition.withDefaults(recorded);
  const after = definition.withDefaults(inputs);
  return [...definition.immutable, ...definition.updatable].filter((key) => {
    // A default name stays with the resource, and a region not named here stays where it was recorded.
    if (key === "name" && inputs.nameIsDefault === true && recorded.nameIsDefault === true) return false;
    if (key === "region" && (after.region === undefined || before.region === undefined)) return false;
    const schema = propertyOf(definition.arguments, key);
    return schema !== undefined && !equivalent(schema, before[key], after[key]);
  });
}

/** The changed arguments that replace the resource. An unknown value counts as different. */
export function replacedBy(
  definition: ResourceDefinition,
  recorded: PropertyMap,
  inputs: PropertyMap,
  changed = changedArguments(definition, recorded, inputs),
): string[] {
  if (changed.length === 0) return [];
  const replacing = new Set([...definition.immutable, ...definition.replacingUpdates(recorded, inputs)]);
  return changed.filter((key) => replacing.has(key));
}

/**
 * @param recordedOutputs of any version
 * @param inputs checked inputs
 * @param machineRegion this machine's own region, if it has one
 */
export function diff(
  definition: ResourceDefinition,
  recordedOutputs: PropertyMap,
  inputs: PropertyMap,
  machineRegion: string | undefined,
): DiffResult {
  // A replacement that creates first would leave two tasks, since the delete refuses a state that is too new.
  const recorded = upToDate(definition, recordedOutputs);
  const changed = changedArguments(definition, recorded, inputs);
  const supplied = withSupplied(recorded, inputs);
  const replaces = replacedBy(definition, supplied, inputs, supplied === recorded ? changed : undefined);
  if (replaces.length > 0) refuseForeignMachine(recorded, inputs, machineRegion);
  const isElsewhere = changed.some((key) => key === "name" || definition.nameScope.includes(key));
  // A create that comes first leaves the old task running where it is refused.
  if (replaces.length > 0 && !isElsewhere) refuseDoubted(definition, recorded, inputs, replaces);
  const result = { replaces, deleteBeforeReplace: !isElsewhere };
  if (unfinishedIn(recorded).length > 0) return { ...result, changes: true };
  return isRespelled(definition, recorded, inputs) && isUnchanged(definition, recorded, inputs)
    ? { ...result, changes: false }
    : result;
}

const respelledIn = (definition: ResourceDefinition, recorded: PropertyMap, inputs: PropertyMap): string[] =>
  Object.keys(definition.arguments.shape).filter((key) => !deepEqual(recorded[key], inputs[key]));

/** Nothing differs in meaning, and nothing is left to do. */
export function isUnchanged(
  definition: ResourceDefinition,
  recordedOutputs: PropertyMap,
  inputs: PropertyMap,
): boolean {
  const recorded = upToDate(definition, recordedOutputs);
  if (unfinishedIn(recorded).length > 0) return false;
  const api = new Set([...definition.immutable, ...definition.updatable]);
  const isOfApi = respelledIn(definition, recorded, inputs).every((key) => api.has(key));
  return isOfApi && changedArguments(definition, recorded, inputs).length === 0;
}

/** Spelled differently, meaning the same: nothing to do, which the engine cannot see by itself. */
function isRespelled(definition: ResourceDefinition, recorded: PropertyMap, inputs: PropertyMap): boolean {
  // A drifted run state is in the recorded inputs only, which the engine compares and diff never sees.
  if (inputs.desiredState !== undefined) return false;
  return respelledIn(definition, recorded, inputs).some((key) => key !== "name" && key !== "region");
}

function refuseForeignMachine(
  recorded: PropertyMap,
  inputs: PropertyMap,
  machineRegion: string | undefined,
): void {
  if (recorded.regionFrom !== "machine" || machineRegion === recorded.region) return;
  if (inputs.regionFrom === "program" || inputs.regionFrom === "config") return;
  // Without any region the create that follows the delete could not even start.
  const here = machineRegion === undefined ? "this machine names none" : `this machine's is ${machineRegion}`;
  throw new VideoAnalysisError(
    "REGION_MISMATCH",
    `the resource must be replaced, but it was created in ${String(recorded.region)}, the region of another machine's ` +
      `environment, and ${here}`,
    { remedy: [{ code: "set-region" }] },
  );
}

/** Arguments that created a task are proved; those of a task that was taken over are not, and its delete comes first. */
function refuseDoubted(
  definition: ResourceDefinition,
  recorded: PropertyMap,
  inputs: PropertyMap,
  replaces: readonly string[],
): void {
  const doubt = claimIn(recorded) === undefined ? undefined : definition.doubtedReplacement?.(inputs);
  if (doubt === undefined) return;
  throw new VideoAnalysisError(
    "PLATFORM_UNKNOWN",
    `the change of ${replaces.map((key) => `\`${key}\``).join(", ")} replaces a task that this stack took over, and ${doubt}`,
  );
}
