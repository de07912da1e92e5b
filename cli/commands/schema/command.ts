/** `video-analysis schema`: the files that the build made. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const DIST = path.resolve(createRequire(__filename).resolve("pulumi-video-analysis/package.json"), "../dist");

/**
 * @param type whose arguments are printed; left out, the package schema is
 * @returns the exit status
 */
export function schema(type: string | undefined): 0 {
  const file = type === undefined ? "plugin/schema.json" : `schemas/${type}.json`;
  process.stdout.write(readFileSync(path.join(DIST, file)));
  return 0;
}
