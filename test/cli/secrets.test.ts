/** Canaries: no secret of a state, its configuration or the services is in any report or message. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { batchArgs, EDGE, edgeArgs, jobArgs, secret, tasksOf } from "../scenarios/program";
import { SCENARIO_TIMEOUT, taskIdsOf, TestStack } from "../scenarios/support";
import {
  addressesOf,
  changesOf,
  exportTo,
  reportOf as reportBy,
  resourceIn,
  runProcess as run,
  type RunOptions,
  statuses,
  tokenOf,
} from "./support";

const PASSPHRASE = "canary-passphrase";
const CANARY = {
  header: "canary-header",
  password: "canary-password",
  url: "canary-url-password",
  description: "canary-description",
  token: "canary-token",
  drifted: "canary-drifted",
} as const;

const webhook = {
  webhook: { url: "https://hooks.example.com/results", headers: { "X-Key": CANARY.header } },
};
const PROGRAM = {
  tasks: {
    ...tasksOf({
      vcn: {
        platform: "edge",
        serviceId: EDGE,
        sourceUsageEstimate: { cpu: 0.1, memory: 32 },
        input: {
          type: "vcn",
          data: [{ deviceId: "device" }],
          vcn: { ip: "10.0.0.1", port: 9900, username: "operator", password: CANARY.password },
        },
        output: webhook,
      },
      camera: {
        ...edgeArgs({ description: secret(CANARY.description) }),
        input: { type: "url", data: [{ url: `rtsp://viewer:${CANARY.url}@cameras.example.com/1` }] },
      },
      open: edgeArgs({ description: "nothing to hide" }),
    }).tasks,
    batch: { type: "BatchTask" as const, args: batchArgs({ output: webhook }) },
    job: { type: "VideoAnalysisJob" as const, args: jobArgs({ output: webhook }) },
  },
};

const reportOf = (args: readonly string[], options: RunOptions): ReturnType<typeof reportBy> =>
  reportBy(args, options, run);

describe("video-analysis drift: secrets", function () {
  this.timeout(SCENARIO_TIMEOUT);
  let stack: TestStack;
  let folder: string;
  let state: string;

  before(async () => {
    // A service that repeats passwords is the hard case.
    stack = await TestStack.open(
      { tokens: [CANARY.token], passwordEcho: "echo" },
      { passphrase: PASSPHRASE },
    );
    folder = mkdtempSync(path.join(tmpdir(), "video-analysis-drift-"));
    await stack.deploy(PROGRAM);
    state = exportTo(path.join(folder, "state.json"), stack);
  });
  after(async () => {
    await stack.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const idOf = (name: string): string => taskIdsOf(stack.resource(name))[0]!;

  /** Everything that a run says, in every format; with the status of the resources. */
  async function everything(env: Record<string, string>): Promise<string> {
    const files = ["markdown", "html", "json"].map((format) => [`--${format}`, path.join(folder, format)]);
    const done = await run(["drift", "--state", state, "--unmanaged", ...files.flat()], { env });
    const written = files.map(([, file = ""]) => readFileSync(file, "utf8"));
    return [done.stdout, done.stderr, ...written].join("\n");
  }

  it("compares what is encrypted only with the passphrase, and calls it in sync only then", async () => {
    const { report, status } = await reportOf(["--state", state], { env: tokenOf(stack) });
    assert.equal(status, 1);
    const closed = {
      vcn: "not-compared",
      camera: "not-compared",
      batch: "not-compared",
      job: "not-compared",
    };
    assert.deepEqual(statuses(report), { ...closed, open: "in-sync" });
    const paths = (name: string): string[] => resourceIn(report, name).notCompared.map(({ path: at }) => at);
    assert.deepEqual(paths("camera").sort(), ["description", "input.data"]);
    assert.deepEqual(paths("batch"), ['output.webhook.headers["X-Key"]']);
    const open = await reportOf(["--state", state], { env: { PULUMI_CONFIG_PASSPHRASE: PASSPHRASE } });
    assert.deepEqual([open.status, open.report.summary.inSync], [0, 5]);
  });

  it("shows that a secret differs, and never which it is or was", async () => {
    stack.emulator.editTask(idOf("vcn"), { output: { webhook: { headers: { "X-Key": CANARY.drifted } } } });
    stack.emulator.editTask(idOf("open"), { description: `see ${CANARY.description}` });
    stack.emulator.editTask(idOf("camera"), {
      description: CANARY.drifted,
      input: { data: [{ url: `rtsp://viewer:${CANARY.drifted}@cameras.example.com/1` }] },
    });
    const env = { PULUMI_CONFIG_PASSPHRASE: PASSPHRASE };
    const { report, stderr, status } = await reportOf(["--state", state], { env });
    assert.equal(status, 2, stderr);
    assert.deepEqual(changesOf(resourceIn(report, "vcn")), [
      'output.webhook.headers["X-Key"]: "[secret]" → "[secret]"',
    ]);
    assert.deepEqual(changesOf(resourceIn(report, "camera")).sort(), [
      'description: "[secret]" → "[secret]"',
      'input.data[0].url: "rtsp://[secret]@cameras.example.com/1" → "rtsp://[secret]@cameras.example.com/1"',
    ]);
    assert.deepEqual(changesOf(resourceIn(report, "open")), [
      'description: "nothing to hide" → "see [secret]"',
    ]);
    for (const given of [env, tokenOf(stack)]) {
      const text = await everything(given);
      assert.match(text, /vcn/);
      // Without the passphrase the command cannot know that the text in the open description is a secret.
      const known =
        given === env
          ? Object.values(CANARY)
          : [CANARY.header, CANARY.password, CANARY.url, CANARY.token, CANARY.drifted];
      for (const canary of [...known, PASSPHRASE]) assert.ok(!text.includes(canary), `${canary} in ${text}`);
    }
  });

  it("keeps them out of what it says of a service that refuses", async () => {
    const wrong = {
      ...addressesOf(stack),
      HW_AUTH_TOKEN: "canary-wrong-token",
      VIDEO_ANALYSIS_CREDENTIALS: "env",
    };
    const text = await everything({ ...wrong, PULUMI_CONFIG_PASSPHRASE: PASSPHRASE });
    assert.match(text, /unreachable/);
    assert.ok(!text.includes("canary"), text);
  });
});
