/** Waiting: polls with growing, jittered intervals inside the operation's deadline. */
import type { Deadline } from "../../common/deadline";
import {
  failureKind,
  isVideoAnalysisError,
  problemOf,
  VideoAnalysisError,
  type FailureClass,
} from "../../common/errors";
import { deepEqual } from "../../common/json";
import type { DesiredState, WaitFor } from "../schema/common";
import type { RunContext, LiveTask, TaskGateway } from "../contract";
import { hasEnded, isStopped, runStateOf, stateAlone, statefulParts, waitVerdict } from "./run-state";

/** First and longest pause between polls, in milliseconds. */
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 15_000;
const GROWTH = 1.6;
/** Least time between two progress lines, in milliseconds. */
const PROGRESS_INTERVAL = 10_000;

/** Failures of one poll that the next one may not meet. */
const TRANSIENT: ReadonlySet<FailureClass> = new Set([
  "throttled",
  "server",
  "gateway-timeout",
  "connection",
  "malformed",
]);

export function isTransient(error: unknown): boolean {
  const kind = failureKind(error);
  return kind !== undefined && TRANSIENT.has(kind);
}

/** Those that pass even before the first answer; a host that never answered may not exist. */
const TRANSIENT_BEFORE_ANSWER: ReadonlySet<FailureClass> = new Set([
  "throttled",
  "server",
  "gateway-timeout",
]);

function mayPass(error: unknown, answered: boolean, deadline: Deadline): boolean {
  const kind = failureKind(error);
  // One attempt that got no answer is not the end of the operation.
  if (kind === "timeout") return answered && !deadline.expired;
  return kind !== undefined && (answered ? TRANSIENT : TRANSIENT_BEFORE_ANSWER).has(kind);
}

/**
 * Repeats a look until it gives a value. Transient failures are sat out; a timeout quotes the last one.
 *
 * @param look undefined asks for another round; its text says what is waited for
 */
export async function poll<T>(
  deadline: Deadline,
  environment: Pick<RunContext, "info">,
  look: () => Promise<{ done: T } | { waiting: string }>,
): Promise<T> {
  const { clock } = deadline;
  let pause = FIRST_PAUSE;
  let doing = "waiting for the service";
  let answered = false;
  let lastError = "";
  let nextLine = clock.now() + PROGRESS_INTERVAL;
  for (;;) {
    try {
      const result = await look();
      if ("done" in result) return result.done;
      doing = result.waiting;
      answered = true;
      lastError = "";
    } catch (error) {
      if (!mayPass(error, answered, deadline)) {
        // Before the first answer only the request itself knows what stood in the way.
        const known = answered || lastError !== "";
        throw (known ? timedOut(error, deadline, doing + lastError) : undefined) ?? error;
      }
      lastError = ` (last error: ${problemOf(error)})`;
    }
    deadline.check(doing + lastError);
    if (clock.now() >= nextLine) {
      environment.info(`${deadline.label}: ${doing}${lastError}`);
      nextLine = clock.now() + PROGRESS_INTERVAL;
    }
    await deadline.sleep(pause * (0.5 + clock.random() / 2));
    pause = Math.min(pause * GROWTH, LONGEST_PAUSE);
  }
}

/** A request that ran into the operation's end says less than what was waited for. */
function timedOut(error: unknown, deadline: Deadline, doing: string): unknown {
  if (!isVideoAnalysisError(error) || error.code !== "TIMEOUT") return undefined;
  try {
    deadline.check(doing);
  } catch (timeout) {
    return timeout;
  }
  return undefined;
}

const describe = (task: LiveTask): string =>
  `task ${task.id} is ${task.state}` +
  (task.status === undefined ? "" : ` (${task.status})`) +
  (task.error?.message === undefined
    ? ""
    : `: ${[task.error.code, task.error.message].filter(Boolean).join(" ")}`);

/** All tasks, or undefined with what is missing. */
export async function showAll(
  gateway: TaskGateway,
  taskIds: readonly string[],
  deadline: Deadline,
): Promise<(LiveTask | undefined)[]> {
  return Promise.all(taskIds.map((id) => gateway.show(id, deadline)));
}

/** A group that is listed is accepted; nothing more can be said of it before its sub-tasks are listed, too. */
const isUnlisted = ({ parts, partCount = 1 }: LiveTask): boolean =>
  parts !== undefined && parts.length < Math.max(partCount, 1);

