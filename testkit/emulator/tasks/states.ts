/** The documented states of a task; ModelArts and VAS share the set. */
export const TASK_STATES = [
  "PENDING",
  "RECOVERING",
  "STARTING",
  "UPGRADING",
  "CREATE_FAILED",
  "START_FAILED",
  "RUNNING",
  "STOPPING",
  "STOPPED",
  "ABNORMAL",
  "SUCCEEDED",
  "FAILED",
  "DELETING",
  "FREEZING",
  "FROZEN",
] as const;

/** A documented state. {@link Stage} holds any text, since a test may force a state no document names. */
export type TaskState = (typeof TASK_STATES)[number];

/** How long a task stays in a passing state, in milliseconds of the emulator's clock. */
export interface Transitions {
  pendingMs: number;
  startingMs: number;
  stoppingMs: number;
  deletingMs: number;
  /** How long a finite input (obs, files by URL) runs before SUCCEEDED; undefined: for ever. */
  finishMs: number | undefined;
}

/** No document gives durations; these are small so that a test which waits for them stays quick. */
export const QUICK_TRANSITIONS: Transitions = {
  pendingMs: 20,
  startingMs: 20,
  stoppingMs: 20,
  deletingMs: 30,
  finishMs: undefined,
};

/** A state and when it begins. */
export interface Stage {
  readonly at: number;
  readonly state: string;
}

/**
 * The states of a task in order of time. The state at a moment is read from it, so no timer ever runs, and
 * a past moment can be read as well as the present one.
 */
export type Timeline = readonly [Stage, ...Stage[]];

/** Marks the end of a task's existence; never shown. */
export const GONE = "(gone)";

/** The stage at `now`. */
export function stageAt(timeline: Timeline, now: number): Stage {
  return timeline.findLast((stage) => stage.at <= now) ?? timeline[0];
}

/** After create: PENDING, then as after a start. */
export function launched(now: number, transitions: Transitions, finite: boolean): Timeline {
  const started = restarted(now + transitions.pendingMs, transitions, finite);
  return [{ at: now, state: "PENDING" }, ...started];
}

/** After a start call: STARTING, RUNNING, and SUCCEEDED where the input ends. */
export function restarted(now: number, transitions: Transitions, finite: boolean): Timeline {
  const running = now + transitions.startingMs;
  const timeline: [Stage, ...Stage[]] = [
    { at: now, state: "STARTING" },
    { at: running, state: "RUNNING" },
  ];
  if (finite && transitions.finishMs !== undefined) {
    timeline.push({ at: running + transitions.finishMs, state: "SUCCEEDED" });
  }
  return timeline;
}

/** After a stop call. */
export function stopped(now: number, stoppingMs: number): Timeline {
  return [
    { at: now, state: "STOPPING" },
    { at: now + stoppingMs, state: "STOPPED" },
  ];
}

/** After a delete call. */
export function deleted(now: number, deletingMs: number): Timeline {
  return [
    { at: now, state: "DELETING" },
    { at: now + deletingMs, state: GONE },
  ];
}

/** A state that lasts until a call acts on the task. */
export function held(now: number, state: string): Timeline {
  return [{ at: now, state }];
}
