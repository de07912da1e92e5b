/** `video-analysis schema`: the file that the build made. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** Where the build writes them, in the package. */
const FOLDER = path.resolve(
  createRequire(__filename).resolve("pulumi-video-analysis/package.json"),
  "../dist/schemas",
);

const INDENTATION = 2;

/** @returns the exit status */
export function schema(type: string): 0 {
  const content: unknown = JSON.parse(readFileSync(path.join(FOLDER, `${type}.json`), "utf8"));
  process.stdout.write(`${JSON.stringify(content, null, INDENTATION)}\n`);
  return 0;
}
