/**
 * A clock on which a pause takes a fraction of its time, and that moves on by all of it. Everything else takes the time that
 * it takes: an answer on a busy machine comes no nearer to its limit, and signatures keep the time of the emulator.
 */
import { SPEED } from "./preload";
import { type Clock, systemClock } from "../../provider/common/clock";

export function fastClock(): Clock {
  /** By how much this clock is ahead of the system's. */
  let ahead = 0;
  const clock: Clock = {
    ...systemClock,
    now: () => systemClock.now() + ahead,
    async sleep(ms, signal) {
      const end = clock.now() + ms;
      await systemClock.sleep(ms / SPEED, signal);
      // Of pauses at the same time each moves the clock only as far as its own end.
      if (!signal.aborted) ahead += Math.max(0, end - clock.now());
    },
  };
  return clock;
}
