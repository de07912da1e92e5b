/** The report as a table on a terminal. */
import type { DriftReport, ResourceReport, Status } from "../drift/report-schema";
import { painter, type Paint, type Style } from "./color";
import {
  acceptance,
  byUrgency,
  failureText,
  printed,
  shortened,
  STATUS_LABELS,
  summaryLine,
  VERDICTS,
  visible,
} from "./text";

const STATUS_STYLES: Readonly<Record<Status, Style>> = {
  "in-sync": "green",
  changed: "yellow",
  gone: "red",
  unreachable: "magenta",
  "not-compared": "magenta",
};

const VERDICT_STYLES: Readonly<Record<DriftReport["status"], Style>> = {
  "in-sync": "green",
  drift: "yellow",
  unknown: "magenta",
};

/** Widest cell: four columns of it still fit a wide terminal; longer values are in the other formats. */
const MAX_CELL = 48;

interface Cell {
  readonly text: string;
  readonly style?: Style;
}
type Row = readonly Cell[];

const HEADER = ["STATUS", "RESOURCE", "PROPERTY", "RECORDED", "LIVE"];

const cell = (text: string, style?: Style): Cell => (style === undefined ? { text } : { text, style });
const EMPTY = cell("");

function rowsOf(resource: ResourceReport): Row[] {
  const { status, type, name } = resource;
  const details: Row[] = [
    ...resource.changes.map(({ path, recorded, live, replaces }) => [
      cell(`${visible(path)}${replaces ? " (replaces)" : ""}`),
      cell(printed(recorded)),
      cell(printed(live)),
    ]),
    ...resource.notCompared.map(({ path }) => [cell(visible(path)), cell("not compared: encrypted", "dim")]),
    ...resource.ignored.map((ignored) => [
      cell(visible(ignored.path), "dim"),
      cell(`accepted: ${acceptance(ignored)}`, "dim"),
    ]),
  ];
  const head = [cell(STATUS_LABELS[status], STATUS_STYLES[status]), cell(`${type} ${visible(name)}`, "bold")];
  const [first = [], ...rest] = details;
  return [[...head, ...first], ...rest.map((detail) => [EMPTY, EMPTY, ...detail])];
}

/** Reasons and failures are sentences: they stand below the row, unbroken, rather than in a column. */
function linesOf(rows: readonly Row[], widths: readonly number[], paint: Paint): string[] {
  return rows.map((row) =>
    row
      .map(({ text, style }, index) => {
        const short = shortened(text, MAX_CELL);
        const padding = " ".repeat(Math.max(0, (widths[index] ?? 0) - widthOf(short)));
        return `${style === undefined ? short : paint(short, style)}${padding}`;
      })
      .join("  ")
      .trimEnd(),
  );
}

/** Characters, each taken for one column. */
const widthOf = (text: string): number => Array.from(text).length;

/**
 * @param color whether to use colours
 * @returns lines that end in a line break
 */
export function tableOf(report: DriftReport, color: boolean): string {
  const paint = painter(color);
  const blocks = byUrgency(report).map((resource) => ({
    rows: rowsOf(resource),
    notes: [
      ...(resource.reason === undefined ? [] : [`  ${visible(resource.reason)}`]),
      ...resource.failed.map((task) => `  ${visible(task.id)} ${paint(failureText(task), "red")}`),
    ],
  }));
  const header: Row = HEADER.map((title) => cell(title, "dim"));
  const widths = HEADER.map((_, index) =>
    [header, ...blocks.flatMap(({ rows }) => rows)].reduce(
      (width, row) => Math.max(width, Math.min(MAX_CELL, widthOf(row[index]?.text ?? ""))),
      0,
    ),
  );
  const lines = [
    ...(blocks.length === 0 ? [] : linesOf([header], widths, paint)),
    ...blocks.flatMap(({ rows, notes }) => [...linesOf(rows, widths, paint), ...notes]),
    ...unmanagedLines(report, paint),
    ...report.warnings.map((warning) => `${paint("warning:", "yellow")} ${visible(warning)}`),
    `${paint(`${VERDICTS[report.status]}.`, VERDICT_STYLES[report.status])} ${summaryLine(report)}.`,
  ];
  return `${lines.join("\n")}\n`;
}

function unmanagedLines({ unmanaged }: DriftReport, paint: Paint): string[] {
  if (unmanaged === undefined) return [];
  const { tasks, problems } = unmanaged;
  return [
    ...(tasks.length === 0 ? [] : [paint("Not owned by the stack:", "bold")]),
    ...tasks.map(
      ({ type, id, name, state }) =>
        `  ${type} ${visible(name)}${state === undefined ? "" : ` (${visible(state)})`}: adopt: ${printed(id)}`,
    ),
    ...problems.map((problem) => `${paint("could not list:", "magenta")} ${visible(problem)}`),
  ];
}
