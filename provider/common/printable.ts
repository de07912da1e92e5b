/** Texts of services on their way to a terminal. */

/** Control characters, and those that change the direction of the text around them or do not show at all. */
export const UNPRINTABLE =
  // eslint-disable-next-line no-control-regex -- these are what it is for
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Line breaks and tabs do no harm to a terminal. */
const LAYOUT: ReadonlySet<string> = new Set(["\n", "\t"]);

/**
 * The text with every such character as its escape (`\u001b`), which means the same inside of JSON and of a program's
 * strings. Line breaks and tabs stay.
 */
export function printable(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .replace(UNPRINTABLE, (char) =>
      LAYOUT.has(char) ? char : `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
}

/** Makes the texts of any error printable. */
export function makePrintable<T>(error: T): T {
  if (!(error instanceof Error) || !Object.isExtensible(error)) return error;
  for (const key of ["message", "stack"] as const) {
    // Some errors of the runtime have these as getters.
    const value = printable(error[key] ?? "");
    if (value !== error[key])
      Object.defineProperty(error, key, { value, writable: true, configurable: true });
  }
  return error;
}
