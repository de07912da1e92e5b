/** Brings the known tasks of a resource to its arguments and run state, for create and update. */
import { errorOf, VideoAnalysisError } from "../../common/errors";
import { formatPath, type Path, type PropertyMap } from "../../common/json";
import type { DesiredState, WaitFor } from "../schema/common";
import { Echo } from "../drift/echo";
import { recordEcho, type BeforeWrite } from "../drift/record-echo";
import { notRemoved } from "../drift/verify-removed";
import type { LiveTask } from "../contract";
import { showTasks, type Operation } from "../operation";
import { takeName } from "./name-lookup";
import { ensureRunState, lookAtTasks, waitUntil, type Progress, type TaskSet } from "./wait";

/**
 * Pauses before a field that was removed is looked at again, in milliseconds: a show may lag behind the update that it
 * follows. Together a few seconds, as no document gives a time.
 */
const REMOVED_PAUSES = [250, 750, 1500, 3000];

export interface Goal extends TaskSet {
  /** The operation makes the tasks, or takes them over, and they have to become visible first. */
  readonly isNew: boolean;
  /** The operation made them itself. */
  readonly isMade: boolean;
  /** The arguments that the update call has to bring to tasks. */
  argumentsToSend(tasks: readonly LiveTask[]): readonly string[];
  /** Arguments whose shown forms are to be recorded beside those of the update call. */
  readonly sent: readonly string[];
  /** See `RunStateGoal`. */
  readonly force: boolean;
  /** Absent where nothing is to be waited for. */
  readonly waitFor?: WaitFor;
  /** An earlier operation has waited for it: only a start asks for it again. */
  readonly isWaitMet?: boolean;
  /** Recorded arguments of a resource that the state has. */
  readonly recorded?: PropertyMap;
  /** Values that an update compares shown forms with. */
  readonly before?: BeforeWrite;
  readonly echo: Echo;
}

export interface Converged extends Progress {
  readonly echo: Echo;
}

/** Brings arguments and the run state, waits, and looks for forms to record. Never rejects. */
export async function converge(operation: Operation, goal: Goal): Promise<Converged> {
  const { taskIds, force, before } = goal;
  const desired = operation.inputs.desiredState as DesiredState | undefined;
  let { tasks } = goal;
  let isWaitMet = goal.isWaitMet ?? false;
  // Of tasks that were there before, a list may show what they were.
  const look = goal.isMade ? lookAtTasks : undefined;
  const wait = async (waitFor: WaitFor): Promise<void> => {
    const progress = await waitUntil(operation, { taskIds, tasks }, waitFor, look);
    tasks = progress.tasks;
    if (progress.error !== undefined) throw progress.error;
  };
  try {
    if (goal.isNew) await wait("accepted");
    const changed = goal.argumentsToSend(tasks);
    if (changed.length > 0) tasks = await bringArguments(operation, goal, { tasks, changed });
    if (desired !== undefined) {
      const reached = await ensureRunState(operation, taskIds, { desired, force });
      tasks = reached.tasks;
      isWaitMet &&= !reached.acted;
    }
    if (goal.waitFor !== undefined && !isWaitMet) await wait(goal.waitFor);
    const write = { ...operation, tasks, sent: [...goal.sent, ...changed], ...(before && { before }) };
    return { tasks, echo: await recordEcho(write, goal.echo) };
  } catch (error) {
    return { tasks, echo: Echo.none, error: errorOf(error) };
  }
}

interface Change {
  readonly tasks: readonly LiveTask[];
  readonly changed: readonly string[];
}

async function bringArguments(
  operation: Operation,
  { recorded }: Goal,
  change: Change,
): Promise<readonly LiveTask[]> {
  const name = operation.inputs.name ?? recorded?.name ?? change.tasks[0]?.name;
  const named: Operation = { ...operation, inputs: { ...operation.inputs, name } };
  const isRenamed = change.changed.includes("name") && change.tasks.some((task) => task.name !== name);
  // An adoption has taken its name before.
  if (isRenamed && recorded !== undefined) {
    await takeName(
      named,
      change.tasks.map(({ id }) => id),
    );
  }
  return updateTasks(named, recorded, change);
}

/** Updates every task, and proves by a read that removed fields are gone. */
async function updateTasks(
  operation: Operation,
  recorded: PropertyMap | undefined,
  { tasks, changed }: Change,
): Promise<readonly LiveTask[]> {
  const { definition, inputs, binding, deadline } = operation;
  const { gateway } = binding;
  if (gateway.update === undefined) throw new TypeError(`${definition.type} has no update`);
  for (const { id } of tasks) await gateway.update(id, inputs, changed, deadline);
  const taskIds = tasks.map(({ id }) => id);
  for (let attempt = 0; ; attempt += 1) {
    const after = (await showTasks(operation, taskIds)).tasks;
    const left = notRemoved(operation, { recorded, tasks: after, changed });
    if (left.length === 0) return after;
    const pause = REMOVED_PAUSES[attempt];
    if (pause === undefined || deadline.expired) throw fieldNotCleared(left);
    await deadline.sleep(pause);
  }
}

function fieldNotCleared(left: readonly Path[]): VideoAnalysisError {
  return new VideoAnalysisError(
    "FIELD_NOT_CLEARED",
    `the service accepted the update, but did not clear ${left.map((path) => `\`${formatPath(path)}\``).join(", ")}`,
    { remedy: [{ code: "change-triggers" }] },
  );
}
