/** Writes a report in the formats that were asked for. */
import { VideoAnalysisError } from "../../../../provider/common/errors";
import type { DriftReport } from "../report/schema";
import type { FailOn } from "../report/verdict";
import type { ColorOptions } from "../../../output/options";
import { columnsOf, painter } from "../../../output/terminal";
import { jsonText, print, writeText } from "../../../output/write";

const FORMATS = ["json", "markdown", "html", "junit"] as const;
type Format = (typeof FORMATS)[number];

/** For each format a file, or true for the standard output. */
export type FormatOptions = { readonly [F in Format]?: string | true };

export interface ReportStyle extends FormatOptions, ColorOptions {
  /** Whether the table shows what is in sync, too. */
  readonly all: boolean;
  readonly failOn: readonly FailOn[];
}

async function render(report: DriftReport, format: Format, { failOn }: ReportStyle): Promise<string> {
  switch (format) {
    case "json":
      return jsonText(report);
    case "markdown":
      return (await import("./markdown.js")).markdownOf(report);
    case "html":
      return (await import("./html.js")).htmlOf(report);
    case "junit":
      return (await import("./junit.js")).junitOf(
        report,
        failOn.map((what) => (what === "failed" ? "failed" : "not-running")),
      );
  }
}

/**
 * Formats that name no file go to the standard output; where none does, it gets the table.
 *
 * @throws `CONFIGURATION` for a file that cannot be written
 */
export async function writeReport(
  report: DriftReport,
  style: ReportStyle,
  stream: NodeJS.WriteStream,
): Promise<void> {
  const formats = FORMATS.filter((format) => style[format] !== undefined);
  const [onOutput] = formats.filter((format) => style[format] === true);
  for (const format of formats) {
    const file = style[format];
    if (typeof file === "string") writeText(file, await render(report, format, style));
  }
  const { tableOf } = await import("./table.js");
  const paint = painter(style.color, stream);
  const text =
    onOutput === undefined
      ? tableOf(report, { paint, width: columnsOf(stream), all: style.all })
      : await render(report, onOutput, style);
  await print(text, stream);
}

/** Files that reports go to. */
export const filesOf = (options: FormatOptions): string[] =>
  FORMATS.map((format) => options[format]).filter((file) => typeof file === "string");

/** Before anything is read: only one format can have the standard output. */
export function refuseTwoOnOutput(options: FormatOptions): void {
  const formats = FORMATS.filter((format) => options[format] === true);
  if (formats.length < 2) return;
  throw new VideoAnalysisError(
    "CONFIGURATION",
    `${formats.map((format) => `--${format}`).join(" and ")} cannot share the standard output. Give all but one a file.`,
  );
}
