/** Counts requests in fixed windows, each of which begins with its first request. */
export class QuotaWindow {
  readonly #calls: number;
  readonly #windowMs: number;
  #end = -Infinity;
  #used = 0;

  constructor(calls: number, windowMs: number) {
    this.#calls = calls;
    this.#windowMs = windowMs;
  }

  /** Counts a request. Undefined where it is within the quota, else the milliseconds until the next window. */
  admit(now: number): number | undefined {
    if (now >= this.#end) {
      this.#end = now + this.#windowMs;
      this.#used = 0;
    }
    if (this.#used >= this.#calls) return this.#end - now;
    this.#used += 1;
    return undefined;
  }
}
