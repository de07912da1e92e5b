/** `npm test`: every test, and one line of totals at the end. Arguments go to mocha. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { findCli } from "./stack/cli";
import { TOTALS_FILE, type Totals } from "./totals-reporter";

/** Not in mocha's own settings: there it would be added to whatever file somebody names. */
const ALL = ["--spec", "dist/test/**/*.test.js"];

/** `npm run coverage`: without the suites that start thousands of processes, each of which would report its own. */
const MEASURED = [
  "--spec",
  "dist/test/{api,auth,cli,contract,emulator,http,mocks,property,sdk,unit}/**/*.test.js",
];

const scratch = mkdtempSync(path.join(tmpdir(), "video-analysis-tests-"));
const totalsFile = path.join(scratch, "totals.json");
const bin = (name: string, file: string): string => path.resolve("node_modules", name, file);

const version = findCli();
console.log(
  version === undefined
    ? "Engine: the stand-in (no Pulumi CLI on the PATH; tests that need one are skipped)"
    : `Engine: the stand-in, and Pulumi CLI ${version} where a test asks for it`,
);
const [first, ...rest] = process.argv.slice(2);
const isMeasured = first === "--coverage";
const coverage = isMeasured ? [bin("c8", "bin/c8.js")] : [];
const files = isMeasured ? MEASURED : ALL;
const more = isMeasured || first === undefined ? rest : [first, ...rest];
const mocha = [bin("mocha", "bin/mocha.js"), "--reporter", path.join(__dirname, "totals-reporter.js")];
const { status, error } = spawnSync(process.execPath, [...coverage, ...mocha, ...files, ...more], {
  stdio: ["ignore", "inherit", "inherit"],
  env: { ...process.env, [TOTALS_FILE]: totalsFile },
});
if (error !== undefined) throw error;

let totals: Totals = { passed: 0, failed: 1, skipped: 0 };
try {
  totals = JSON.parse(readFileSync(totalsFile, "utf8")) as Totals;
} catch {
  console.error("The test runner ended before it could count.");
}
rmSync(scratch, { recursive: true, force: true });
console.log(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
// A run that was ended from outside may end well in the eyes of mocha.
process.exitCode = status === 0 && totals.failed > 0 ? 1 : (status ?? 1);
