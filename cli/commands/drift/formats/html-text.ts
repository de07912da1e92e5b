/** Texts and values in HTML. */
import { printed, visible } from "../../../output/text";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export const escaped = (text: string): string =>
  visible(text).replace(/[&<>"']/g, (char) => ENTITIES[char] ?? "");

/** Places at which ids, paths and addresses may break, so that no word of them does. */
export const breakable = (text: string): string =>
  visible(text)
    .split(/(?<=[/:,;?&=.@_])|(?=[-[])/)
    .map(escaped)
    .join("<wbr>");

/** Longer words of a sentence are ids and addresses, which may break. */
const LONG_WORD = 30;

export const prose = (text: string): string =>
  text
    .split(" ")
    .map((word) => (word.length > LONG_WORD ? breakable(word) : escaped(word)))
    .join(" ");

export const code = (text: string): string => `<code>${breakable(text)}</code>`;

/** Shorter values are read faster whole. */
const LONG = 40;

/** A shared beginning or end that is longer is cut to half of this. */
const CONTEXT = 80;

/** Both sides of a change; of long ones what they share is cut short, and what differs is marked. */
export function sidesOf(recorded: unknown, live: unknown): readonly [string, string] {
  const [before, after] = [Array.from(printed(recorded)), Array.from(printed(live))];
  const whole = [before, after].map((text) => breakable(text.join(""))) as [string, string];
  if (Math.min(before.length, after.length) < LONG) return whole;
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  if (start + end < LONG / 2) return whole;
  const marked = (text: readonly string[]): string => {
    const head = text.slice(0, start);
    const tail = text.slice(text.length - end);
    const middle = text.slice(start, text.length - end).join("");
    const lead = head.length > CONTEXT ? `…${head.slice(-CONTEXT / 2).join("")}` : head.join("");
    const rest = tail.length > CONTEXT ? `${tail.slice(0, CONTEXT / 2).join("")}…` : tail.join("");
    return `${breakable(lead)}<mark>${middle === "" ? "∅" : breakable(middle)}</mark>${breakable(rest)}`;
  };
  return [marked(before), marked(after)];
}

export const timeOf = (time: string, dateOnly = false): string =>
  `<time datetime="${escaped(time)}"${dateOnly ? ' data-day=""' : ""}>${escaped(
    dateOnly ? time.slice(0, "2026-12-31".length) : `${time.slice(0, 16).replace("T", " ")} UTC`,
  )}</time>`;
