/** `video-analysis schema`: the file that the build made. */
import { readFileSync } from "node:fs";
import path from "node:path";

/** Beside the compiled command, in dist/schemas. */
const FOLDER = path.resolve(__dirname, "../../schemas");

/** @returns the exit status */
export function schema(type: string): 0 {
  process.stdout.write(readFileSync(path.join(FOLDER, `${type}.json`), "utf8"));
  return 0;
}
