/** Files that options name. */
import { readFileSync } from "node:fs";
import { messageOf, VideoAnalysisError } from "../provider/common/errors";

/**
 * @param option that names the file, for the message
 * @throws `CONFIGURATION`
 */
export function readText(file: string, option: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new VideoAnalysisError(
      "CONFIGURATION",
      `the file of ${option} cannot be read: ${messageOf(error)}. Correct the path.`,
      { cause: error },
    );
  }
}
