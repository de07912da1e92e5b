/**
 * `node dist/tools/release/archives.js`: makes `dist/archives`, the provider plugin as the Pulumi CLI downloads it from a
 * release. The plugin runs on any system that has Node, so that all archives hold the same.
 */
import { copyFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import * as path from "node:path";
import { ROOT, run } from "../compat/run";

const FOLDER = path.join(ROOT, "dist", "archives");

/** In the words of Go, which the CLI asks with. */
const SYSTEMS = [
  "linux-amd64",
  "linux-arm64",
  "darwin-amd64",
  "darwin-arm64",
  "windows-amd64",
  "windows-arm64",
];

function main(): void {
  const { version } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
    version: string;
  };
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const [first, ...others] = SYSTEMS.map((system) =>
    path.join(FOLDER, `pulumi-resource-video-analysis-v${version}-${system}.tar.gz`),
  );
  if (first === undefined) return;
  run("tar", ["-czf", first, "-C", path.join(ROOT, "dist", "plugin"), "."], { cwd: ROOT });
  for (const archive of others) copyFileSync(first, archive);
}

main();
