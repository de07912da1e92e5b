/** Waits for the states of `waitFor` and of deletion, and brings the run state about. */
import { errorOf, failureKind, VideoAnalysisError } from "../../common/errors";
import { deepEqual } from "../../common/json";
import type { DesiredState, WaitFor } from "../schema/common";
import type { LiveTask } from "../contract";
import { failWithGone, showTasks, type Operation, type ShownTasks } from "../operation";
import {
  hasEnded,
  isStopped,
  runStateOf,
  stateAlone,
  statefulParts,
  waitVerdict,
  worstFirst,
} from "../state/run-state";
import { poll } from "./poll";

/** The context of a wait. */
export type Waiter = Pick<Operation, "binding" | "deadline" | "context">;

/** The tasks of a resource, by their ids and as last seen. */
export interface TaskSet {
  readonly taskIds: readonly string[];
  readonly tasks: readonly LiveTask[];
}

/** The tasks as last seen, and what ended the wait too early. */
export interface Progress {
  readonly tasks: readonly LiveTask[];
  readonly error?: Error;
}

const describe = (task: LiveTask): string =>
  `task ${task.id} is ${task.state}` +
  (task.status === undefined ? "" : ` (${task.status})`) +
  (task.error?.message === undefined
    ? ""
    : `: ${[task.error.code, task.error.message].filter(Boolean).join(" ")}`);

/** A group that is listed is accepted; nothing more can be said of it before its sub-tasks are listed, too. */
const isUnlisted = ({ parts, partCount = 1 }: LiveTask): boolean =>
  parts !== undefined && parts.length < Math.max(partCount, 1);

const unlistedYet = ({ id }: LiveTask): string => `the sub-tasks of ${id} are not all listed yet`;

/**
 * Waits until every task meets `waitFor`. The error is `TASK_FAILED` where one never will, `TIMEOUT` in the end.
 *
 * @param look by lists, of tasks that the operation made itself
 */
export async function waitUntil(
  waiter: Waiter,
  taskSet: TaskSet,
  waitFor: WaitFor,
  look: LookAt = showTasks,
): Promise<Progress> {
  let { tasks } = taskSet;
  const lookAgain = untilGone(
    waiter,
    tasks.map(({ id }) => id),
    () => look(waiter, taskSet.taskIds, waitFor),
  );
  try {
    await poll(waiter, async () => {
      const shown = await lookAgain();
      tasks = shown.tasks;
      const waiting = whyPending(shown.tasks, shown.missing, waitFor);
      return waiting === undefined ? { done: true } : { waiting, ...stateOf(shown.tasks), goal: waitFor };
    });
    return { tasks };
  } catch (error) {
    return { tasks, error: errorOf(error) };
  }
}

/** Looks in a row, over a few seconds, that miss a task before it counts as gone: an answer may lag behind. */
const MISSES = 6;

/**
 * Looks until a task is gone that one of the looks has shown. Throws `TASK_GONE`.
 *
 * @param known ids of tasks that were shown before
 */
function untilGone(
  waiter: Waiter,
  known: readonly string[],
  look: () => Promise<ShownTasks>,
): () => Promise<ShownTasks> {
  const seen = new Set(known);
  let misses = 0;
  return async () => {
    const shown = await look();
    for (const { id } of shown.tasks) seen.add(id);
    const gone = shown.missing.filter((id) => seen.has(id));
    misses = gone.length === 0 ? 0 : misses + 1;
    return misses < MISSES ? shown : failWithGone(waiter, gone);
  };
}

/** Longest status of the service in a line that a terminal does not cut. */
const MAX_STATUS = 30;

/** The worst state and its reason, for the progress line. */
function stateOf(tasks: readonly LiveTask[]): { readonly state?: string } {
  const [worst] = worstFirst(tasks.flatMap(statefulParts));
  if (worst === undefined) return {};
  const { state, status = "" } = worst;
  const why = status.length > MAX_STATUS ? `${status.slice(0, MAX_STATUS - 1)}…` : status;
  return { state: why === "" ? state : `${state} (${why})` };
}

type LookAt = (waiter: Waiter, taskIds: readonly string[], waitFor: WaitFor) => Promise<ShownTasks>;

/** Tasks as lists have them, which others who wait share; what a list misses or has as failed is shown. */
export const lookAtTasks: LookAt = async ({ binding, deadline }, taskIds, waitFor) => {
  const { gateway } = binding;
  const found = await Promise.all(
    taskIds.map(async (id) => {
      const { task, source } = await gateway.look(id, deadline);
      const isSure = source === "show" || (task !== undefined && waitVerdict(task, waitFor) !== "failed");
      return isSure ? task : gateway.show(id, deadline);
    }),
  );
  return {
    tasks: found.filter((task) => task !== undefined),
    missing: taskIds.filter((_, index) => found[index] === undefined),
  };
};

