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

/**
 * @param width columns of the terminal
 * @returns lines that end in a line break
 */
export function textOf({ checks, summary, status }: DoctorReport, paint: Paint, width: number): string {
  const said = new Set<string>();
  const rows = checks.flatMap(({ status, title, detail, remedy }) => {
    const row = [paint(STYLES[status], status), title, visible(detail)];
    // What several checks advise is said once.
    if (remedy === undefined || said.has(remedy)) return [row];
    said.add(remedy);
    return [row, ["", "", `${paint(STYLES[status], "→")} ${visible(remedy)}`]];
  });
  const counts = (["failed", "warning", "ok", "skipped"] as const)
    .filter((kind) => summary[kind] > 0)
    .map((kind) => `${summary[kind]} ${kind}`);
  const verdict = status === "ok" ? paint("green", "All fits.") : paint("red", "Something does not fit.");
  return `${[...table(rows, width), "", `${verdict} ${counts.join(", ")}.`].join("\n")}\n`;
}
