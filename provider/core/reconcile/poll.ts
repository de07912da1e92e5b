/** Polls with growing, jittered intervals inside the operation's deadline. */
import type { Deadline } from "../../common/deadline";
import {
  failureKind,
  isRequestError,
  isVideoAnalysisError,
  problemOf,
  type FailureClass,
} from "../../common/errors";

/** First and longest pause between polls, in milliseconds. */
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 15_000;
const GROWTH = 1.6;
/** Least time before the first progress line and between two that differ, in milliseconds. */
const PROGRESS_INTERVAL = 10_000;
/** Least time between two lines of one state. */
const SAME_INTERVAL = 60_000;

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

/** The awaited state: in whole words for errors, and in short for the progress line. */
export interface Awaited {
  readonly waiting: string;
  readonly state?: string;
  readonly goal?: string;
}

/** Says on the way, in lines that a terminal does not cut, what an operation waits for; once more at its end. */
class ProgressLines {
  readonly #begin: number;
  #next: number;
  #said = "";

  constructor(private readonly deadline: Deadline) {
    this.#begin = deadline.clock.now();
    this.#next = this.#begin + PROGRESS_INTERVAL;
  }

  /** @param error of the last look, with the time of the next one */
  tick(
    { state, goal, waiting }: Awaited,
    error: { readonly text: string; readonly pause: number } | undefined,
  ): void {
    const now = this.deadline.clock.now();
    const what = state ?? waiting;
    const same = this.#said === what + (error?.text ?? "");
    if (now < this.#next + (same ? SAME_INTERVAL - PROGRESS_INTERVAL : 0)) return;
    const to = goal === undefined ? "" : ` → ${goal}`;
    const why = error === undefined ? "" : `; ${error.text}, next try in ${secondsOf(error.pause)} s`;
    this.deadline.status.say(`${what} ${this.#elapsed()} s${to}${why}`);
    this.#said = what + (error?.text ?? "");
    this.#next = now + PROGRESS_INTERVAL;
  }

  /** Only where a line has been said. */
  end(goal: string | undefined): void {
    if (this.#said !== "") this.deadline.status.say(`${goal ?? "done"} after ${this.#elapsed()} s`);
  }

  #elapsed(): number {
    return secondsOf(this.deadline.clock.now() - this.#begin);
  }
}

const secondsOf = (ms: number): number => Math.round(ms / 1000);

/**
 * Repeats a read until it gives a value. Transient failures are waited out; a timeout quotes the last one.
 *
 * @param look `waiting` asks for another round, and names the awaited state
 */
export async function poll<T>(
  { deadline }: { readonly deadline: Deadline },
  look: () => Promise<{ done: T } | Awaited>,
): Promise<T> {
  const { clock } = deadline;
  const lines = new ProgressLines(deadline);
  let pause = FIRST_PAUSE;
  let awaited: Awaited = { waiting: "waiting for the service" };
  let answered = false;
  let lastError: unknown;
  const doing = (): string =>
    awaited.waiting + (lastError === undefined ? "" : ` (last error: ${problemOf(lastError)})`);
  for (;;) {
    try {
      const result = await look();
      if ("done" in result) {
        lines.end(awaited.goal);
        return result.done;
      }
      awaited = result;
      answered = true;
      lastError = undefined;
    } catch (error) {
      if (!mayPass(error, answered, deadline)) {
        // Before the first answer only the request itself knows what stood in the way.
        const known = answered || lastError !== undefined;
        throw (known ? timedOut(error, deadline, doing()) : undefined) ?? error;
      }
      lastError = error;
    }
    deadline.check(doing());
    const rest = pause * (0.5 + clock.random() / 2);
    lines.tick(awaited, lastError === undefined ? undefined : { text: shortOf(lastError), pause: rest });
    await deadline.sleep(rest);
    pause = Math.min(pause * GROWTH, LONGEST_PAUSE);
  }
}

/** The status of an answer, or that there was none. */
function shortOf(error: unknown): string {
  const status = isRequestError(error) ? error.failure.status : undefined;
  return status === undefined ? "no answer" : `answered ${status}`;
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
