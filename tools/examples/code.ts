/** Code that is laid out as formatters do it: in one line where it fits, else each part in a line of its own. */

/** A line of a program, or brackets with parts in them. */
export type Code = string | Brackets;

export interface Brackets {
  readonly open: string;
  readonly close: string;
  /** Each with what stands before it: `url: `. */
  readonly parts: readonly (readonly [label: string, part: Code])[];
  /** Space inside the brackets of one line. */
  readonly padding?: string;
}

export interface Layout {
  readonly width: number;
  readonly indent: number;
}

/**
 * @param before what stands before the code in its line
 * @param after what stands behind it
 */
export function laidOut(code: Code, layout: Layout, { before = "", after = "", depth = 0 } = {}): string {
  const line = inOneLine(code);
  const start = " ".repeat(depth * layout.indent);
  if (typeof code === "string" || start.length + before.length + line.length + after.length <= layout.width)
    return `${start}${before}${line}${after}\n`;
  return broken(code, layout, { before, after, depth });
}

/** With the outermost brackets in several lines in any case. */
export function broken(
  { open, close, parts }: Brackets,
  layout: Layout,
  { before = "", after = "", depth = 0 } = {},
): string {
  const start = " ".repeat(depth * layout.indent);
  const lines = parts.map(([label, part]) =>
    laidOut(part, layout, { before: label, after: ",", depth: depth + 1 }),
  );
  return `${start}${before}${open}\n${lines.join("")}${start}${close}${after}\n`;
}

function inOneLine(code: Code): string {
  if (typeof code === "string") return code;
  const { open, close, parts, padding = "" } = code;
  return `${open}${padding}${parts.map(([label, part]) => label + inOneLine(part)).join(", ")}${padding}${close}`;
}
