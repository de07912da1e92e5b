/** The few statistics that the bench needs. */

/** The middle value; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)];
  const lower = sorted[Math.ceil(middle) - 1];
  if (upper === undefined || lower === undefined) throw new RangeError("a median needs at least one value");
  return (lower + upper) / 2;
}

/**
 * How many times as much one side took: the median over the rounds of the ratio in each. Both sides of a round ran
 * right after each other, so that a machine which slows down meanwhile slows both.
 */
export function medianRatio(ours: readonly number[], theirs: readonly number[]): number {
  if (ours.length !== theirs.length) throw new RangeError("both sides need a value in each round");
  return median(ours.map((value, round) => value / (theirs[round] ?? Number.NaN)));
}

/** The variants in the order of a round: every second round begins at the other end. */
export function orderOf<T>(variants: readonly T[], round: number): readonly T[] {
  return round % 2 === 0 ? variants : [...variants].reverse();
}
