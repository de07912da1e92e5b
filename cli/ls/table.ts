/** Entries as a table on a terminal. */
import type { Bag } from "../../provider/common/json";
import { shortened, visible } from "../formats/text";
import type { Column } from "./kinds";

/** Widest cell of a column other than that of the ids, which are to be copied. */
const MAX_CELL = 48;

/** SGR codes (ECMA-48): dim, and back to normal. */
const DIM = "\u001b[2m";
const NORMAL = "\u001b[0m";

/** Characters, each taken for one column. */
const widthOf = (text: string): number => Array.from(text).length;

function cellOf(value: unknown, isId: boolean): string {
  if (value === undefined || value === null) return "";
  const text = visible(typeof value === "string" ? value : JSON.stringify(value));
  return isId ? text : shortened(text, MAX_CELL);
}

/**
 * @param what in plain words: `video groups`
 * @returns lines that end in a line break
 */
export function tableOf(
  entries: readonly Bag[],
  columns: readonly Column[],
  what: string,
  color: boolean,
): string {
  if (entries.length === 0) return `No ${what} found.\n`;
  const header = columns.map(({ title }) => title);
  const rows = entries.map((entry) => columns.map(({ value }, index) => cellOf(value(entry), index === 0)));
  const widths = header.map((title, index) =>
    rows.reduce((width, row) => Math.max(width, widthOf(row[index] ?? "")), widthOf(title)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => cell + " ".repeat((widths[index] ?? 0) - widthOf(cell)))
      .join("  ")
      .trimEnd();
  const head = color ? `${DIM}${line(header)}${NORMAL}` : line(header);
  return `${[head, ...rows.map(line)].join("\n")}\n`;
}
