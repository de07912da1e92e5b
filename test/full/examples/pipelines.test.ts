/**
 * The pipelines of examples/drift-check: their own commands run, in their order, in a copy of the project. Only what
 * installs the project and exports the state through the Pulumi CLI is done for them.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { text } from "node:stream/consumers";
import { parse } from "yaml";
import { driftReport } from "../../../cli/commands/drift/report/schema";
import { exportTo, tokenOf } from "../../cli/support";
import { IEF } from "../../scenarios/program";
import { REPOSITORY, SCENARIO_TIMEOUT, succeeded, TestStack } from "../../scenarios/support";

const EXAMPLE = path.join(REPOSITORY, "examples", "drift-check");

interface GitHubWorkflow {
  readonly jobs: { readonly drift: { readonly steps: readonly { readonly run?: string }[] } };
}
interface GitLabPipeline {
  readonly drift: { readonly script: readonly string[]; readonly artifacts: { readonly paths: string[] } };
}

const read = (file: string): unknown => parse(readFileSync(path.join(EXAMPLE, file), "utf8"));

const PIPELINES: Readonly<Record<string, readonly string[]>> = {
  GitHub: (read(".github/workflows/drift.yml") as GitHubWorkflow).jobs.drift.steps.flatMap(
    ({ run }) => run ?? [],
  ),
  GitLab: (read(".gitlab-ci.yml") as GitLabPipeline).drift.script,
};

describe("the pipelines of examples/drift-check", function () {
  this.timeout(SCENARIO_TIMEOUT);
  let stack: TestStack;
  let project = "";

  before(async () => {
    stack = await TestStack.open({}, { workDir: EXAMPLE, entry: ".", project: "drift-check", stack: "prod" });
    stack.env = { PULUMI_NODEJS_TRANSPILE_ONLY: "true" };
    stack.config = { ...stack.config, "drift-check:serviceId": IEF };
    succeeded(await stack.up());
    project = mkdtempSync(path.join(tmpdir(), "video-analysis-pipeline-"));
    cpSync(EXAMPLE, project, { recursive: true });
    symlinkSync(path.join(REPOSITORY, "node_modules"), path.join(project, "node_modules"));
    exportTo(path.join(project, "state.json"), stack);
  });
  after(async () => {
    if (project !== "") rmSync(project, { recursive: true, force: true });
    await stack.close();
  });

  /** Runs a pipeline's commands as its runner does, up to the first that fails. Returns its exit status. */
  async function runPipeline(commands: readonly string[]): Promise<{ status: number | null; said: string }> {
    const [install, exports, ...own] = commands;
    assert.equal(install, "npm ci");
    assert.match(exports ?? "", /^pulumi stack export --stack prod .*--file state\.json$/);
    assert.ok(own.length > 0);
    for (const file of ["drift.html", "drift.json", "summary.md"])
      rmSync(path.join(project, file), { force: true });
    const child = spawn("bash", ["-e", "-c", own.join("\n")], {
      cwd: project,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        ...tokenOf(stack),
        VIDEO_ANALYSIS_CREDENTIALS: "env",
        GITHUB_STEP_SUMMARY: path.join(project, "summary.md"),
        PULUMI_CONFIG_PASSPHRASE: "",
      },
    });
    const said = await Promise.all([text(child.stdout), text(child.stderr)]);
    if (child.exitCode === null) await once(child, "exit");
    return { status: child.exitCode, said: said.join("\n") };
  }

  const report = () => driftReport.parse(JSON.parse(readFileSync(path.join(project, "drift.json"), "utf8")));
  const taskOf = (name: string): string =>
    stack.emulator.tasks().find((task) => task.name.startsWith(name))?.id ?? "";

  for (const [name, commands] of Object.entries(PIPELINES)) {
    it(`${name}: passes in sync and with accepted differences, fails on drift, and leaves its reports`, async () => {
      const clean = await runPipeline(commands);
      assert.equal(clean.status, 0, clean.said);
      assert.equal(report().status, "in-sync");

      stack.emulator.editTask(taskOf("yard"), { description: "lens cleaned" });
      const accepted = await runPipeline(commands);
      assert.equal(accepted.status, 0, accepted.said);
      assert.equal(report().summary.ignored, 1);

      stack.emulator.setState(taskOf("entrance"), "STOPPED");
      const drifted = await runPipeline(commands);
      assert.equal(drifted.status, 2, drifted.said);
      assert.deepEqual(
        report().resources.flatMap(({ name: of, changes }) => changes.map(({ path: at }) => `${of} ${at}`)),
        ["entrance desiredState"],
      );
      assert.ok(existsSync(path.join(project, "drift.html")));
      assert.equal(existsSync(path.join(project, "summary.md")), name === "GitHub");

      stack.emulator.setState(taskOf("entrance"), "RUNNING");
      stack.emulator.editTask(taskOf("yard"), { description: "Camera yard" });
    });
  }

  it("GitLab keeps what the command writes", () => {
    const { drift } = read(".gitlab-ci.yml") as GitLabPipeline;
    for (const file of drift.artifacts.paths) assert.ok(drift.script.some((line) => line.includes(file)));
  });
});
