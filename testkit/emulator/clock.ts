/** `auto` follows the wall clock; `manual` stands still until it is advanced. */
export type ClockMode = "auto" | "manual";

/** How the clock starts. */
export interface ClockOptions {
  mode?: ClockMode;
  /** First reading, in epoch milliseconds or RFC 3339. Default: the wall clock, on a manual clock 2025-01-01. */
  start?: number | string;
}

/** A manual clock starts on a fixed day so that timestamps repeat from run to run. */
const MANUAL_START = Date.UTC(2025, 0, 1);

/** The emulator's only source of time; token expiry, task states and the Date header all follow it. */
export class Clock {
  readonly mode: ClockMode;
  readonly #wallStart: number;
  readonly #start: number;
  #advanced = 0;

  constructor(options: ClockOptions = {}) {
    this.mode = options.mode ?? "auto";
    this.#wallStart = Date.now();
    const start = typeof options.start === "string" ? Date.parse(options.start) : options.start;
    if (start !== undefined && !Number.isFinite(start)) {
      throw new RangeError(`clock.start ${JSON.stringify(options.start)} is no point in time; use RFC 3339`);
    }
    this.#start = start ?? (this.mode === "manual" ? MANUAL_START : this.#wallStart);
  }

  /** The current time in epoch milliseconds. */
  now(): number {
    const elapsed = this.mode === "auto" ? Date.now() - this.#wallStart : 0;
    return this.#start + this.#advanced + elapsed;
  }

  /** Moves time forward; states and token lifetimes that end within the span have ended afterwards. */
  advance(ms: number): void {
    if (!Number.isFinite(ms) || ms < 0) throw new RangeError("advance needs a number of milliseconds >= 0");
    this.#advanced += ms;
  }

  /** Takes back all advances. */
  reset(): void {
    this.#advanced = 0;
  }
}

/** RFC 3339 with whole seconds and `Z`, the form of the documented task examples. */
export function toSeconds(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, "Z");
}

/** RFC 3339 with microseconds and `Z`, the form of IAM's `expires_at`. */
export function toMicroseconds(ms: number): string {
  return new Date(ms).toISOString().replace(/(\.\d{3})Z$/, "$1000Z");
}
