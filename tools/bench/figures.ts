/** A measured figure, with the target it has to meet, if there is one. */

/** `x` is a ratio; the others are counts and sizes, and `ms` is for information and for the one target in it. */
export type Unit = "x" | "calls" | "bytes" | "MiB" | "ms";

export interface Target {
  readonly atMost?: number;
  readonly atLeast?: number;
}

export interface Figure {
  /** Number of the group in the list of groups (docs/performance.md). */
  readonly group: number;
  /** The measured quantity, such as `up against the floor`. */
  readonly name: string;
  /** How many resources it was measured with; absent where the number plays no part. */
  readonly size?: number;
  readonly value: number;
  readonly unit: Unit;
  readonly target?: Target;
  /** Whether the target is met; absent without one. */
  readonly met?: boolean;
  /** The samples behind the value: by side, one value a round, in the order of the rounds. */
  readonly samples?: Readonly<Record<string, readonly number[]>>;
}

export function meets(value: number, { atMost = Infinity, atLeast = -Infinity }: Target): boolean {
  return value <= atMost && value >= atLeast;
}

/** Judges a figure by its target, by the rounded value that is printed. */
export function figure(raw: Omit<Figure, "met">): Figure {
  const value = rounded(raw.value);
  const judged = { ...raw, value };
  return raw.target === undefined ? judged : { ...judged, met: meets(value, raw.target) };
}

/** Digits behind the point that a figure is good for. */
const DIGITS = 3;

function rounded(value: number): number {
  return Number(value.toFixed(DIGITS));
}
