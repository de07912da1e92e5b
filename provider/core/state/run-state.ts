/** The meaning of a task's state for `desiredState`, `waitFor` and the summary state (docs/concepts.md, "States"). */
import type { DesiredState, WaitFor } from "../schema/common";
import type { LiveTask } from "../contract";

const RUNNING = new Set([
  "RUNNING",
  "PENDING",
  "STARTING",
  "RECOVERING",
  "UPGRADING",
  "ABNORMAL",
  "SCHEDULING",
  "LACK_OF_RESOURCES",
]);
const STOPPED = new Set(["STOPPED", "STOPPING", "STOPPED_NO_SERVICE"]);
const FAILED = new Set(["FAILED", "CREATE_FAILED", "START_FAILED"]);
const ENDED = new Set(["SUCCEEDED", ...FAILED]);

/** The run state that a task counts as, or undefined where it says nothing against either wish. */
export function runStateOf(task: LiveTask): DesiredState | undefined {
  // Outside its window a scheduled task is idle, not stopped (docs/api-notes.md, "Schedules").
  return task.scheduleStatus?.toUpperCase() === "INACTIVATED" ? undefined : stateAlone(task);
}

/** The same by the state only, without the schedule. */
export function stateAlone(task: LiveTask): DesiredState | undefined {
  if (RUNNING.has(task.state)) return "running";
  return STOPPED.has(task.state) ? "stopped" : undefined;
}

/** Whether a stop has taken full effect. */
export const isStopped = (task: LiveTask): boolean => STOPPED.has(task.state) && task.state !== "STOPPING";

/** Whether a task ended by itself, so that only a new wish starts it again. */
export const hasEnded = (task: LiveTask): boolean => ENDED.has(task.state);

/** Whether this is a state of a task that ended by failing: no drift, but worth a report. */
export const isFailure = (state: string): boolean => FAILED.has(state);

/** The tasks that have a state: the parts of a group, or the task itself. */
export const statefulParts = (task: LiveTask): readonly LiveTask[] => task.parts ?? [task];

export type WaitVerdict = "met" | "failed" | "pending";

const FAILED_START = new Set([...FAILED, "FROZEN"]);

export function waitVerdict(task: LiveTask, waitFor: WaitFor): WaitVerdict {
  if (waitFor === "accepted") return task.state === "CREATE_FAILED" ? "failed" : "met";
  if (FAILED_START.has(task.state)) return "failed";
  if (waitFor === "succeeded") {
    if (task.state === "STOPPED") return "failed";
    return task.state === "SUCCEEDED" ? "met" : "pending";
  }
  if (task.state === "RUNNING" || task.state === "SUCCEEDED") return "met";
  return task.scheduleStatus?.toUpperCase() === "ACTIVATED" ? "met" : "pending";
}

/** Worst first; the first one present is the state of the resource. `*` stands for any unknown state. */
const SEVERITY = [
  "FAILED",
  "CREATE_FAILED",
  "START_FAILED",
  "FROZEN",
  "FREEZING",
  "ABNORMAL",
  "*",
  "STOPPED_NO_SERVICE",
  "DELETING",
  "STOPPING",
  "STOPPED",
  "LACK_OF_RESOURCES",
  "PENDING",
  "RECOVERING",
  "UPGRADING",
  "STARTING",
  "SCHEDULING",
  "RUNNING",
  "SUCCEEDED",
];
const KNOWN = new Set(SEVERITY);

const severity = (state: string): number => SEVERITY.indexOf(KNOWN.has(state) ? state : "*");

/** One state for several tasks: the worst of them. */
export function summaryState(states: readonly string[]): string {
  return [...states].sort((a, b) => severity(a) - severity(b))[0] ?? "";
}

/** Tasks with the worst states first, else in their order. */
export function worstFirst<T extends Pick<LiveTask, "state">>(tasks: readonly T[]): T[] {
  return [...tasks].sort((a, b) => severity(a.state) - severity(b.state));
}
