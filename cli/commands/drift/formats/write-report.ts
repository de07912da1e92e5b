/** Writes a report in the formats that were asked for. */
import { VideoAnalysisError } from "../../../../provider/common/errors";
import type { DriftReport } from "../report/schema";
import type { ColorOptions } from "../../../output/options";
import { painter } from "../../../output/terminal";
import { jsonText, print, writeText } from "../../../output/write";

type Format = "json" | "markdown" | "html";

/** For each format a file, or true for the standard output. */
export type FormatOptions = { readonly [F in Format]?: string | true };

async function render(report: DriftReport, format: Format): Promise<string> {
  switch (format) {
    case "json":
      return jsonText(report);
    case "markdown":
      return (await import("./markdown.js")).markdownOf(report);
    case "html":
      return (await import("./html.js")).htmlOf(report);
  }
}

/**
 * Formats that name no file go to the standard output; where none does, it gets the table.
 *
 * @throws `CONFIGURATION` for a file that cannot be written
 */
export async function writeReport(
  report: DriftReport,
  options: FormatOptions & ColorOptions,
  stream: NodeJS.WriteStream,
): Promise<void> {
  const formats = (["json", "markdown", "html"] as const).filter((format) => options[format] !== undefined);
  const [onOutput] = formats.filter((format) => options[format] === true);
  for (const format of formats) {
    const file = options[format];
    if (typeof file === "string") writeText(file, await render(report, format));
  }
  const { tableOf } = await import("./table.js");
  const text =
    onOutput === undefined ? tableOf(report, painter(options.color, stream)) : await render(report, onOutput);
  await print(text, stream);
}

/** Before anything is read: only one format can have the standard output. */
export function refuseTwoOnOutput(options: FormatOptions): void {
  const formats = (["json", "markdown", "html"] as const).filter((format) => options[format] === true);
  if (formats.length < 2) return;
  throw new VideoAnalysisError(
    "CONFIGURATION",
    `${formats.map((format) => `--${format}`).join(" and ")} cannot share the standard output. Give all but one a file.`,
  );
}
