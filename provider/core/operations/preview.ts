/** Preview of a create or an update: the outputs that are known before anything is sent. Pure and offline. */
import { deepEqual, type PropertyMap } from "../../common/json";
import type { ResourceDefinition } from "../contract";
import { stateVersionOf, upToDate } from "../state/versions";

export interface Preview {
  readonly known: PropertyMap;
  /** Outputs that only the operation gives. */
  readonly unknown: readonly string[];
}

/** A resource that an update concerns. */
export interface Existing {
  readonly id: string;
  /** Recorded outputs of any version. */
  readonly outputs: PropertyMap;
}

/**
 * @param names of the outputs beside the arguments
 * @param inputs checked inputs, in which values may be unknown
 * @param existing absent for a create
 */
export function previewOf(
  definition: ResourceDefinition,
  names: readonly string[],
  inputs: PropertyMap,
  existing?: Existing,
): Preview {
  const known: PropertyMap = {
    ...(existing === undefined ? {} : keptBy(definition, existing)),
    ...inputs,
    // Only an operation that has finished gives outputs.
    unfinished: [],
    stateVersion: stateVersionOf(definition),
  };
  return { known, unknown: names.filter((name) => known[name] === undefined) };
}

/** Outputs that no update changes: where the tasks are, and what identifies them. */
function keptBy(definition: ResourceDefinition, { id, outputs }: Existing): PropertyMap {
  const recorded = upToDate(definition, outputs);
  const { name, region, projectId, taskIds } = recorded;
  const isArgument = (key: string): boolean => Object.hasOwn(definition.arguments.shape, key);
  const ids = Object.entries(recorded).filter(([key, value]) => value === id && !isArgument(key));
  // The sub-tasks of a group, which its id does not name, may become others.
  const isGroup = !deepEqual(taskIds, definition.parseId(id).taskIds);
  return { ...Object.fromEntries(ids), name, region, projectId, ...(isGroup ? {} : { taskIds }) };
}
