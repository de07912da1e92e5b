/** The figures as a table for a terminal, plain enough to be pasted into a document. */
import type { Figure, Target } from "./figures";

const HEADINGS = ["figure", "resources", "value", "target", ""] as const;

/** Subjects of the groups (docs/performance.md). */
const TITLES: Readonly<Record<number, string>> = {
  1: "against hooks that do nothing (the floor)",
  2: "against an ordinary serialized dynamic resource (the usual way)",
  3: "calls to the service",
  4: "a slow service, and one with a quota",
  5: "state, start and memory",
  6: "parts by themselves",
  7: "the provider plugin against the dynamic classes",
  8: "the command",
};

/** A table for each group, and how many targets were met. */
export function report(figures: readonly Figure[]): string {
  const groups = [...new Set(figures.map(({ group }) => group))];
  const tables = groups.map((group) => {
    const own = figures.filter((figure) => figure.group === group);
    return `\n${group}. ${TITLES[group] ?? ""}\n${table(own)}`;
  });
  const judged = figures.filter(({ met }) => met !== undefined);
  const met = judged.filter((figure) => figure.met === true);
  return [...tables, `\nTargets: ${met.length} of ${judged.length} met`].join("\n");
}

export function table(figures: readonly Figure[]): string {
  const rows = [[...HEADINGS], ...figures.map(row)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((cells) => (cells[column] ?? "").length)));
  return rows
    .map((cells) =>
      cells
        .map((cell, column) =>
          isNumeric(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** The columns of numbers. */
const isNumeric = (column: number): boolean => column === 1 || column === 2 || column === 3;

function row(figure: Figure): string[] {
  const { name, size, value, unit, target, met } = figure;
  return [
    name,
    size === undefined ? "" : size.toLocaleString("en"),
    unit === "x" ? `${value.toFixed(2)} x` : `${value.toLocaleString("en")} ${unit}`,
    target === undefined ? "" : targetText(target),
    met === undefined ? "" : met ? "met" : "NOT MET",
  ];
}

export function targetText({ atMost, atLeast }: Target): string {
  if (atMost !== undefined) return `<= ${atMost.toLocaleString("en")}`;
  return atLeast === undefined ? "" : `>= ${atLeast.toLocaleString("en")}`;
}
