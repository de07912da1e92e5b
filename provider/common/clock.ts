/** Time and chance: an operation measures, waits and draws by the clock that it runs with, and by nothing else. */
import { setTimeout as delay } from "node:timers/promises";

export interface Clock {
  /** Milliseconds that never go back. */
  now(): number;
  /** Milliseconds since 1970. */
  wall(): number;
  /** A pause; ends early, and without an error, when the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /**
   * Bounds work in time: calls back when that much time has passed.
   *
   * @returns cancels the call
   */
  after(ms: number, callback: () => void): () => void;
  /** A number from 0 up to, not including, 1. */
  random(): number;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  wall: () => Date.now(),
  async sleep(ms, signal) {
    try {
      await delay(ms, undefined, { signal });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  },
  after(ms, callback) {
    // Timers count whole milliseconds, and may run a fraction of one early: one more, so that `now` says the same.
    const timer = setTimeout(callback, Math.ceil(ms) + 1);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};

/** Name of a test's clock among the globals of its process; no configuration and no environment variable sets it. */
export const CLOCK_OF_PROCESS = Symbol.for("pulumi-video-analysis.clock");

/** The clock of this process: the system's, unless code that ran before this package has put another one in place. */
export function processClock(): Clock {
  const replacement: unknown = Reflect.get(globalThis, CLOCK_OF_PROCESS);
  return replacement === undefined ? systemClock : (replacement as Clock);
}
