/*
 * Loaded with `-r` into processes of the package under test; a plain module without exports. There a pause takes a
 * fraction of its time, and the clock moves on by all of it. Everything else takes the time that it takes: an answer
 * on a busy machine comes no nearer to its limit, and signatures keep the time of the emulator.
 */
import { SPEED } from "./preload";
import { CLOCK_OF_PROCESS, type Clock, systemClock } from "../../provider/common/clock";

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

Object.defineProperty(globalThis, CLOCK_OF_PROCESS, { value: clock });
