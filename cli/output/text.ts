/** Texts and values for people. */
import { UNPRINTABLE } from "../../provider/common/printable";

/** A text in one line, every character of it visible. */
export function visible(text: string): string {
  return text
    .replace(/\s*[\r\n]+\s*/g, " ")
    .replace(UNPRINTABLE, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** One side of a change: JSON, or a dash where there is no such property. */
export function printed(value: unknown): string {
  return value === undefined ? "—" : visible(JSON.stringify(value));
}

/** At most `length` characters; a longer text ends in an ellipsis. */
export function shortened(text: string, length: number): string {
  const characters = Array.from(text);
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join("")}…`;
}
