/** Time and chance as the transport sees them; replaced in tests, so that none of them sleeps or gambles. */
import type { Deadline } from "../common/deadline";

export interface Clock {
  /** Milliseconds that never go back. */
  now(): number;
  /** Milliseconds since 1970. */
  wall(): number;
  /** Never sleeps past the deadline; returns early when the process is told to stop. */
  sleep(ms: number, deadline: Deadline): Promise<void>;
  /** A number from 0 up to, not including, 1. */
  random(): number;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  wall: () => Date.now(),
  sleep: (ms, deadline) => deadline.sleep(ms),
  random: () => Math.random(),
};
