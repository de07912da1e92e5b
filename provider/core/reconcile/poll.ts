/** Polls with growing, jittered intervals inside the operation's deadline. */
import type { Deadline } from "../../common/deadline";
import { failureKind, isVideoAnalysisError, problemOf, type FailureClass } from "../../common/errors";
import type { RunContext } from "../operation";

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

/** The same before any poll has succeeded: a host that never answered may not exist. */
const TRANSIENT_UNANSWERED: ReadonlySet<FailureClass> = new Set(["throttled", "server", "gateway-timeout"]);

function mayPass(error: unknown, answered: boolean, deadline: Deadline): boolean {
  const kind = failureKind(error);
  // One attempt that got no answer is not the end of the operation.
  if (kind === "timeout") return answered && !deadline.expired;
  return kind !== undefined && (answered ? TRANSIENT : TRANSIENT_UNANSWERED).has(kind);
}

/** The context of a poll. */
export interface Polling {
  readonly deadline: Deadline;
  readonly context: Pick<RunContext, "info">;
}

/**
 * Repeats a read until it gives a value. Transient failures are waited out; a timeout quotes the last one.
 *
 * @param look `waiting` asks for another round, and names the awaited state
 */
export async function poll<T>(
  { deadline, context }: Polling,
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
      context.info(`${deadline.label}: ${doing}${lastError}`);
      nextLine = clock.now() + PROGRESS_INTERVAL;
    }
    await deadline.sleep(pause * (0.5 + clock.random() / 2));
    pause = Math.min(pause * GROWTH, LONGEST_PAUSE);
  }
}

/** A request that ran into the operation's end says less than the awaited state. */
function timedOut(error: unknown, deadline: Deadline, doing: string): unknown {
  if (!isVideoAnalysisError(error) || error.code !== "TIMEOUT") return undefined;
  try {
    deadline.check(doing);
  } catch (timeout) {
    return timeout;
  }
  return undefined;
}
