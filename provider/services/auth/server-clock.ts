/** The time that signatures are dated with: this machine's, corrected once a service has said that it is wrong. */
import type { Clock } from "../../common/clock";

/**
 * A smaller difference is no reason for a refusal: the gateway accepts 15 minutes, and the header `Date` counts whole
 * seconds of the time at which the answer was made.
 */
export const CLOCK_TOLERANCE_MS = 60_000;

export class ServerClock {
  readonly #clock: Pick<Clock, "wall">;
  #offset = 0;

  constructor(clock: Pick<Clock, "wall">) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.wall() + this.#offset;
  }

  /**
   * Follows the server's clock from now on. False where it agrees with the refused date: then that was not the reason.
   * The clock may have been corrected since that date, after the refusal of another request.
   */
  adjust(serverDate: number, refusedDate: number): boolean {
    if (Math.abs(serverDate - refusedDate) <= CLOCK_TOLERANCE_MS) return false;
    this.#offset = serverDate - this.#clock.wall();
    return true;
  }
}
