/** Writes reports to files and the standard output. */
import { type WriteFileOptions, writeFileSync } from "node:fs";
import path from "node:path";
import { printable } from "../../provider/common/printable";
import { messageOf, VideoAnalysisError } from "../../provider/common/errors";

/** Waits until it is written: what is not is lost where the process is ended. Main handles a closed pipe. */
export function print(text: string, stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write(text, () => resolve());
  });
}

/** A value as JSON that plays with no terminal; the escapes mean the same. */
export const jsonText = (value: unknown): string => `${printable(JSON.stringify(value, undefined, 2))}\n`;

/** @throws `CONFIGURATION` for a file that cannot be written */
export function writeText(file: string, text: string, options: WriteFileOptions = {}): void {
  try {
    writeFileSync(file, text, options);
  } catch (error) {
    throw new VideoAnalysisError(
      "CONFIGURATION",
      `${file} cannot be written: ${messageOf(error)}. Correct the path or its permissions.`,
      { cause: error },
    );
  }
}

/**
 * A file that is written must not take the place of one that is read, or of another.
 *
 * @throws `CONFIGURATION`
 */
export function refuseClash(
  outputs: readonly (string | undefined)[],
  inputs: readonly (string | undefined)[],
): void {
  const resolved = (files: readonly (string | undefined)[]): string[] =>
    files.filter((file) => file !== undefined).map((file) => path.resolve(file));
  const [written, read] = [resolved(outputs), resolved(inputs)];
  const clash = written.find((file, index) => read.includes(file) || written.indexOf(file) !== index);
  if (clash === undefined) return;
  throw new VideoAnalysisError(
    "CONFIGURATION",
    `${clash} is named by two options. Give each file a name of its own.`,
  );
}
