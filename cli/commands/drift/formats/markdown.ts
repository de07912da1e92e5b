/** The report for a pull request or a job summary, in GitHub's and GitLab's Markdown. */
import type { DriftReport, ResourceReport } from "../report/schema";
import { printed, shortened, visible } from "../../../output/text";
import {
  acceptance,
  ageOf,
  clustersOf,
  failureText,
  GROUP_LABELS,
  headlineOf,
  isInteresting,
  placeText,
  remarksOf,
  sourceText,
  summaryLine,
  toneOf,
  type Cluster,
} from "./words";

/** A comment on GitHub holds 65,536 characters; a job may put a heading of its own around the report. */
const MAX_LENGTH = 60_000;

/** Longest value, name or reason; the JSON report has them whole. */
const MAX_VALUE = 200;

const ICONS: Readonly<Record<DriftReport["status"], string>> = {
  "in-sync": "✅",
  drift: "⚠️",
  unknown: "❔",
};

/** Numeric entities for all that Markdown, HTML or a table could take for its own, mentions and links included. */
function escaped(text: string): string {
  return shortened(text, MAX_VALUE).replace(
    /[^\p{L}\p{N} .,=/+-]/gu,
    (char) => `&#${char.codePointAt(0) ?? 0};`,
  );
}

const code = (text: string): string => `<code>${escaped(text)}</code>`;

/** Names in one cell; the other reports have all. */
const MAX_NAMES = 20;

function namesOf(resources: readonly ResourceReport[]): string {
  const names = resources
    .slice(0, MAX_NAMES)
    .map((resource) => [code(visible(resource.name)), ...ageOf(resource)].join(" "));
  const more = resources.length - names.length;
  return `${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function rowsOf({ group, resources }: Cluster): string[] {
  const [resource] = resources;
  const head = `| ${GROUP_LABELS[group]} | ${resource.type} ${namesOf(resources)} |`;
  const tasks = [...resource.failed, ...resource.notRunning];
  const states = [...new Set(tasks.map(failureText))];
  const details = [
    ...resource.changes.map(
      (change) =>
        `${code(visible(change.path))}${remarksOf(change)
          .map((remark) => ` (${escaped(remark)})`)
          .join("")} | ` + `${code(printed(change.recorded))} | ${code(printed(change.live))} |`,
    ),
    ...resource.notCompared.map(({ path }) => `${code(visible(path))} | not compared: encrypted | |`),
    ...resource.ignored.map(
      (ignored) =>
        `${code(visible(ignored.path))} | ${code(printed(ignored.recorded))} | ${code(printed(ignored.live))} accepted: ${escaped(acceptance(ignored))} |`,
    ),
    ...(resource.reason === undefined ? [] : [`| | ${escaped(visible(resource.reason))} |`]),
    ...(resources.length > 1
      ? states.map((text) => `| | ${escaped(text)} |`)
      : tasks.map((task) => `task ${code(visible(task.id))} | | ${escaped(failureText(task))} |`)),
  ];
  return (details.length === 0 ? ["| | |"] : details).map((detail) => `${head} ${detail}`);
}

/** @returns at most about 60,000 characters; what was left out is counted */
export function markdownOf(report: DriftReport): string {
  const interesting = clustersOf(report).filter(({ resources }) => resources.some(isInteresting));
  const unmanaged = report.unmanaged?.tasks ?? [];
  const notes = [
    ...(report.unmanaged?.problems ?? []).map((problem) => `- could not list: ${escaped(visible(problem))}`),
    ...report.warnings.map((warning) => `- warning: ${escaped(visible(warning))}`),
  ];
  const sections = [
    {
      head: ["| status | resource | property | recorded | live |", "| --- | --- | --- | --- | --- |"],
      rows: interesting.flatMap(rowsOf),
    },
    {
      head: ["", "Not owned by the stack:", "", "| type | name | state | id |", "| --- | --- | --- | --- |"],
      rows: unmanaged.map(
        ({ type, name, state, id }) =>
          `| ${type} | ${code(visible(name))} | ${escaped(visible(state ?? ""))} | ${code(visible(id))} |`,
      ),
    },
    { head: [""], rows: notes },
  ];
  const lines = [
    `## ${ICONS[toneOf(report)]} ${headlineOf(report)}: ${escaped(visible(sourceText(report)))}`,
    "",
    [`${summaryLine(report)}.`, escaped(visible(placeText(report))), report.createdAt]
      .filter((text) => text !== "")
      .join(" · "),
    "",
  ];
  let length = lines.join("\n").length;
  let left = 0;
  for (const { head, rows } of sections) {
    if (rows.length === 0) continue;
    lines.push(...head);
    for (const row of rows) {
      if (length + row.length > MAX_LENGTH) left += 1;
      else {
        lines.push(row);
        length += row.length + 1;
      }
    }
  }
  if (left > 0) lines.push("", `${left} more lines are in the JSON and HTML reports.`);
  return `${lines.join("\n").trimEnd()}\n`;
}
