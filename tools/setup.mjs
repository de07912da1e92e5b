// Makes a clone ready to run: installs, compiles and generates what is missing or older than its sources. The tests are
// two fifths of the sources: `--without-tests` leaves them out.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const WITH_TESTS = !process.argv.includes("--without-tests");
const TSC = "node node_modules/typescript/bin/tsc -b";
/** The program that makes the types of the SDK of the schemas. */
const TYPES = "dist/write-types.js";
/** Written when everything that is made of compiled sources is complete. */
const COMPLETE = "dist/.complete";

const timeOf = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const isOlder = (file, ...sources) => sources.some((source) => timeOf(file) < timeOf(source));

function run(command) {
  const { status } = spawnSync(command, { shell: true, stdio: ["ignore", "inherit", "inherit"] });
  if (status === 0) return;
  console.error(`Set-up failed: ${command}`);
  process.exit(status ?? 1);
}

// npm writes its record last. One of an installation without development dependencies is as new, but lacks the compiler.
const isInstalled = !isOlder("node_modules/.package-lock.json", "package-lock.json");
if (!isInstalled || !existsSync("node_modules/typescript"))
  run("npm ci --include=dev --dry-run=false --no-audit --no-fund");

if (!existsSync("dist")) console.log("Compiling ...");
// It runs before there is anything that could be compiled with them, so without a check of its own.
const { buildSync } = await import("esbuild");
buildSync({
  entryPoints: ["tools/types/main.ts"],
  outfile: TYPES,
  bundle: true,
  platform: "node",
  packages: "external",
});
run(`node ${TYPES}`);
run(WITH_TESTS ? `${TSC} test` : TSC);
// The compiler leaves the files of removed sources, and a left-over test would run.
for (const file of existsSync("dist/test") ? readdirSync("dist/test", { recursive: true }) : [])
  if (file.endsWith(".test.js") && !existsSync(`test/${file.replace(/js$/, "ts")}`))
    rmSync(`dist/test/${file}`);

const compiled = ["sdk", "provider", "cli", "testkit", "tools"].flatMap((folder) =>
  readdirSync(`dist/${folder}`, { recursive: true }).map((file) => `dist/${folder}/${file}`),
);
if (isOlder(COMPLETE, ...compiled, "package.json") || !existsSync("dist/package")) {
  run("node dist/tools/generate-schemas.js");
  run("node dist/tools/package/main.js");
  writeFileSync(COMPLETE, "");
}
// npm links the command only where its file is there, which it is not when a fresh clone is installed.
if (!existsSync("node_modules/.bin/video-analysis"))
  run("npm rebuild --ignore-scripts pulumi-video-analysis");
