/** The report as a table on a terminal. */
import { countOf } from "../../../common/wording";
import { table, wrapped, type Paint, type Style } from "../../../output/terminal";
import { printed, shortened, visible } from "../../../output/text";
import type { Change, DriftReport, ResourceReport } from "../report/schema";
import {
  acceptance,
  ageOf,
  clustersOf,
  failureText,
  GROUP_LABELS,
  headlineOf,
  isInteresting,
  remarksOf,
  summaryLine,
  toneOf,
  type Cluster,
  type Group,
} from "./words";

const GROUP_STYLES: Readonly<Record<Group, Style>> = {
  "in-sync": "green",
  changed: "yellow",
  gone: "red",
  failed: "red",
  "not-running": "red",
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

const HEADER = ["STATUS", "RESOURCE", "PROPERTY", "RECORDED", "LIVE"];

/** Indents of what belongs to a resource, and of the two sides of a change, where rows are too wide. */
const DETAIL = "  ";
const SIDE = "      ";

const cell = (text: string): string => shortened(text, MAX_CELL);

export interface TableOptions {
  readonly paint: Paint;
  /** Columns of the terminal. */
  readonly width: number;
  /** Also what is in sync. */
  readonly all: boolean;
}

/** @returns lines that end in a line break */
export function tableOf(report: DriftReport, options: TableOptions): string {
  const { paint, width, all } = options;
  const clusters = clustersOf(report).filter(({ resources }) => all || resources.some(isInteresting));
  const rows = clusters.flatMap((cluster) => [...rowsOf(cluster, paint), ...notesOf(cluster, paint)]);
  const wide = table([...(rows.length === 0 ? [] : [HEADER.map((title) => paint("dim", title))]), ...rows]);
  const isTooWide = table(rows).some((line) => line.trimEnd().length > width) && Number.isFinite(width);
  const lines = [
    ...(isTooWide ? clusters.flatMap((cluster) => blockOf(cluster, options)) : wide),
    ...unmanagedLines(report, options),
    ...report.warnings.flatMap((warning) =>
      wrapped(`${paint("yellow", "warning:")} ${visible(warning)}`, width, DETAIL),
    ),
    ...wrapped(
      `${paint(VERDICT_STYLES[toneOf(report)], `${headlineOf(report)}.`)} ${summaryLine(report)}.`,
      width,
      DETAIL,
    ),
  ];
  return `${lines.join("\n")}\n`;
}

const remarkOf = (change: Change): string => {
  const remarks = remarksOf(change);
  return remarks.length === 0 ? "" : ` (${remarks.join(", ")})`;
};

function rowsOf({ group, resources }: Cluster, paint: Paint): string[][] {
  return resources.flatMap((resource) => {
    const details = detailsOf(resource, paint);
    const head = [paint(GROUP_STYLES[group], GROUP_LABELS[group]), paint("bold", cell(titleOf(resource)))];
    const [first = [], ...rest] = details;
    return [[...head, ...first], ...rest.map((detail) => ["", "", ...detail])];
  });
}

const titleOf = ({ type, name }: ResourceReport): string => `${type} ${visible(name)}`;

const detailsOf = (resource: ResourceReport, paint: Paint): string[][] => [
  ...ageOf(resource).map((age) => [paint("dim", age)]),
  ...resource.changes.map((change) => [
    cell(`${visible(change.path)}${remarkOf(change)}`),
    cell(printed(change.recorded)),
    cell(printed(change.live)),
  ]),
  ...resource.notCompared.map(({ path }) => [cell(visible(path)), paint("dim", "not compared: encrypted")]),
  ...resource.ignored.map((ignored) => [
    paint("dim", cell(visible(ignored.path))),
    paint("dim", cell(`accepted: ${acceptance(ignored)}`)),
  ]),
];

/** Reasons and failures are sentences: they stand below the rows, once for all that have them. */
function notesOf({ resources }: Cluster, paint: Paint): string[] {
  const [{ reason, failed, notRunning }] = resources;
  if (resources.length > 1) {
    const texts = [...new Set([...failed, ...notRunning].map(failureText))];
    return [
      ...(reason === undefined ? [] : [`${DETAIL}all ${resources.length}: ${visible(reason)}`]),
      ...texts.map((text) => `${DETAIL}all ${resources.length}: ${paint("red", text)}`),
    ];
  }
  return [
    ...(reason === undefined ? [] : [`${DETAIL}${visible(reason)}`]),
    ...[...failed, ...notRunning].map(
      (task) => `${DETAIL}${visible(task.id)} ${paint("red", failureText(task))}`,
    ),
  ];
}

/** The same below each other, for a terminal that is too narrow for the columns. */
function blockOf(cluster: Cluster, { paint, width }: TableOptions): string[] {
  const { group, resources } = cluster;
  const label = paint(GROUP_STYLES[group], GROUP_LABELS[group]);
  const blocks = resources.flatMap((resource) => [
    [`${label}  ${paint("bold", titleOf(resource))}`, ...ageOf(resource)].join("  "),
    ...resource.changes.flatMap((change) => [
      ...wrapped(`${DETAIL}${visible(change.path)}${remarkOf(change)}`, width, SIDE),
      ...wrapped(`${SIDE}recorded ${printed(change.recorded)}`, width, SIDE),
      ...wrapped(`${SIDE}live     ${printed(change.live)}`, width, SIDE),
    ]),
    ...detailsOf({ ...resource, changes: [], since: undefined }, paint).flatMap(([path = "", text = ""]) =>
      wrapped(`${DETAIL}${path}: ${text}`, width, SIDE),
    ),
  ]);
  return [...blocks, ...notesOf(cluster, paint).flatMap((note) => wrapped(note, width, SIDE))];
}

function unmanagedLines({ unmanaged }: DriftReport, { paint, width }: TableOptions): string[] {
  if (unmanaged === undefined) return [];
  const { tasks, problems } = unmanaged;
  const rows = tasks.map(({ type, id, name, state }) => [
    `${DETAIL}${type}`,
    visible(name),
    state === undefined ? "" : visible(state),
    visible(id),
  ]);
  return [
    ...(tasks.length === 0
      ? []
      : [paint("bold", `Not owned by the stack: ${countOf(tasks.length, "task")}`)]),
    ...table(rows, width),
    ...problems.flatMap((problem) =>
      wrapped(`${paint("magenta", "could not list:")} ${visible(problem)}`, width, DETAIL),
    ),
  ];
}
