/** Read: the live resource in the program's terms, or the proof that it is gone. */
import { VideoAnalysisError } from "../../common/errors";
import { deepEqual, setAt, type PropertyMap } from "../../common/json";
import { claimIn } from "../ownership/claim";
import { projectTasks } from "../drift/compare";
import { Echo } from "../drift/echo";
import { membersIn } from "../drift/members";
import { markRecordedOwner } from "../ownership/owners";
import { inputsIn, locationIn, unfinishedIn } from "../state/outputs";
import type { LiveTask, ResourceDefinition, ReadTask } from "../contract";
import { confirmGone, type Operation, type RunContext } from "../operation";
import { runStateOf, statefulParts } from "../state/run-state";
import { upToDate } from "../state/versions";
import { operationDeadline } from "../reconcile/timeouts";
import { unreadableIn, unreadableOutput } from "../state/unreadable-inputs";
import { record } from "./record";

export interface Observed {
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
}

export type Refreshed = { readonly gone: true } | ({ readonly gone: false } & Observed);

/**
 * A recorded resource.
 *
 * @param recordedOutputs of any version
 */
export async function refresh(
  definition: ResourceDefinition,
  id: string,
  recordedOutputs: PropertyMap,
  context: RunContext,
): Promise<Refreshed> {
  const recorded = upToDate(definition, recordedOutputs);
  const { args, taskIds } = definition.parseId(id);
  const deadline = operationDeadline("read", { type: definition.type, id, args: recorded }, context);
  markRecordedOwner(definition, context.registry, { id, outputs: recorded, by: "read" });
  const target = { ...recorded, ...args };
  const binding = await context.open({ args: target, recorded: locationIn(recorded) }, deadline);
  const operation: Operation = { definition, inputs: target, binding, deadline, context };
  const inputs = inputsIn(definition, recorded);
  const echo = Echo.in(recorded);
  const project = (tasks: readonly LiveTask[]): Projection => {
    const projected = projectTasks(definition, inputs, { tasks, total: taskIds.length, echo });
    return { tasks, inputs: projected, isDrift: !deepEqual(withRunState(projected, tasks), inputs) };
  };
  const seen = await confirmDrift(operation, await readTasks(operation, taskIds), project);
  if (seen.tasks.length < taskIds.length) await confirmGone(operation);
  if (seen.tasks.length === 0) return { gone: true };
  return { gone: false, ...found({ ...operation, inputs: seen.inputs }, seen.tasks, recorded) };
}

/**
 * A resource that no state records, by its id alone: of several tasks all, for no state knows which of them may be missing.
 * It owns nothing.
 *
 * @param given the program's arguments, such as the region
 * @throws `NOT_FOUND` where something does not exist, or not all of it
 */
export async function lookUp(
  definition: ResourceDefinition,
  id: string,
  given: PropertyMap,
  context: RunContext,
): Promise<Observed> {
  const { args, taskIds } = definition.parseId(id);
  const deadline = operationDeadline("read", { type: definition.type, id, args: given }, context);
  const inputs = { ...given, ...args };
  const binding = await context.open({ args: inputs }, deadline);
  const operation: Operation = { definition, inputs, binding, deadline, context };
  const reads = await readTasks(operation, taskIds);
  const tasks = reads.map(({ task }) => task).filter((task) => task !== undefined);
  if (tasks.length < taskIds.length) {
    await confirmGone(operation);
    const missing = taskIds.filter((_, index) => reads[index]?.task === undefined);
    throw new VideoAnalysisError(
      "NOT_FOUND",
      `${definition.type} "${id}": ${missing.join(", ")} does not exist in project ${binding.projectId}, region ${binding.region}`,
      { remedy: [{ code: "check-place" }] },
    );
  }
  return found({ ...operation, inputs: everythingOf(definition, args, tasks) }, tasks, inputs);
}

const readTasks = ({ binding, deadline }: Operation, taskIds: readonly string[]): Promise<ReadTask[]> =>
  Promise.all(taskIds.map((taskId) => binding.gateway.read(taskId, deadline)));

/**
 * The outputs keep the wanted run state: by it update distinguishes a drifted one from a changed argument, which alone
 * starts ended tasks again.
 */
function found(operation: Operation, tasks: readonly LiveTask[], recorded: PropertyMap): Observed {
  const outputs = record(operation, {
    taskIds: tasks.map(({ id }) => id),
    tasks,
    unfinished: unfinishedIn(recorded),
    claim: claimIn(recorded),
    echo: Echo.in(recorded),
    recorded,
  });
  return {
    inputs: withRunState(operation.inputs, tasks),
    outputs: { ...outputs, ...unreadableOutput(unreadableIn(recorded)) },
  };
}

/** The tasks that exist, and the program's arguments as these have them. */
interface Projection {
  readonly tasks: readonly LiveTask[];
  readonly inputs: PropertyMap;
  readonly isDrift: boolean;
}

/**
 * A list may be older than the last change, and drift can replace a task, so a difference that rests on a list is looked at
 * with shows before it counts.
 */
async function confirmDrift(
  { binding, deadline }: Operation,
  reads: readonly ReadTask[],
  project: (tasks: readonly LiveTask[]) => Projection,
): Promise<Projection> {
  const seen = project(reads.map(({ task }) => task).filter((task) => task !== undefined));
  if (!seen.isDrift || !reads.some(({ source }) => source === "list")) return seen;
  const shown = await Promise.all(
    reads.map(async ({ task, source }) =>
      source === "list" && task !== undefined ? binding.gateway.show(task.id, deadline) : task,
    ),
  );
  return project(shown.filter((task) => task !== undefined));
}

/** Every argument that the service shows, for a resource that no program describes. */
export function everythingOf(
  definition: ResourceDefinition,
  own: PropertyMap,
  tasks: readonly LiveTask[],
): PropertyMap {
  const [first] = tasks;
  const observed = Object.fromEntries(definition.observed.map((key) => [key, first?.args[key]]));
  const complete = projectTasks(definition, { ...observed, ...own }, { tasks, total: 1 });
  const [key, ...inside] = definition.members?.path ?? [];
  if (tasks.length === 1 || key === undefined) return complete;
  // Several tasks of one resource differ in their members only, or each shows those of all.
  const lists = tasks.map((task) => membersIn(definition, task.args));
  const areShared = lists.every((list) => list.length === tasks.length && deepEqual(list, lists[0]));
  const all = areShared ? lists[0] : lists.flat();
  return { ...complete, [key]: setAt(first?.args[key] ?? {}, inside, all) };
}

/** A run state other than the desired one is drift of `desiredState`. */
function withRunState(inputs: PropertyMap, tasks: readonly LiveTask[]): PropertyMap {
  const desired = inputs.desiredState;
  if (desired === undefined) return inputs;
  const other = tasks
    .flatMap(statefulParts)
    .map(runStateOf)
    .find((state) => state !== undefined && state !== desired);
  return other === undefined ? inputs : { ...inputs, desiredState: other };
}