const unlistedYet = ({ id }: LiveTask): string => `the sub-tasks of ${id} are not all listed yet`;

/** Waits until every task meets the wish. Throws `TASK_FAILED` where one never will, `TIMEOUT` in the end. */
export async function waitUntil(
  waitFor: WaitFor,
  gateway: TaskGateway,
  taskIds: readonly string[],
  deadline: Deadline,
  environment: RunContext,
  seen: (lives: readonly LiveTask[]) => void,
): Promise<LiveTask[]> {
  return poll(deadline, environment, async () => {
    const shown = await showAll(gateway, taskIds, deadline);
    const lives = shown.filter((live) => live !== undefined);
    seen(lives);
    const failures = lives.flatMap(statefulParts).filter((live) => waitVerdict(live, waitFor) === "failed");
    // Of a group the details of one part only may have been read: that one has the service's words.
    const failed = failures.find(({ error }) => error?.message !== undefined) ?? failures[0];
    if (failed !== undefined) {
      throw new VideoAnalysisError(
        "TASK_FAILED",
        `${describe(failed)}; it will not be ${waitFor}. Correct the cause and change \`triggers\` to run it again.`,
      );
    }
    const missing = taskIds.filter((id) => !lives.some((live) => live.id === id));
    // A new task may not be visible at once.
    if (missing.length > 0) return { waiting: `task ${missing.join(", ")} is not visible yet` };
    const unlisted = waitFor === "accepted" ? undefined : lives.find(isUnlisted);
    if (unlisted !== undefined) return { waiting: unlistedYet(unlisted) };
    const pending = lives.flatMap(statefulParts).find((live) => waitVerdict(live, waitFor) === "pending");
    return pending === undefined
      ? { done: lives }
      : { waiting: `waiting for "${waitFor}": ${describe(pending)}` };
  });
}

/**
 * Starts or stops what is not as wished, and waits until it is.
 *
 * @param insist the wish itself is new: also start tasks that ended by themselves, and stop scheduled ones
 *   outside their window
 */
export async function ensureRunState(
  desired: DesiredState,
  gateway: TaskGateway,
  taskIds: readonly string[],
  deadline: Deadline,
  environment: RunContext,
  insist: boolean,
): Promise<LiveTask[]> {
  const asked = new Map<string, LiveTask>();
  // A start takes effect later: until something moves, an answer shows the task as it was before.
  const hasMoved = (live: LiveTask, part: LiveTask): boolean => {
    const before = asked.get(live.id);
    if (before === undefined) return false;
    // The start of a group may leave alone what succeeded.
    const left = live.parts !== undefined && part.state === "SUCCEEDED";
    return left || !deepEqual(movements(before), movements(live));
  };
  return poll(deadline, environment, async () => {
    const shown = await showAll(gateway, taskIds, deadline);
    const lives = shown.filter((live) => live !== undefined);
    const unlisted = lives.find(isUnlisted);
    if (unlisted !== undefined) return { waiting: unlistedYet(unlisted) };
    const wrong = lives.filter((live) =>
      statefulParts(live).some((part) => !isAsWished(part, desired, insist, hasMoved(live, part))),
    );
    if (wrong.length === 0 && lives.length === taskIds.length) return { done: lives };
    for (const live of wrong) {
      if (asked.has(live.id) || live.state === "STOPPING" || live.state === "DELETING") continue;
      try {
        await (desired === "running" ? gateway.start(live.id, deadline) : gateway.stop(live.id, deadline));
        asked.set(live.id, live);
      } catch (error) {
        // Allowed-from states are not documented: a refused call is repeated until the state allows it.
        if (failureKind(error) !== "conflict") throw error;
      }
    }
    const [first] = wrong;
    return { waiting: `waiting for "${desired}"${first === undefined ? "" : `: ${describe(first)}`}` };
  });
}

/** By what a task, or any part of a group, shows that something happens to it. */
const movements = (live: LiveTask): unknown =>
  statefulParts(live).map(({ id, state, updatedAt }) => [id, state, updatedAt]);

function isAsWished(task: LiveTask, desired: DesiredState, insist: boolean, moved: boolean): boolean {
  if (desired === "stopped") {
    // A scheduled task that idles outside its window would run again in the next one.
    const idle = insist ? stateAlone(task) : runStateOf(task);
    return idle === undefined || isStopped(task);
  }
  if (hasEnded(task)) return moved || !insist;
  return runStateOf(task) !== "stopped";
}
