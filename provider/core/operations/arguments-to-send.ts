/** Which arguments an operation brings to its tasks by the update call. Pure. */
import { compareWithLive } from "../drift/compare";
import type { LiveTask, ResourceDefinition } from "../contract";
import type { PropertyMap } from "../../common/json";
import { metaOf, propertyOf } from "../schema/field";
import { unfinishedIn } from "../state/outputs";
import { unreadableIn, withSupplied } from "../state/unreadable-inputs";
import { changedArguments } from "./diff";

export interface Comparison {
  readonly definition: ResourceDefinition;
  readonly inputs: PropertyMap;
  /** Absent where a create takes tasks over. */
  readonly recorded?: PropertyMap;
  readonly tasks: readonly LiveTask[];
}

export function argumentsToSend({ definition, inputs, recorded, tasks }: Comparison): string[] {
  const differing = (): string[] => differingArguments(definition, inputs, tasks);
  if (recorded === undefined) return differing();
  const changed = changedArguments(definition, withSupplied(recorded, inputs), inputs);
  const unfinished = unfinishedIn(recorded);
  const unreadable = new Set(unreadableIn(recorded).map(([key]) => String(key)));
  // Changes that an adoption left to apply are in no recorded argument: only the live tasks show them.
  const isAdopted = unfinished.length > 0 && recorded.adopt !== undefined;
  // Arguments that an import could not record are compared with the task itself, as far as it shows them.
  const live = isAdopted || unreadable.size > 0 ? differing() : [];
  return [
    ...new Set([
      ...changed.filter((key) => definition.updatable.includes(key)),
      ...live.filter((key) => isAdopted || unreadable.has(key)),
      ...(unfinished.includes("partial") ? repeatable(definition, inputs) : []),
    ]),
  ];
}

/** The arguments that an update can change and that the tasks show otherwise. */
function differingArguments(
  definition: ResourceDefinition,
  inputs: PropertyMap,
  tasks: readonly LiveTask[],
): string[] {
  const found = compareWithLive(definition, inputs, tasks).map(({ path }) => String(path[0]));
  const renamed = inputs.name !== undefined && tasks.some((task) => task.name !== inputs.name);
  return definition.updatable.filter((key) => (key === "name" ? renamed : found.includes(key)));
}

/** Arguments that the retry of a partial create sends again: none that has had its effect already. */
function repeatable(definition: ResourceDefinition, inputs: PropertyMap): string[] {
  return definition.updatable.filter((key) => {
    const schema = propertyOf(definition.arguments, key);
    return inputs[key] !== undefined && schema !== undefined && metaOf(schema)?.writeOnly === undefined;
  });
}
