/** A clock that moves on when everything else waits: pauses that overlap take their time together, and no real time. */
import { setImmediate } from "node:timers/promises";
import type { Deadline } from "../../provider/common/deadline";
import { FakeClock } from "./fake-clock";

/** Turns of the event loop in which promises that wait for each other settle. */
const TURNS = 4;

export class VirtualClock extends FakeClock {
  #timers: { readonly at: number; readonly callback: () => void }[] = [];

  override sleep(ms: number, signal: AbortSignal): Promise<void> {
    this.sleeps.push(ms);
    return new Promise((resolve) => {
      this.after(ms, resolve);
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
  }

  override after(ms: number, callback: () => void): () => void {
    const timer = { at: this.now() + ms, callback };
    this.#timers.push(timer);
    return () => (this.#timers = this.#timers.filter((other) => other !== timer));
  }

  /** A pause of the world, and not of the code under test. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  override deadline(ms = 3_600_000): Deadline {
    return super.deadline(ms);
  }

  /** Runs work to its end. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const state = { isOver: false };
    const running = work().finally(() => (state.isOver = true));
    running.catch(() => undefined);
    for (;;) {
      for (let turn = 0; turn < TURNS; turn += 1) await setImmediate();
      if (state.isOver) return running;
      const [next] = this.#timers.sort((one, other) => one.at - other.at);
      if (next === undefined) throw new Error("nothing that runs waits for the clock");
      this.#timers.shift();
      this.pass(Math.max(0, next.at - this.now()));
      next.callback();
    }
  }
}
