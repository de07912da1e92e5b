/** Colours and columns of a terminal. */
import { stripVTControlCharacters, styleText } from "node:util";

export type Style = "bold" | "dim" | "green" | "magenta" | "red" | "yellow";
export type Paint = (style: Style, text: string) => string;

/** Colours where they are asked for; else where Node finds that the stream, NO_COLOR and the like allow them. */
export function painter(color: boolean | undefined, stream: NodeJS.WriteStream): Paint {
  if (color === false) return (_, text) => text;
  return (style, text) => styleText(style, text, color === true ? { validateStream: false } : { stream });
}

/** Characters that are shown, each taken for one column. */
const widthOf = (text: string): number => Array.from(stripVTControlCharacters(text)).length;

/** Pads the cells of all rows to the same columns. A line that is no row stays as it is. */
export function table(lines: readonly (string | readonly string[])[]): string[] {
  const rows = lines.filter((line) => typeof line !== "string");
  const width = (column: number): number => Math.max(0, ...rows.map((row) => widthOf(row[column] ?? "")));
  const widths = Array.from({ length: Math.max(0, ...rows.map(({ length }) => length)) }, (_, at) =>
    width(at),
  );
  const padded = (cell: string, column: number): string =>
    cell + " ".repeat((widths[column] ?? 0) - widthOf(cell));
  return lines.map((line) => (typeof line === "string" ? line : line.map(padded).join("  ").trimEnd()));
}
