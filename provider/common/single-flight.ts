/** One piece of work, shared by all callers while it runs. */
import type { Deadline } from "./deadline";
import { isVideoAnalysisError } from "./errors";

interface Flight<T> {
  readonly owner: Deadline;
  readonly result: Promise<T>;
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
        return await deadline.within(flight.result, doing);
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
    // Where the deadlines of all callers end first, its failure has no listener.
    flight.result.catch(() => undefined);
    this.#flight = flight;
    return flight;
  }
}
