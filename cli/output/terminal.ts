/** Colours, columns and lines of a terminal. */
import { stripVTControlCharacters, styleText } from "node:util";

export type Style = "bold" | "dim" | "green" | "magenta" | "red" | "yellow";
export type Paint = (style: Style, text: string) => string;

/** Colours where they are asked for; else where Node finds that the stream, NO_COLOR, FORCE_COLOR and the like allow them. */
export function painter(color: boolean | undefined, stream: NodeJS.WriteStream): Paint {
  if (color === false) return (_, text) => text;
  return (style, text) => styleText(style, text, color === true ? { validateStream: false } : { stream });
}

/** Columns of a terminal. Files and pipes have lines of any length, so that tools find a row in one. */
export const columnsOf = ({ isTTY, columns }: Pick<NodeJS.WriteStream, "isTTY" | "columns">): number =>
  isTTY && columns > 0 ? columns : Infinity;

/** Characters that are shown, each taken for one column. */
const widthOf = (text: string): number => Array.from(stripVTControlCharacters(text)).length;

/** Space between two columns. */
const GAP = "  ";

/** A column that is narrower, or narrower than one of its words, has its texts below the rows instead. */
const NARROWEST = 30;

/** Indent of a text below its row. */
const BELOW = "    ";

/**
 * Lines of whole words, the first as it stands and the others behind an indent. A word that is longer than a line stays
 * whole, so that it can be copied.
 */
export function wrapped(text: string, width: number, indent = ""): string[] {
  const lines: string[] = [];
  let line: string | undefined;
  for (const word of text.split(" ")) {
    const longer: string = line === undefined ? word : `${line} ${word}`;
    if (line === undefined || line.trim() === "" || widthOf(longer) <= width) line = longer;
    else {
      lines.push(line);
      line = indent + word;
    }
  }
  return line === undefined ? lines : [...lines, line];
}

/**
 * Pads the cells of all rows to the same columns; of rows that are wider than the terminal the last cell is wrapped. A line
 * that is no row is wrapped behind an indent of its own.
 */
export function table(lines: readonly (string | readonly string[])[], width = Infinity): string[] {
  const rows = lines.filter((line) => typeof line !== "string");
  const widest = (column: number): number => Math.max(0, ...rows.map((row) => widthOf(row[column] ?? "")));
  const widths = Array.from({ length: Math.max(0, ...rows.map(({ length }) => length)) }, (_, at) =>
    widest(at),
  );
  const padded = (cell: string, column: number): string =>
    cell + " ".repeat((widths[column] ?? 0) - widthOf(cell));
  const start = widths.slice(0, -1).reduce((sum, one) => sum + one + GAP.length, 0);
  const words = rows.flatMap((row) => (row.length < widths.length ? [] : (row.at(-1) ?? "").split(" ")));
  const least = Math.max(NARROWEST, ...words.map(widthOf));
  return lines.flatMap((line) => {
    if (typeof line === "string") return wrapped(line, width, (/^ */.exec(line)?.[0] ?? "") + GAP);
    const whole = line.map(padded).join(GAP).trimEnd();
    const last = line.length < widths.length ? "" : (line.at(-1) ?? "");
    if (widthOf(whole) <= width || last === "") return [whole];
    const others = line.slice(0, -1).map(padded).join(GAP);
    if (width - start < least) return [others.trimEnd(), ...wrapped(BELOW + last, width, BELOW)];
    const indent = " ".repeat(start);
    return wrapped(last, width - start).map((part, at) => (at === 0 ? others + GAP : indent) + part);
  });
}