/** Describes what is still awaited. Throws `TASK_FAILED`. */
function whyPending(
  tasks: readonly LiveTask[],
  missing: readonly string[],
  waitFor: WaitFor,
): string | undefined {
  const parts = tasks.flatMap(statefulParts);
  const failures = parts.filter((part) => waitVerdict(part, waitFor) === "failed");
  // Of a group the details of one part only may have been read: that one has the service's words.
  const failed = failures.find(({ error }) => error?.message !== undefined) ?? failures[0];
  if (failed !== undefined) {
    throw new VideoAnalysisError("TASK_FAILED", `${describe(failed)}; it will not be ${waitFor}`, {
      remedy: [{ code: "correct-and-rerun" }],
    });
  }
  // A new task may not be visible at once.
  if (missing.length > 0) return `task ${missing.join(", ")} is not visible yet`;
  const unlisted = waitFor === "accepted" ? undefined : tasks.find(isUnlisted);
  if (unlisted !== undefined) return unlistedYet(unlisted);
  const pending = parts.find((part) => waitVerdict(part, waitFor) === "pending");
  return pending === undefined ? undefined : `waiting for "${waitFor}": ${describe(pending)}`;
}

export interface RunStateGoal {
  readonly desired: DesiredState;
  /** The wish itself is new: also start tasks that ended by themselves, and start or stop scheduled ones outside their window. */
  readonly force: boolean;
}

/** Starts or stops tasks that are not in the desired run state, and waits until they are. */
export async function ensureRunState(
  waiter: Waiter,
  taskIds: readonly string[],
  { desired, force }: RunStateGoal,
): Promise<{ readonly tasks: readonly LiveTask[]; readonly acted: boolean }> {
  const { deadline } = waiter;
  const { gateway } = waiter.binding;
  const asked = new Map<string, LiveTask>();
  // A start takes effect later: until something moves, an answer shows the task as it was before.
  const hasMoved = (task: LiveTask, part: LiveTask): boolean => {
    const before = asked.get(task.id);
    if (before === undefined) return false;
    // The start of a group may leave alone what succeeded.
    const left = task.parts !== undefined && part.state === "SUCCEEDED";
    return left || !deepEqual(movements(before), movements(task));
  };
  const look = untilGone(waiter, taskIds, () => showTasks(waiter, taskIds));
  return poll(waiter, async () => {
    const { tasks, missing } = await look();
    const unlisted = tasks.find(isUnlisted);
    if (unlisted !== undefined) return { waiting: unlistedYet(unlisted) };
    const wrong = tasks.filter((task) =>
      statefulParts(task).some(
        (part) =>
          !isDesired(part, { desired, force, asked: asked.has(task.id), moved: hasMoved(task, part) }),
      ),
    );
    if (wrong.length === 0 && missing.length === 0) return { done: { tasks, acted: asked.size > 0 } };
    for (const task of wrong) {
      if (asked.has(task.id) || task.state === "STOPPING" || task.state === "DELETING") continue;
      try {
        await (desired === "running" ? gateway.start(task.id, deadline) : gateway.stop(task.id, deadline));
        asked.set(task.id, task);
      } catch (error) {
        // Allowed-from states are not documented: a refused call is repeated until the state allows it.
        if (failureKind(error) !== "conflict") throw error;
      }
    }
    const [first] = wrong;
    return {
      waiting: `waiting for "${desired}"${first === undefined ? "" : `: ${describe(first)}`}`,
      ...stateOf(wrong),
      goal: desired,
    };
  });
}

/** Values of which one changes whenever a task moves, or any part of a group. */
const movements = (task: LiveTask): unknown =>
  statefulParts(task).map(({ id, state, updatedAt }) => [id, state, updatedAt]);

function isDesired(
  part: LiveTask,
  { desired, force, asked, moved }: RunStateGoal & { readonly asked: boolean; readonly moved: boolean },
): boolean {
  if (desired === "stopped") {
    // A scheduled task that idles outside its window would run again in the next one.
    const idle = force ? stateAlone(part) : runStateOf(part);
    return idle === undefined || isStopped(part);
  }
  if (hasEnded(part)) return moved || !force;
  // A scheduled task that was stopped would idle in the next window, too; once started it may still wait for that.
  return (force && !asked ? stateAlone(part) : runStateOf(part)) !== "stopped";
}
