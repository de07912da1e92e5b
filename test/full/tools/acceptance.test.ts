/** `npm run acceptance` against the emulator: what it does, that it cleans up, and that it is off by default. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import { text } from "node:stream/consumers";
import {
  DEFAULT_EDGE_SERVICE,
  DEFAULT_IEF_SERVICE,
  startEmulator,
  type Emulator,
} from "../../../testkit/emulator";
import { SCENARIO_TIMEOUT } from "../../scenarios/support";

const MAIN = path.resolve(__dirname, "../../../tools/acceptance/main.js");

describe("npm run acceptance", function () {
  this.timeout(SCENARIO_TIMEOUT);
  let emulator: Emulator;
  before(async () => (emulator = await startEmulator()));
  after(() => emulator.close());
  beforeEach(() => emulator.reset());

  async function run(more: Record<string, string>): Promise<{ status: unknown; output: string }> {
    const endpoints = Object.entries(emulator.endpoints).map(([service, url]) => [
      `VIDEO_ANALYSIS_ENDPOINT_${service.toUpperCase()}`,
      url,
    ]);
    const env = {
      ...process.env,
      ...(Object.fromEntries(endpoints) as Record<string, string>),
      HW_REGION_NAME: emulator.region,
      HW_PROJECT_ID: emulator.projectId,
      HW_AUTH_TOKEN: emulator.token,
      ...more,
    };
    const child = spawn(process.execPath, [MAIN], { env, stdio: ["ignore", "pipe", "pipe"] });
    const exited = once(child, "exit");
    const said = await Promise.all([child.stdout, child.stderr].map((pipe) => text(pipe)));
    const [status] = (await exited) as unknown[];
    return { status, output: said.join("") };
  }

  const settings = (id: string, platform: string) => ({
    ACCEPTANCE_SERVICE_ID: id,
    ACCEPTANCE_PLATFORM: platform,
    ACCEPTANCE_URL: "rtsp://192.0.2.1/live",
    ACCEPTANCE_STREAM: "results",
  });

  for (const [id, platform] of [
    [DEFAULT_EDGE_SERVICE.id, "edge"],
    [DEFAULT_IEF_SERVICE.id, "ief"],
  ] as const) {
    it(`passes on ${platform} with one task, and leaves none`, async () => {
      const { status, output } = await run(settings(id, platform));
      assert.equal(status, 0, output);
      assert.equal(emulator.calls({ operation: "createServiceTask" }).length, 1);
      assert.deepEqual(emulator.tasks(), []);
    });
  }

  it("cleans up where a step fails", async () => {
    emulator.inject({ kind: "forbidden", match: { operation: "listServiceTasks" }, times: 1 });
    const { status } = await run(settings(DEFAULT_EDGE_SERVICE.id, "edge"));
    assert.equal(status, 1);
    assert.deepEqual(emulator.tasks(), []);
  });

  it("does nothing without its settings, and asks for all of them", async () => {
    assert.equal((await run({ ACCEPTANCE_SERVICE_ID: "" })).status, 0);
    assert.equal((await run({ ACCEPTANCE_SERVICE_ID: "x" })).status, 1);
    assert.equal(emulator.requests.length, 0);
  });
});
