/** Tasks as lookups tell them: what the outputs of a resource would be, under the id that `adopt` takes. */
import type { PropertyMap } from "../../common/json";
import { outputsOf } from "../../core/state/outputs";
import { everythingOf } from "../../core/operations/read";
import type { LiveTask, Location, ResourceDefinition } from "../../core/contract";

/** What only the state of a resource needs. */
const OF_STATES = ["unfinished", "stateVersion", "nameIsAdopted", "timeouts"];

/**
 * @param outputs as a resource would record them
 * @returns with the id, and the times of the tasks: the first creation and the last change
 */
export function entryOf(id: string, outputs: PropertyMap): PropertyMap {
  const tasks = (outputs.tasks ?? []) as readonly PropertyMap[];
  const times = (key: string): string[] =>
    tasks.flatMap((task) => (typeof task[key] === "string" ? [task[key]] : []));
  const [createdAt] = times("createdAt").sort(byTime);
  const updatedAt = times("updatedAt").sort(byTime).at(-1);
  const kept = Object.entries(outputs).filter(([key]) => !OF_STATES.includes(key));
  return {
    id,
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(updatedAt === undefined ? {} : { updatedAt }),
    ...Object.fromEntries(kept),
  };
}

const byTime = (a: string, b: string): number => Date.parse(a) - Date.parse(b);

/** @param own arguments that the id carries */
export function listedEntry(
  definition: ResourceDefinition,
  own: PropertyMap,
  location: Location,
  live: LiveTask,
): PropertyMap {
  const args = everythingOf(definition, own, [live]);
  const outputs = outputsOf(
    { definition, inputs: args, binding: location },
    { taskIds: [live.id], tasks: [live] },
  );
  return entryOf(definition.formatId(own, [live.id]), outputs);
}
