/** The settings of mocha: a run that proves nothing does not pass. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { REPOSITORY } from "../sdk/support";

describe("a test run", () => {
  let scratch: string;
  before(() => (scratch = mkdtempSync(path.join(tmpdir(), "video-analysis-run-"))));
  after(() => rmSync(scratch, { recursive: true }));

  /** Runs one file of tests; the last line that it prints is that of the totals. */
  function run(content: string, ...args: string[]): { passed: boolean; totals: string | undefined } {
    const folder = path.join(scratch, "dist", "test");
    mkdirSync(folder, { recursive: true });
    const file = path.join(folder, "sample.test.js");
    writeFileSync(file, content);
    const mocha = path.join(REPOSITORY, "node_modules", "mocha", "bin", "mocha.js");
    const { status, stdout } = spawnSync(process.execPath, [mocha, file, ...args], {
      cwd: REPOSITORY,
      encoding: "utf8",
    });
    return { passed: status === 0, totals: stdout.trimEnd().split("\n").at(-1) };
  }
  const test = (body: string): string => `it("does something", () => { ${body} }); it("is to do");`;

  it("ends with its totals", () => {
    assert.deepEqual(run(test("")), { passed: true, totals: "1 passed, 0 failed, 1 skipped" });
  });

  it("fails with a test", () => {
    assert.deepEqual(run(test("throw new Error()")), {
      passed: false,
      totals: "0 passed, 1 failed, 1 skipped",
    });
  });

  it("fails where no test ran", () => {
    const nothing = { passed: false, totals: "0 passed, 0 failed, 0 skipped" };
    assert.deepEqual(run(test(""), "--grep", "of another name"), nothing);
  });

  it("fails where a process of tests ended early, whatever its status", () => {
    assert.deepEqual(run(test("process.exit(0)")), {
      passed: false,
      totals: "0 passed, 1 failed, 0 skipped",
    });
  });
});
