/** The whole life of the stack: CLI, program and provider process as in production, against the services on loopback. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { after, before, test } from "node:test";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { DEFAULT_EDGE_SERVICE, type Emulator, startEmulator } from "pulumi-video-analysis/testkit";

/** The project, seen from the compiled test. */
const PROJECT = path.join(__dirname, "..", "..");
const STACK = "whole-life";
const CAMERAS = { entrance: "rtsp://cameras.example.com/entrance", yard: "rtsp://cameras.example.com/yard" };

const hasCli = spawnSync("pulumi", ["version"], { timeout: 5000 }).status === 0;
const skip = hasCli ? false : "no Pulumi CLI on the PATH";

let scratch: string;
let emulator: Emulator;
before(async () => {
  scratch = mkdtempSync(path.join(tmpdir(), "unit-tests-"));
  emulator = await startEmulator();
});
after(async () => {
  await emulator.close();
  rmSync(scratch, { recursive: true, force: true });
});

/** A stack with a backend of its own: no login is used. */
async function createStack(): Promise<Stack> {
  const stack = await LocalWorkspace.createStack(
    { stackName: STACK, workDir: PROJECT },
    {
      envVars: {
        PULUMI_BACKEND_URL: `file://${scratch}`,
        PULUMI_HOME: path.join(scratch, "home"),
        PULUMI_CONFIG_PASSPHRASE: "test",
        // The compiler has checked the types before the tests.
        PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      },
    },
  );
  await stack.setAllConfig({
    "unit-tests:serviceId": { value: DEFAULT_EDGE_SERVICE.id },
    "video-analysis:region": { value: emulator.region },
    "video-analysis:projectId": { value: emulator.projectId },
    "video-analysis:endpoints": { value: JSON.stringify(emulator.endpoints) },
    "video-analysis:token": { value: emulator.token, secret: true },
  });
  return stack;
}

const watch = (stack: Stack, cameras: Readonly<Record<string, string>>): Promise<void> =>
  stack.setConfig("unit-tests:cameras", { value: JSON.stringify(cameras) });

test(
  "the stack comes up, follows the configuration, repairs drift and leaves nothing behind",
  { skip },
  async () => {
    const stack = await createStack();
    try {
      await watch(stack, CAMERAS);
      await stack.up();
      assert.equal(emulator.tasks().length, 2);

      // A service that throttles costs time, and nothing else.
      emulator.inject({ kind: "throttle", times: 1, retryAfter: 1 });
      await watch(stack, { entrance: CAMERAS.entrance });
      const { summary } = await stack.up();
      assert.equal(summary.resourceChanges?.delete, 1);
      assert.equal(summary.resourceChanges.create, undefined);

      const [entrance] = emulator.tasks();
      emulator.removeTask(entrance.id);
      await stack.up({ refresh: true });
      assert.equal(emulator.tasks().length, 1);

      await stack.destroy();
      assert.deepEqual(emulator.tasks(), []);
    } finally {
      // Takes the stack's configuration file away, too.
      await stack.workspace.removeStack(STACK, { force: true });
    }
  },
);
