/** What the package says of itself. */
import { readFileSync } from "node:fs";
import path from "node:path";

/** The root of the package, from the compiled file in dist/cli. */
const MANIFEST = path.resolve(__dirname, "../../package.json");

export const PACKAGE = "pulumi-video-analysis";

export function ownVersion(): string {
  return (JSON.parse(readFileSync(MANIFEST, "utf8")) as { version: string }).version;
}
