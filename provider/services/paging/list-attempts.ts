/** Attempts to read a list for all who wait for it: each may fall back to a call of its own. */
import type { Clock } from "../../common/clock";
import type { Deadline } from "../../common/deadline";
import { failureKind, isVideoAnalysisError } from "../../common/errors";
import type { SingleFlight } from "../../common/single-flight";

/** How long lists are left alone after one that failed, or did not help, in milliseconds; requests repeat what may pass sooner. */
const PAUSE_MS = 60_000;

export const LISTING = "listing the tasks of the service";

export class ListAttempts {
  readonly #clock: Clock;
  #noneBefore = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isPaused(): boolean {
    return this.#clock.now() < this.#noneBefore;
  }

  pause(): void {
    this.#noneBefore = this.#clock.now() + PAUSE_MS;
  }

  /** A list of an earlier period may have failed while one of this one was read. */
  resume(): void {
    this.#noneBefore = 0;
  }

  /**
   * Reads a list once for all who wait. Where that fails a show may still answer, and says more where not.
   *
   * @throws what no show can mend either: `TIMEOUT` at the own deadline, and refused credentials
   */
  async run(
    flight: SingleFlight<void>,
    deadline: Deadline,
    read: (budget: Deadline) => Promise<void>,
  ): Promise<void> {
    // The rest of the time is for the show.
    const budget = deadline.half();
    try {
      await flight.run(budget, LISTING, () => this.#unlessPaused(budget, read));
    } catch (error) {
      deadline.check(LISTING);
      if (!isVideoAnalysisError(error) || failureKind(error) === "unauthenticated") throw error;
      this.pause();
    }
  }

  /** Those who wait for a list that got no answer in time do not try one after the other, each at its length. */
  async #unlessPaused(budget: Deadline, read: (budget: Deadline) => Promise<void>): Promise<void> {
    if (this.isPaused) return;
    try {
      await read(budget);
    } catch (error) {
      if (!budget.expired) this.pause();
      throw error;
    }
  }
}
