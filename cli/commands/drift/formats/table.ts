/** The report as a table on a terminal. */
import type { DriftReport, ResourceReport, Status } from "../report/schema";
import { printed, shortened, visible } from "../../../output/text";
import { acceptance, byUrgency, failureText, STATUS_LABELS, summaryLine, VERDICTS } from "./words";
import { table, type Paint, type Style } from "../../../output/terminal";

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

const HEADER = ["STATUS", "RESOURCE", "PROPERTY", "RECORDED", "LIVE"];

const cell = (text: string): string => shortened(text, MAX_CELL);

function rowsOf(resource: ResourceReport, paint: Paint): string[][] {
  const { status, type, name } = resource;
  const details = [
    ...resource.changes.map(({ path, recorded, live, replaces }) => [
      cell(`${visible(path)}${replaces ? " (replaces)" : ""}`),
      cell(printed(recorded)),
      cell(printed(live)),
    ]),
    ...resource.notCompared.map(({ path }) => [cell(visible(path)), paint("dim", "not compared: encrypted")]),
    ...resource.ignored.map((ignored) => [
      paint("dim", cell(visible(ignored.path))),
      paint("dim", cell(`accepted: ${acceptance(ignored)}`)),
    ]),
  ];
  const head = [
    paint(STATUS_STYLES[status], STATUS_LABELS[status]),
    paint("bold", cell(`${type} ${visible(name)}`)),
  ];
  const [first = [], ...rest] = details;
  return [[...head, ...first], ...rest.map((detail) => ["", "", ...detail])];
}

/** Reasons and failures are sentences: they stand below the rows, unbroken, rather than in a column. */
const notesOf = ({ reason, failed }: ResourceReport, paint: Paint): string[] => [
  ...(reason === undefined ? [] : [`  ${visible(reason)}`]),
  ...failed.map((task) => `  ${visible(task.id)} ${paint("red", failureText(task))}`),
];

/** @returns lines that end in a line break */
export function tableOf(report: DriftReport, paint: Paint): string {
  const resources = byUrgency(report);
  const lines = [
    ...table([
      ...(resources.length === 0 ? [] : [HEADER.map((title) => paint("dim", title))]),
      ...resources.flatMap((resource) => [...rowsOf(resource, paint), ...notesOf(resource, paint)]),
    ]),
    ...unmanagedLines(report, paint),
    ...report.warnings.map((warning) => `${paint("yellow", "warning:")} ${visible(warning)}`),
    `${paint(VERDICT_STYLES[report.status], `${VERDICTS[report.status]}.`)} ${summaryLine(report)}.`,
  ];
  return `${lines.join("\n")}\n`;
}

function unmanagedLines({ unmanaged }: DriftReport, paint: Paint): string[] {
  if (unmanaged === undefined) return [];
  const { tasks, problems } = unmanaged;
  return [
    ...(tasks.length === 0 ? [] : [paint("bold", "Not owned by the stack:")]),
    ...tasks.map(
      ({ type, id, name, state }) =>
        `  ${type} ${visible(name)}${state === undefined ? "" : ` (${visible(state)})`}: adopt: ${printed(id)}`,
    ),
    ...problems.map((problem) => `${paint("magenta", "could not list:")} ${visible(problem)}`),
  ];
}
