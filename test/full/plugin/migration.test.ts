/** Stacks move from the dynamic classes to the plugin and back, on a Pulumi CLI: nothing is sent to a service that writes. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { LocalWorkspace, type OpMap, type Stack } from "@pulumi/pulumi/automation";
import { type Emulator, startEmulator } from "../../../testkit/emulator";
import { findCli } from "../../../tools/stack/cli";
import { blocksOf } from "../../docs/pages";
import { EDGE } from "../../scenarios/program";
import { configurationFor, REPOSITORY, SCENARIO_TIMEOUT } from "../../scenarios/support";

const TASK = `{
  serviceId: ${JSON.stringify(EDGE)},
  platform: "edge",
  input: { type: "url", data: [{ url: "rtsp://reader:canary@cameras.example.com/door" }] },
  output: { dis: { streamName: "faces" } },
  sourceUsageEstimate: { cpu: 0.1, memory: 32 },
}`;

const PROGRAM = `
const other = new va.Provider("other", { nameSeed: "other" });
new va.ServiceTask("door", ${TASK});
new va.ServiceTask("gate", ${TASK}, { provider: other });
new va.BatchTask("night", {
  serviceName: "fire-smoke",
  serviceVersion: "1.0",
  batchInput: {
    videoSourceGroup: [
      { videoSourceGroupId: "group-north", videoSourceList: [{ videoSourceId: "camera-north-1" }] },
    ],
  },
  output: { dis: { streamName: "fire" } },
});
new va.VideoAnalysisJob("footage", {
  serviceName: "video-analyze",
  serviceVersion: "1.0",
  input: { type: "obs", data: [{ bucket: "obs-iva", path: "demo.mp4" }] },
  output: { obs: { bucket: "obs-iva", path: "output/" } },
});
`;

const on = (subpath: string): string => `import * as va from "pulumi-video-analysis${subpath}";\n${PROGRAM}`;

/** The way back, as docs/plugin.md shows it. */
const [wayBack] = blocksOf("ts").filter(({ text }) => text.includes("registerStackTransformation"));

describe("a stack on a Pulumi CLI", function () {
  this.timeout(SCENARIO_TIMEOUT);

  let scratch: string | undefined;
  let emulator: Emulator;
  let stack: Stack;

  before(async function () {
    if (findCli() === undefined) this.skip();
    emulator = await startEmulator();
    scratch = mkdtempSync(path.join(tmpdir(), "video-analysis-migration-"));
    const workDir = path.join(scratch, "site");
    mkdirSync(workDir);
    symlinkSync(path.join(REPOSITORY, "node_modules"), path.join(workDir, "node_modules"));
    const plugin = path.join(REPOSITORY, "dist", "plugin");
    const plugins = { providers: [{ name: "video-analysis", path: plugin }] };
    writeFileSync(
      path.join(workDir, "Pulumi.yaml"),
      JSON.stringify({ name: "site", runtime: "nodejs", plugins }),
    );
    writeFileSync(path.join(workDir, "package.json"), JSON.stringify({ main: "index.ts" }));
    const envVars = {
      PULUMI_HOME: path.join(scratch, "home"),
      PULUMI_BACKEND_URL: `file://${scratch}`,
      PULUMI_CONFIG_PASSPHRASE: "",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    };
    stack = await LocalWorkspace.createStack({ stackName: "dev", workDir }, { envVars });
    const config = Object.entries(configurationFor(emulator)).map(
      ([key, value]) => [key, { value }] as const,
    );
    await stack.setAllConfig({
      ...Object.fromEntries(config),
      "video-analysis:token": { value: emulator.token, secret: true },
    });
  });
  after(async () => {
    if (scratch === undefined) return;
    await emulator.close();
    rmSync(scratch, { recursive: true });
  });

  /** Runs a program, and says which requests it made. */
  async function up(program: string): Promise<{ changes: OpMap; requests: string[] }> {
    writeFileSync(path.join(stack.workspace.workDir, "index.ts"), program);
    const before = emulator.requests.length;
    const { summary } = await stack.up();
    const changes: OpMap = summary.resourceChanges ?? {};
    return { changes, requests: emulator.requests.slice(before).map(({ method }) => method) };
  }

  it("moves to the plugin without a request, its tasks unchanged", async () => {
    assert.equal((await up(on(""))).changes.create, 6);
    const tasks = emulator.tasks();
    const moved = await up(on("/plugin"));
    // The stack and the four tasks; the explicit provider is a new one.
    assert.deepEqual([moved.changes.same, moved.changes.create, moved.changes.delete], [5, 1, 1]);
    assert.deepEqual(moved.requests, []);
    assert.deepEqual(emulator.tasks(), tasks);
    await stack.preview({ expectNoChanges: true, refresh: true });
    const state = readFileSync(path.join(scratch ?? "", ".pulumi", "stacks", "site", "dev.json"), "utf8");
    assert.ok(!state.includes("canary"));
    assert.ok(state.includes('"video-analysis:index:ServiceTask"'));
  });

  it("moves back with an alias, reading alone", async () => {
    assert.ok(wayBack);
    const tasks = emulator.tasks();
    const back = await up(`${wayBack.text}\n${on("")}`);
    assert.deepEqual([back.changes.update, back.changes.create, back.changes.delete], [4, 1, 1]);
    assert.deepEqual([...new Set(back.requests)], ["GET"]);
    assert.deepEqual(emulator.tasks(), tasks);
    await stack.preview({ expectNoChanges: true });
    assert.ok(!readFileSync(path.join(stack.workspace.workDir, "index.ts"), "utf8").includes("/plugin"));
    await stack.destroy();
    assert.deepEqual([emulator.tasks(), emulator.batches()], [[], []]);
  });
});
