/** Entries of lookups: the members that they share, and tasks with the members of a resource's outputs. */
import { z } from "zod";
import type { PropertyMap } from "../../common/json";
import type { LiveTask, Location, ResourceDefinition } from "../../core/contract";
import { everythingOf } from "../../core/operations/read";
import { commonArguments } from "../../core/schema/common";
import { field } from "../../core/schema/field";
import { outputsOf } from "../../core/state/outputs";

/** Where an entry was found. */
export const place = field(
  z.object({
    region: field(z.string(), { description: "Region of the service." }),
    projectId: field(z.string(), { description: "Project that it belongs to." }),
    endpoint: field(z.string(), { description: "Base address of the service." }),
  }),
  { description: "Where an entry was found.", typeName: "Place" },
);

/** Members that the entries of tasks, batches and jobs have beside their own. */
export const taskMembers = (outputs: z.ZodObject) => ({
  id: field(z.string(), { description: "Id, as `adopt` and `video-analysis import` take it." }),
  name: field(z.string(), { description: "Name at the service." }),
  description: commonArguments.description,
  createdAt: field(z.string().optional(), {
    description: "When the first of the tasks was created, RFC 3339.",
  }),
  updatedAt: field(z.string().optional(), {
    description: "When the state of one of the tasks last changed, RFC 3339.",
  }),
  ...outputs.pick({ state: true, taskIds: true, states: true, tasks: true }).shape,
  ...place.shape,
});

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
