/**
 * docs/testing.md: every test in it passes; that of whole programs where there is a Pulumi CLI on the PATH. That all
 * pages compile is tested in test/docs.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import ts from "typescript";
import { findCli } from "../../tools/stack/cli";
import { REPOSITORY } from "../sdk/support";

const run = promisify(execFile);

/** Time for all blocks on a busy machine, in milliseconds: one of them runs a stack through its whole life. */
const TIMEOUT = 240_000;

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  esModuleInterop: true,
};

const page = readFileSync(path.join(REPOSITORY, "docs", "testing.md"), "utf8");
const blocks = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, text = ""]) => text);
const isTest = (text: string): boolean => text.includes('from "node:test"');

describe("docs/testing.md", function () {
  this.timeout(TIMEOUT);
  let project = "";
  before(() => {
    project = mkdtempSync(path.join(tmpdir(), "video-analysis-guide-"));
    symlinkSync(path.join(REPOSITORY, "node_modules"), path.join(project, "node_modules"));
    writeFileSync(path.join(project, "package.json"), JSON.stringify({ name: "cameras", main: "index.ts" }));
    writeFileSync(path.join(project, "Pulumi.yaml"), "name: cameras\nruntime: nodejs\n");
    for (const [index, text] of blocks.entries()) {
      const { outputText } = ts.transpileModule(text, { compilerOptions: OPTIONS });
      // The program itself runs as TypeScript, as it does under Pulumi.
      if (isTest(text)) writeFileSync(path.join(project, `block-${index}.test.js`), outputText);
      else writeFileSync(path.join(project, "index.ts"), text);
    }
  });
  after(() => rmSync(project, { recursive: true, force: true }));

  it("has tests, and one program that they run", () => {
    assert.ok(blocks.filter(isTest).length >= 3);
    assert.equal(blocks.filter((text) => !isTest(text)).length, 1);
  });

  it("has tests that pass", async () => {
    const tests = blocks.flatMap((text, index) => (isTest(text) ? [`block-${index}.test.js`] : []));
    const { stdout } = await run(process.execPath, ["--test", "--test-reporter=tap", ...tests], {
      cwd: project,
      env: { ...process.env, PULUMI_NODEJS_TRANSPILE_ONLY: "true" },
    });
    const counted = (what: string): number => Number(new RegExp(`\\b${what} (\\d+)$`, "m").exec(stdout)?.[1]);
    const written = blocks.reduce((sum, text) => sum + (text.match(/^test\(/gm) ?? []).length, 0);
    const skipped = findCli() === undefined ? 1 : 0;
    assert.deepEqual(["pass", "skipped", "fail"].map(counted), [written - skipped, skipped, 0], stdout);
    if (skipped > 0) assert.match(stdout, /# SKIP no Pulumi CLI on the PATH$/m);
  });
});
