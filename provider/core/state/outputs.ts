/** Outputs that record a resource beside its arguments, and reading them back. */
import { deepEqual, isObject, withoutUndefined, type PropertyMap } from "../../common/json";
import type { LiveTask, Location, ResourceDefinition } from "../contract";
import { statefulParts, summaryState, worstFirst } from "./run-state";
import { stateVersionOf } from "./versions";

/** Longest text of a service that is recorded: the engine rewrites the whole state at each step. */
const MAX_TEXT = 200;

/** Most sub-tasks of a group whose ids and states are recorded. */
const MAX_IDS = 1000;

/** Most reports on sub-tasks, and most elements of any other list. */
const MAX_REPORTS = 100;

/** The work that an interrupted create left to do. */
export type Unfinished = "start" | "wait" | "partial";

const cut = (text: string | undefined): string | undefined =>
  text !== undefined && text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text;

/** The same for every text of a value; of a long list the beginning is kept. */
function cutAll(value: unknown): unknown {
  if (typeof value === "string") return cut(value);
  if (Array.isArray(value)) return value.slice(0, MAX_REPORTS).map(cutAll);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cutAll(item)]));
}

/** A resource where it is, with the arguments to record, hidden ones included. */
export interface Placed {
  readonly definition: ResourceDefinition;
  readonly inputs: PropertyMap;
  readonly binding: Location;
}

/** The outputs that a service shows of a resource. */
export interface Shown {
  /** In the resource's order; a task that no read has shown yet has no entry in `tasks`. */
  readonly taskIds: readonly string[];
  readonly tasks: readonly LiveTask[];
  readonly unfinished?: readonly Unfinished[];
}

export function outputsOf(
  { definition, inputs, binding: { region, projectId, endpoint } }: Placed,
  { taskIds, tasks: live, unfinished = [] }: Shown,
): PropertyMap {
  const parts = live.flatMap(statefulParts);
  const byId = new Map(parts.map((part) => [part.id, part]));
  const isGroup = live.some((task) => task.parts !== undefined);
  const ids = isGroup ? parts.map((part) => part.id) : taskIds;
  const states = ids.map((id) => byId.get(id)?.state ?? "");
  const kept = isGroup ? MAX_IDS : ids.length;
  const { shared, own } = splitOutputFields(definition, live);
  const tasks = (isGroup ? worstFirst(parts).slice(0, MAX_REPORTS) : parts).map((task, index) => ({
    id: task.id,
    state: task.state,
    status: cut(task.status),
    error: task.error && { code: task.error.code, message: cut(task.error.message) },
    scheduleStatus: task.scheduleStatus,
    createdAt: task.createdAt,
    updatedAt: task.updatedAt,
    ...(isGroup ? {} : own[index]),
  }));
  return withoutUndefined({
    ...shared,
    ...inputs,
    name: inputs.name ?? live[0]?.name,
    // Without a name of its own the resource has that of the task it adopted, which is no input then.
    nameIsAdopted: inputs.name === undefined ? true : undefined,
    taskIds: ids.slice(0, kept),
    states: states.slice(0, kept),
    state: summaryState(states),
    tasks,
    tasksTruncated: isGroup ? ids.length > kept : undefined,
    region,
    projectId,
    endpoint,
    unfinished,
    stateVersion: stateVersionOf(definition),
  });
}

/** Output fields that are equal for all tasks go to the top level, others stay with their task. */
function splitOutputFields(
  definition: ResourceDefinition,
  tasks: readonly LiveTask[],
): { shared: PropertyMap; own: PropertyMap[] } {
  const keys = [...new Set(tasks.flatMap((task) => Object.keys(task.outputFields)))].filter(
    (key) => !(key in definition.arguments.shape),
  );
  const isShared = (key: string): boolean =>
    tasks.every((task) => deepEqual(task.outputFields[key], tasks[0]?.outputFields[key]));
  const pick = (task: LiveTask | undefined, wanted: (key: string) => boolean): PropertyMap =>
    Object.fromEntries(keys.filter(wanted).map((key) => [key, cutAll(task?.outputFields[key])]));
  return {
    shared: pick(tasks[0], isShared),
    own: tasks.map((task) => pick(task, (key) => !isShared(key))),
  };
}

/** Output fields that earlier answers gave and this one may lack: a show call does not name the service. */
export function recordedOutputFields(definition: ResourceDefinition, outputs: PropertyMap): PropertyMap {
  return Object.fromEntries(
    definition.outputFields.filter((key) => outputs[key] !== undefined).map((key) => [key, outputs[key]]),
  );
}

/** The arguments inside recorded outputs, hidden ones included, in the form that check left them. */
export function inputsIn(definition: ResourceDefinition, outputs: PropertyMap): PropertyMap {
  const keys = [...Object.keys(definition.arguments.shape), "nameIsDefault", "regionFrom"];
  const inputs = Object.fromEntries(
    keys.filter((key) => outputs[key] !== undefined).map((key) => [key, outputs[key]]),
  );
  // Without `regionFrom` the region is an output that create resolved, not an input.
  if (outputs.regionFrom === undefined) Reflect.deleteProperty(inputs, "region");
  if (outputs.nameIsAdopted === true) Reflect.deleteProperty(inputs, "name");
  return inputs;
}

/** The work left to do by the recorded outputs. */
export function unfinishedIn(outputs: PropertyMap): readonly Unfinished[] {
  return Array.isArray(outputs.unfinished) ? (outputs.unfinished as readonly Unfinished[]) : [];
}

/** Where recorded outputs say the resource lives. */
export function locationIn(outputs: PropertyMap): Partial<Location> {
  const { region, projectId, endpoint } = outputs as Partial<Location>;
  return {
    ...(region === undefined ? {} : { region }),
    ...(projectId === undefined ? {} : { projectId }),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}
