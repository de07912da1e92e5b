/** A clock that passes without waiting. */
import { type Clock, systemClock } from "../../provider/common/clock";
import { Deadline } from "../../provider/common/deadline";

/** Pauses end at once and move it on, and so does the end of a limit, which takes its time. */
export class FakeClock implements Clock {
  /** Pauses in milliseconds, in their order. */
  readonly sleeps: number[] = [];
  /** The random number; 0 leaves out jitter. */
  chance = 0;
  /** Called after each pause, to change the world meanwhile. */
  onSleep: (passed: number) => void = () => undefined;
  #passed = 0;

  now(): number {
    return this.#passed;
  }

  wall(): number {
    return Date.parse("2026-01-01T00:00:00Z") + this.#passed;
  }

  random(): number {
    return this.chance;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    this.sleeps.push(ms);
    this.pass(ms);
    this.onSleep(this.#passed);
    return Promise.resolve();
  }

  after(ms: number, callback: () => void): () => void {
    const end = this.#passed + ms;
    return systemClock.after(ms, () => {
      this.#passed = Math.max(this.#passed, end);
      callback();
    });
  }

  /** Moves the clock on. */
  pass(ms: number): void {
    this.#passed += ms;
  }

  deadline(ms = 60_000, signal: AbortSignal = new AbortController().signal): Deadline {
    return new Deadline("create of task-test", ms, { clock: this, signal });
  }
}
