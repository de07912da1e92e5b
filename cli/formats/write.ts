/** Where reports go: files, or the standard output. */
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { messageOf, VideoAnalysisError } from "../../provider/common/errors";

/** Waits for a reader that is slower than the command: what is not written yet is lost when the process ends. */
export async function print(text: string, stream: NodeJS.WriteStream): Promise<void> {
  if (!stream.write(text)) await once(stream, "drain");
}

/** @throws `CONFIGURATION` for a file that cannot be written */
export function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new VideoAnalysisError(
      "CONFIGURATION",
      `the report cannot be written: ${messageOf(error)}. Correct the path or its permissions.`,
      { cause: error },
    );
  }
}
