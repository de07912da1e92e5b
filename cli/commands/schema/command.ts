/** `video-analysis schema`: the file that the build made. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** Folder of the schemas in the package. */
const FOLDER = path.resolve(
  createRequire(__filename).resolve("pulumi-video-analysis/package.json"),
  "../dist/schemas",
);

/** @returns the exit status */
export function schema(type: string): 0 {
  process.stdout.write(readFileSync(path.join(FOLDER, `${type}.json`)));
  return 0;
}
