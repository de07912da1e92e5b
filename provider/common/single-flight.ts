/** One piece of work shared by all who ask for it while it runs. */
import type { Deadline } from "./deadline";
import { isVideoAnalysisError } from "./errors";

interface Flight<T> {
  readonly owner: Deadline;
  readonly result: Promise<T>;
}

/** Waits for a result no longer than the deadline lasts; the work itself goes on for others. */
async function within<T>(result: Promise<T>, deadline: Deadline, doing: string): Promise<T> {
  let stop: () => void = () => undefined;
  const expired = new Promise<"expired">((resolve) => {
    const expire = (): void => resolve("expired");
    const timer = setTimeout(expire, deadline.remaining());
    deadline.signal.addEventListener("abort", expire);
    stop = () => {
      clearTimeout(timer);
      deadline.signal.removeEventListener("abort", expire);
    };
  });
  try {
    const first = await Promise.race([result.then((value) => ({ value })), expired]);
    if (first !== "expired") return first.value;
    for (;;) {
      deadline.check(doing);
      // Timers count whole milliseconds, so that one may have run a fraction of one early.
      await deadline.sleep(1);
    }
  } finally {
    stop();
  }
}

/**
 * Runs work once for all concurrent callers. Nothing is remembered afterwards, least of all a failure. Where
 * the caller that started the work ran out of time, those with time left start it again under their own deadline.
 */
export class SingleFlight<T> {
  #flight: Flight<T> | undefined;

  async run(deadline: Deadline, doing: string, work: () => Promise<T>): Promise<T> {
    for (;;) {
      deadline.check(doing);
      const flight = this.#flight ?? this.#start(deadline, work);
      try {
        return await within(flight.result, deadline, doing);
      } catch (error) {
        const ownersTimeout = isVideoAnalysisError(error) && error.code === "TIMEOUT";
        if (flight.owner === deadline || deadline.expired || !ownersTimeout) throw error;
      }
    }
  }

  #start(owner: Deadline, work: () => Promise<T>): Flight<T> {
    const flight: Flight<T> = {
      owner,
      result: work().finally(() => {
        if (this.#flight === flight) this.#flight = undefined;
      }),
    };
    // A caller whose deadline ends first no longer listens; its failure is then nobody's.
    flight.result.catch(() => undefined);
    this.#flight = flight;
    return flight;
  }
}
