/** The age of a thing, in its largest unit. */

const UNITS = [
  ["y", 365 * 24 * 3600],
  ["d", 24 * 3600],
  ["h", 3600],
  ["min", 60],
  ["s", 1],
] as const;

/** `3 d`; empty for what is no time. */
export function ageOf(time: unknown, now: number): string {
  const seconds = typeof time === "string" ? Math.max(0, Math.floor((now - Date.parse(time)) / 1000)) : NaN;
  if (Number.isNaN(seconds)) return "";
  const [unit, size] = UNITS.find(([, length]) => seconds >= length) ?? (["s", 1] as const);
  return `${Math.floor(seconds / size)} ${unit}`;
}
