/** The report for people. */
import { table, type Paint, type Style } from "../../../output/terminal";
import { visible } from "../../../output/text";
import type { CheckStatus, DoctorReport } from "./schema";

const STYLES: Readonly<Record<CheckStatus, Style>> = {
  ok: "green",
  warning: "yellow",
  failed: "red",
  skipped: "dim",
};

/** @returns lines that end in a line break */
export function textOf({ checks, summary, status }: DoctorReport, paint: Paint): string {
  const rows = checks.flatMap(({ status, title, detail, remedy }) => [
    [paint(STYLES[status], status), title, visible(detail)],
    ...(remedy === undefined ? [] : [["", "", `${paint(STYLES[status], "→")} ${visible(remedy)}`]]),
  ]);
  const counts = (["failed", "warning", "ok", "skipped"] as const)
    .filter((kind) => summary[kind] > 0)
    .map((kind) => `${summary[kind]} ${kind}`);
  const verdict = status === "ok" ? paint("green", "All fits.") : paint("red", "Something does not fit.");
  return `${[...table(rows), "", `${verdict} ${counts.join(", ")}.`].join("\n")}\n`;
}
