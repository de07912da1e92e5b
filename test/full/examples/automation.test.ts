/** examples/automation-api on the Pulumi CLI of the PATH: no other engine has an automation API. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { text } from "node:stream/consumers";
import { findCli } from "../../../tools/stack/cli";
import { type Emulator, startEmulator } from "../../../testkit/emulator";
import { EDGE } from "../../scenarios/program";
import { REPOSITORY, SCENARIO_TIMEOUT } from "../../scenarios/support";

const cli = findCli();
const needs = cli === undefined ? " (skipped: it needs the Pulumi CLI on the PATH)" : "";

describe(`examples/automation-api${needs}`, function () {
  this.timeout(SCENARIO_TIMEOUT);
  let emulator: Emulator;
  let scratch = "";

  before(async function () {
    if (cli === undefined) this.skip();
    emulator = await startEmulator();
    scratch = mkdtempSync(path.join(tmpdir(), "video-analysis-automation-"));
    cpSync(path.join(REPOSITORY, "examples", "automation-api"), scratch, { recursive: true });
    symlinkSync(path.join(REPOSITORY, "node_modules"), path.join(scratch, "node_modules"));
    for (const folder of ["backend", "home"]) mkdirSync(path.join(scratch, folder));
  });
  after(async () => {
    if (scratch === "") return;
    await emulator.close();
    rmSync(scratch, { recursive: true, force: true });
  });

  it("makes a stack, compares it and leaves nothing behind", async () => {
    const bin = path.join(REPOSITORY, "node_modules", ".bin");
    const child = spawn("npm", ["start"], {
      cwd: scratch,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        PATH: `${bin}${path.delimiter}${process.env["PATH"] ?? ""}`,
        PULUMI_BACKEND_URL: `file://${path.join(scratch, "backend")}`,
        PULUMI_HOME: path.join(scratch, "home"),
        PULUMI_CONFIG_PASSPHRASE: "example",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        EVENT: "marathon",
        CAMERAS: JSON.stringify({ start: "rtsp://cameras.example.com/start" }),
        SERVICE_ID: EDGE,
        VIDEO_ANALYSIS_REGION: emulator.region,
        VIDEO_ANALYSIS_PROJECT_ID: emulator.projectId,
        VIDEO_ANALYSIS_ENDPOINT_MODELARTS: emulator.endpoints.modelarts,
        VIDEO_ANALYSIS_ENDPOINT_IAM: emulator.endpoints.iam,
        HW_AUTH_TOKEN: emulator.token,
      },
    });
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    if (child.exitCode === null) await once(child, "exit");
    assert.equal(child.exitCode, 0, stdout + stderr);
    assert.equal(emulator.calls({ operation: "createServiceTask" }).length, 1);
    const [deleted] = emulator.calls({ operation: "deleteServiceTask" });
    assert.ok(stdout.includes(deleted?.taskId ?? "no delete"), "the id was shown");
    assert.deepEqual(emulator.tasks(), []);
  });
});
