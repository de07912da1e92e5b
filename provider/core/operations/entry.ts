/** Check and diff of a resource of the program, with the notes by which later operations of the run know it. */
import type { PropertyMap } from "../../common/json";
import type { ResourceDefinition } from "../contract";
import { markAdoption, markRecordedOwner } from "../ownership/owners";
import type { RunRegistry } from "../ownership/run-registry";
import { check, type CheckContext, type CheckResult } from "./check";
import { diff, type DiffResult, isUnchanged } from "./diff";

/** A resource of the program, by a text that no other one of the run has; undefined where the front does not know it. */
export interface Entry {
  readonly registry: RunRegistry;
  readonly owner: string | undefined;
}

/**
 * @param recorded inputs of the last check; empty for a new resource and for the second check of a replacement
 * @param program the program's arguments
 */
export function checkEntry(
  definition: ResourceDefinition,
  recorded: PropertyMap,
  program: PropertyMap,
  { registry, owner, ...context }: Omit<CheckContext, "replaced"> & Entry,
): CheckResult {
  const isNew = Object.keys(recorded).length === 0;
  const replaced = isNew ? registry.recordedEntry(owner) : undefined;
  const result = check(definition, recorded, program, {
    ...context,
    ...(replaced === undefined ? {} : { replaced }),
  });
  const { region, regionFrom } = result.inputs;
  if (owner !== undefined && !isNew)
    registry.markRecorded(owner, { name: recorded.name, adopt: recorded.adopt, region, regionFrom });
  const taken = markAdoption(definition, registry, result.inputs, { owner, isNew, ...context });
  return { ...result, failures: [...result.failures, ...taken] };
}

/** A resource of the state, and the checked inputs that it is compared with. */
export interface Compared {
  readonly id: string;
  /** Recorded outputs of any version. */
  readonly outputs: PropertyMap;
  readonly inputs: PropertyMap;
}

/** @param context this machine's own region, if it has one */
export function diffEntry(
  definition: ResourceDefinition,
  { id, outputs, inputs }: Compared,
  { registry, owner: given, machineRegion }: Entry & { readonly machineRegion?: string },
): DiffResult {
  // A refresh compares with recorded inputs, which may be those of a resource that the program has no more.
  const owner = registry.recordedEntry(given) === undefined ? undefined : given;
  const tasks = markRecordedOwner(definition, registry, { id, outputs, by: "diff", owner });
  const result = diff(definition, outputs, inputs, machineRegion);
  if (owner === undefined) return result;
  const unchanged = isUnchanged(definition, outputs, inputs);
  const createsFirst = result.replaces.length > 0 && !result.deleteBeforeReplace;
  registry.markCompared(owner, { tasks, unchanged, createsFirst });
  return result;
}
