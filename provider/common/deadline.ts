/** The end of an operation: one budget for looks, gates, retries and waiting. */
import { setMaxListeners } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { VideoAnalysisError } from "./errors";

/** Every wait of every running operation listens to the one signal of the process; Node warns above ten. */
const UNLIMITED_LISTENERS = 0;

/** Node's timers end at once beyond this many milliseconds (2^31 - 1, about 24 days). */
const LONGEST_TIMER = 2_147_483_647;

export class Deadline {
  readonly #end: number;

  /**
   * @param label what runs out of time, for the error ("create of task-test")
   * @param ms budget in milliseconds
   * @param signal aborted when the process is told to stop
   */
  constructor(
    readonly label: string,
    readonly ms: number,
    readonly signal: AbortSignal,
  ) {
    this.#end = performance.now() + Math.min(ms, LONGEST_TIMER);
    setMaxListeners(UNLIMITED_LISTENERS, signal);
  }

  remaining(): number {
    return Math.max(0, this.#end - performance.now());
  }

  get expired(): boolean {
    return this.remaining() === 0 || this.signal.aborted;
  }

  /** Throws `TIMEOUT` when the budget is used up or the process is stopping. */
  check(doing: string): void {
    if (this.signal.aborted) {
      throw new VideoAnalysisError(
        "TIMEOUT",
        `${this.label} was interrupted while ${doing}. Run \`pulumi up\` again.`,
      );
    }
    if (this.remaining() === 0) {
      throw new VideoAnalysisError(
        "TIMEOUT",
        `${this.label} took longer than ${Math.round(this.ms / 1000)} s while ${doing}. ` +
          "Raise `timeouts` (or `customTimeouts`) of the resource, or run `pulumi up` again.",
      );
    }
  }

  /** Sleeps, but never past the end; returns early and silently when aborted, so call `check` after it. */
  async sleep(ms: number): Promise<void> {
    try {
      await delay(Math.min(ms, this.remaining()), undefined, { signal: this.signal });
    } catch (error) {
      if (!this.signal.aborted) throw error;
    }
  }

  /** The value of work that belongs to another operation, but not past the end of this one. */
  async within<T>(work: Promise<T>, doing: string): Promise<T> {
    const over = new AbortController();
    const end = delay(this.remaining(), undefined, {
      signal: AbortSignal.any([this.signal, over.signal]),
    }).catch(() => undefined);
    try {
      return await Promise.race([
        work,
        end.then((): never => {
          this.check(doing);
          throw new VideoAnalysisError("TIMEOUT", `${this.label} ended while ${doing}.`);
        }),
      ]);
    } finally {
      over.abort();
    }
  }
}
