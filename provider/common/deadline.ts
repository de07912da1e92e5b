/** The end of an operation: one budget for looks, gates, retries and waiting. */
import { setMaxListeners } from "node:events";
import { limited, onAbort } from "./abort";
import type { Clock } from "./clock";
import { VideoAnalysisError } from "./errors";
import { StatusLines } from "./status-lines";

/** Every wait of every running operation listens to the one signal of the process; Node warns above ten. */
const UNLIMITED_LISTENERS = 0;

/** Node's timers end at once beyond 2^31 - 1 milliseconds, a little more than these 24 days. */
const LONGEST_MS = 24 * 24 * 60 * 60 * 1000;

/** Clock and signal of an operation, and what it says meanwhile. */
export interface Waiting {
  readonly clock: Clock;
  /** Aborted when the process is stopped. */
  readonly signal: AbortSignal;
  /** Silent by default. */
  readonly status?: StatusLines;
}

export class Deadline implements Waiting {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly status: StatusLines;
  readonly #end: number;

  /**
   * @param label names the operation in errors ("create of task-test")
   * @param ms budget in milliseconds
   */
  constructor(
    readonly label: string,
    readonly ms: number,
    { clock, signal, status = new StatusLines(() => undefined) }: Waiting,
  ) {
    this.clock = clock;
    this.signal = signal;
    this.status = status;
    this.#end = clock.now() + Math.min(ms, LONGEST_MS);
    setMaxListeners(UNLIMITED_LISTENERS, signal);
  }

  remaining(): number {
    return Math.max(0, this.#end - this.clock.now());
  }

  /** One for the first half of the remaining time; the other half is for another way. */
  half(): Deadline {
    return new Deadline(this.label, this.remaining() / 2, this);
  }

  get expired(): boolean {
    return this.remaining() === 0 || this.signal.aborted;
  }

  /** Throws `TIMEOUT` when the budget is used up or the process is stopping. */
  check(doing: string): void {
    if (this.expired) throw this.#timeout(doing);
  }

  /** Sleeps, but never past the end; returns early and silently when aborted, so call `check` after it. */
  async sleep(ms: number): Promise<void> {
    await this.clock.sleep(Math.min(ms, this.remaining()), this.signal);
  }

  /** Runs work whose signal is aborted after `ms`, at the end, or when the process is stopped. */
  limited<T>(work: (over: AbortSignal) => Promise<T>, ms = Infinity): Promise<T> {
    const { clock, signal } = this;
    return limited({ clock, ms: Math.min(ms, this.remaining()), signal }, work);
  }

  /** The value of work that others share, but not past the end of this deadline: `TIMEOUT` then. */
  within<T>(work: Promise<T>, doing: string): Promise<T> {
    return this.limited(
      (over) =>
        new Promise((resolve, reject) => {
          onAbort(over, () => reject(this.#timeout(doing)));
          work.then(resolve, reject);
        }),
    );
  }

  #timeout(doing: string): VideoAnalysisError {
    const why = this.signal.aborted
      ? `${this.label} was interrupted while ${doing}. Run \`pulumi up\` again.`
      : `${this.label} took longer than ${Math.round(this.ms / 1000)} s while ${doing}. ` +
        "Raise `timeouts` (or `customTimeouts`) of the resource, or run `pulumi up` again.";
    return new VideoAnalysisError("TIMEOUT", why);
  }
}
