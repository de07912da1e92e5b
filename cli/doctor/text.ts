/** The report for people. */
import type { Paint, Style } from "../formats/color";
import { visible } from "../formats/text";
import type { CheckResult, CheckStatus, DoctorReport } from "./report-schema";

const STYLES: Readonly<Record<CheckStatus, Style>> = {
  ok: "green",
  warning: "yellow",
  failed: "red",
  skipped: "dim",
};

const widest = (texts: readonly string[]): number => Math.max(...texts.map(({ length }) => length));

/** @returns lines that end in a line break */
export function textOf({ checks, summary, status }: DoctorReport, paint: Paint): string {
  const statuses = widest(checks.map((check) => check.status));
  const titles = widest(checks.map(({ title }) => title));
  const indent = " ".repeat(statuses + titles + 4);
  const lines = checks.flatMap((check: CheckResult) => [
    `${paint(check.status.padEnd(statuses), STYLES[check.status])}  ${check.title.padEnd(titles)}  ${visible(check.detail)}`,
    ...(check.remedy === undefined
      ? []
      : [`${indent}${paint("→", STYLES[check.status])} ${visible(check.remedy)}`]),
  ]);
  const counts = (["failed", "warning", "ok", "skipped"] as const)
    .filter((kind) => summary[kind] > 0)
    .map((kind) => `${summary[kind]} ${kind}`);
  const verdict = status === "ok" ? paint("All fits.", "green") : paint("Something does not fit.", "red");
  return `${[...lines, "", `${verdict} ${counts.join(", ")}.`].join("\n")}\n`;
}
