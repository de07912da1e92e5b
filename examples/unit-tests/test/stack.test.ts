/** The whole life of the stack: the real program and provider process, against the services on loopback. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { after, before, test } from "node:test";
import {
  DEFAULT_EDGE_SERVICE,
  type Emulator,
  Engine,
  type OperationResult,
  startEmulator,
} from "pulumi-video-analysis/testkit";

/** The project, seen from the compiled test. */
const PROJECT = path.join(__dirname, "..", "..");
const CAMERAS = { entrance: "rtsp://cameras.example.com/entrance", yard: "rtsp://cameras.example.com/yard" };

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

/** The stack with these cameras. Each is a run of its own, as `pulumi up` is; the state is the same. */
function stack(cameras: Readonly<Record<string, string>>): Engine {
  return new Engine({
    workDir: PROJECT,
    project: "unit-tests",
    config: {
      "unit-tests:serviceId": DEFAULT_EDGE_SERVICE.id,
      "unit-tests:cameras": JSON.stringify(cameras),
      "video-analysis:region": emulator.region,
      "video-analysis:projectId": emulator.projectId,
      "video-analysis:endpoints": JSON.stringify(emulator.endpoints),
    },
    secretConfig: { "video-analysis:token": emulator.token },
    stateFile: path.join(scratch, "state.json"),
    // The compiler has checked the types before the tests.
    env: { PULUMI_NODEJS_TRANSPILE_ONLY: "true" },
  });
}

function succeeded(result: OperationResult): OperationResult {
  assert.ok(result.ok, result.diagnostics.map(({ message }) => message).join("\n"));
  return result;
}

test("the stack comes up, follows the configuration, repairs drift and leaves nothing behind", async () => {
  succeeded(await stack(CAMERAS).up());
  assert.equal(emulator.tasks().length, 2);

  // A service that throttles costs time, and nothing else.
  emulator.inject({ kind: "throttle", times: 1, retryAfter: 1 });
  const { changes } = succeeded(await stack({ entrance: CAMERAS.entrance }).up());
  assert.deepEqual([changes.delete, changes.create], [1, undefined]);

  const [entrance] = emulator.tasks();
  emulator.removeTask(entrance.id);
  succeeded(await stack({ entrance: CAMERAS.entrance }).up({ refresh: true }));
  assert.equal(emulator.tasks().length, 1);

  succeeded(await stack(CAMERAS).destroy());
  assert.deepEqual(emulator.tasks(), []);
});
