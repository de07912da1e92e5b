/** Writes reports to files and the standard output. */
import { type WriteFileOptions, writeFileSync } from "node:fs";
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
