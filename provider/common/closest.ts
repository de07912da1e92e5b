/** Suggestions for misspelt names. */

/** Longest edit distance at which another name is suggested. */
const MAX_DISTANCE = 3;

/** The nearest of the known names; undefined where none is near. */
export function closest(name: string, known: Iterable<string>): string | undefined {
  const ranked = [...known]
    .map((other): [number, string] => [distance(name.toLowerCase(), other.toLowerCase()), other])
    .filter(([steps, other]) => steps <= Math.min(MAX_DISTANCE, Math.floor(other.length / 2)))
    .sort(([a], [b]) => a - b);
  return ranked[0]?.[1];
}

/** Edit distance in which two neighbours that changed places are one error (optimal string alignment). */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        at(i - 1, j - 1) + same,
        swapped ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
  }
  return at(a.length, b.length);
}
