/** Time that passes by waiting for it: pauses of the code under test end at once and move its clock on. */
import timers from "node:timers/promises";

export class VirtualTime {
  /** Pauses in milliseconds, in their order. */
  readonly pauses: number[] = [];
  /** Called after each pause, to change the world meanwhile. */
  onPause: (passed: number) => void = () => undefined;
  #passed = 0;

  get passed(): number {
    return this.#passed;
  }

  pause(ms: number): void {
    this.pauses.push(ms);
    this.#passed += ms;
    this.onPause(this.#passed);
  }
}

/** Installs virtual time for every test of the surrounding `describe`. */
export function virtualTime(): () => VirtualTime {
  let time = new VirtualTime();
  const realDelay = timers.setTimeout;
  const realNow = performance.now.bind(performance);
  beforeEach(() => {
    time = new VirtualTime();
    const start = realNow();
    timers.setTimeout = ((ms = 0, value?: unknown, options?: { signal?: AbortSignal }) => {
      if (options?.signal?.aborted === true) return Promise.reject(new Error("aborted"));
      time.pause(ms);
      return Promise.resolve(value);
    }) as typeof timers.setTimeout;
    performance.now = () => start + time.passed;
  });
  afterEach(() => {
    timers.setTimeout = realDelay;
    Reflect.deleteProperty(performance, "now");
  });
  return () => time;
}
