/** Limits the requests to one host: how many run at once, and when the next one may start. */
import type { Clock } from "../../common/clock";
import type { Deadline } from "../../common/deadline";
import { backoff, THROTTLED_BASE_MS } from "./backoff";
import type { AttemptFailure } from "./parse-result";
import { RetryBudget } from "./retry-budget";

/** Thrown where the gate opens only after the deadline. */
export class GateTooLate extends Error {
  constructor(readonly waitMs: number) {
    super(`the host asks to wait ${Math.ceil(waitMs / 1000)} s`);
    this.name = "GateTooLate";
  }
}

export class HostLimiter {
  readonly budget = new RetryBudget();
  readonly #clock: Clock;
  #maxConcurrency: number;
  readonly #queue = new Set<() => void>();
  #active = 0;
  #openAt = 0;
  /** Throttling answers in a row, each after the gate had opened again. */
  #streak = 0;

  constructor(maxConcurrency: number, clock: Clock) {
    this.#maxConcurrency = maxConcurrency;
    this.#clock = clock;
  }

  /** Lowers the number of requests at a time: of several settings for one host the most careful one counts. */
  limitTo(maxConcurrency: number): void {
    this.#maxConcurrency = Math.min(this.#maxConcurrency, maxConcurrency);
  }

  /** Milliseconds until the gate opens; 0 where it is open. */
  get opensInMs(): number {
    return Math.max(0, this.#openAt - this.#clock.now());
  }

  /** Runs one attempt when the gate is open and a place is free. */
  async run<T>(deadline: Deadline, doing: string, attempt: () => Promise<T>): Promise<T> {
    await this.#enter(deadline, doing);
    try {
      return await attempt();
    } finally {
      this.#active -= 1;
      this.#wake();
    }
  }

  /** @param lastCost what the request's last retry cost, where it needed any */
  succeeded(lastCost: number | undefined): void {
    this.#reopen();
    this.budget.succeeded(lastCost);
  }

  failed({ action, status, retryAfterMs }: AttemptFailure): void {
    if (action === "throttle") this.#throttle(retryAfterMs);
    else if (status !== undefined) this.#reopen();
  }

  /** Closes the gate for every request to the host; of those already under way the first one decides. */
  #throttle(retryAfterMs: number | undefined): void {
    const now = this.#clock.now();
    if (now >= this.#openAt) {
      // Some jitter comes on top of what the host asks for: other clients were given the same time, and a host
      // that keeps asking for no wait at all must not be hammered.
      const doublings = retryAfterMs === undefined ? this.#streak : 0;
      const jitter = backoff(doublings, THROTTLED_BASE_MS, this.#clock.random());
      this.#openAt = now + (retryAfterMs ?? 0) + jitter;
      this.#streak += 1;
    } else if (retryAfterMs !== undefined) {
      this.#openAt = Math.max(this.#openAt, now + retryAfterMs);
    }
  }

  /**
   * Any answer but a throttling one lets the full number of requests run again; one that was under way before
   * the gate closed does not count.
   */
  #reopen(): void {
    if (this.#streak === 0 || this.#clock.now() < this.#openAt) return;
    this.#streak = 0;
    this.#wake();
  }

  /** After throttling one request tries the host alone: the others would only be refused with it. */
  get #limit(): number {
    return this.#streak > 0 ? 1 : this.#maxConcurrency;
  }

  async #enter(deadline: Deadline, doing: string): Promise<void> {
    try {
      for (;;) {
        deadline.check(doing);
        const wait = this.opensInMs;
        if (wait > deadline.remaining()) throw new GateTooLate(wait);
        if (wait > 0) {
          await deadline.sleep(wait);
        } else if (this.#active < this.#limit) {
          this.#active += 1;
          return;
        } else {
          await this.#turn(deadline, doing);
        }
      }
    } catch (error) {
      // This one may have been woken for a place that it no longer takes.
      this.#wake();
      throw error;
    }
  }

  /** Waits in the queue; one whose deadline ends leaves it. */
  async #turn(deadline: Deadline, doing: string): Promise<void> {
    let leave = (): void => undefined;
    const turn = new Promise<void>((resolve) => {
      this.#queue.add(resolve);
      leave = () => void this.#queue.delete(resolve);
    });
    await deadline.within(turn, doing).finally(leave);
  }

  /** First come, first served: a set keeps the order of arrival. */
  #wake(): void {
    const free = Math.max(0, this.#limit - this.#active);
    for (const admit of [...this.#queue].slice(0, free)) {
      this.#queue.delete(admit);
      admit();
    }
  }
}

/** One limiter for each host, which all requests to it pass. */
export class HostLimiters {
  readonly #limiters = new Map<string, HostLimiter>();

  /** @param name host name and port */
  get(name: string, maxConcurrency: number, clock: Clock): HostLimiter {
    const known = this.#limiters.get(name);
    known?.limitTo(maxConcurrency);
    const limiter = known ?? new HostLimiter(maxConcurrency, clock);
    this.#limiters.set(name, limiter);
    return limiter;
  }
}
