// Run in a project that has installed the package: a program of each resource through the SDK's provider process, and
// through the Pulumi CLI where there is one. Ends with 1 where anything is not as it should be.
const assert = require("node:assert/strict");
const { spawn, spawnSync } = require("node:child_process");
const { once } = require("node:events");
const { mkdtempSync, rmSync, writeFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { tmpdir } = require("node:os");
const path = require("node:path");
const pulumi = require("@pulumi/pulumi");
const { LocalWorkspace } = require("@pulumi/pulumi/automation");
const { ResourceProviderClient } = require("@pulumi/pulumi/proto/provider_grpc_pb");
const messages = require("@pulumi/pulumi/proto/provider_pb");
const va = require("pulumi-video-analysis");
const { startEmulator } = require("pulumi-video-analysis/testkit");

// Packages that the SDK uses itself, which a strict package manager hides from all others.
const fromSdk = createRequire(require.resolve("@pulumi/pulumi"));
const grpc = fromSdk("@grpc/grpc-js");
const { Struct } = fromSdk("google-protobuf/google/protobuf/struct_pb.js");

function declare() {
  const cameras = [{ url: "rtsp://cameras.example.com/north" }];
  const output = { dis: { streamName: "results" } };
  return [
    new va.ServiceTask("task", {
      serviceId: "2a2db77f-0000-4000-8000-000000000001",
      platform: "edge",
      input: { type: "url", data: cameras },
      output,
      sourceUsageEstimate: { cpu: 0.1, memory: 32 },
    }),
    new va.BatchTask("batch", {
      serviceName: "fire-smoke",
      serviceVersion: "1.0",
      batchInput: {
        videoSourceGroup: [
          { videoSourceGroupId: "group-north", videoSourceList: [{ videoSourceId: "camera-north-1" }] },
        ],
      },
      output,
    }),
    new va.VideoAnalysisJob("job", {
      serviceName: "video-analyze",
      serviceVersion: "1.0",
      input: { type: "url", data: cameras },
      output,
    }),
  ];
}

/** Types and values are found by the compiler and by ES modules too. */
async function checkLanguages() {
  assert.equal((await import("pulumi-video-analysis")).ServiceTask, va.ServiceTask);
  writeFileSync(
    "program.ts",
    `import type * as pulumi from "@pulumi/pulumi";
     import * as va from "pulumi-video-analysis";
     import { startEmulator } from "pulumi-video-analysis/testkit";
     export const ids = (args: va.ServiceTaskArgs): pulumi.Output<string[]> => new va.ServiceTask("task", args).taskIds;
     export const region = async (): Promise<string> => (await startEmulator()).region;`,
  );
  const options = ["--noEmit", "--strict", "--target", "es2022", "--module", "node16", "--types", "node"];
  const tsc = require.resolve("typescript/lib/tsc.js");
  const { status, stdout } = spawnSync(process.execPath, [tsc, ...options, "program.ts"], {
    encoding: "utf8",
  });
  assert.equal(status, 0, stdout);
}

/** The inputs that the program registers. */
async function registeredInputs() {
  const registered = [];
  await pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => {
      registered.push(inputs);
      return { id: name, state: inputs };
    },
    call: () => ({}),
  });
  await Promise.all(declare().map(({ id }) => new Promise((resolve) => id.apply(resolve))));
  return registered;
}

/** The calls of the engine for a program that is run once and destroyed. */
async function runInProviderProcess(configuration) {
  const script = require.resolve("@pulumi/pulumi/cmd/dynamic-provider");
  // No dynamic provider calls the engine, so that any address does.
  const child = spawn(process.execPath, [script, "127.0.0.1:1"], { stdio: ["ignore", "pipe", "inherit"] });
  const [port] = await once(child.stdout, "data");
  const client = new ResourceProviderClient(`127.0.0.1:${Number(port)}`, grpc.credentials.createInsecure());
  const send = (method, fields) => {
    const request = new messages[`${method[0].toUpperCase()}${method.slice(1)}Request`]();
    for (const [name, value] of Object.entries(fields))
      request[`set${name}`](typeof value === "object" ? Struct.fromJavaScript(value) : value);
    return new Promise((resolve, reject) =>
      client[method](request, (error, answer) => (error === null ? resolve(answer) : reject(error))),
    );
  };
  try {
    await send("configure", { Args: configuration });
    for (const News of await registeredInputs()) {
      const checked = await send("check", { Olds: {}, News });
      assert.deepEqual(checked.getFailuresList(), []);
      const inputs = checked.getInputs().toJavaScript();
      const created = await send("create", { Properties: inputs });
      const state = { Id: created.getId(), Properties: created.getProperties().toJavaScript() };
      assert.equal((await send("read", { ...state, Inputs: inputs })).getId(), state.Id);
      await send("delete", state);
    }
  } finally {
    client.close();
    child.kill();
  }
}

async function runOnCli(configuration) {
  const home = mkdtempSync(path.join(tmpdir(), "video-analysis-smoke-"));
  try {
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName: "smoke", projectName: "smoke", program: async () => void declare() },
      {
        workDir: process.cwd(),
        envVars: {
          PULUMI_BACKEND_URL: `file://${home}`,
          PULUMI_CONFIG_PASSPHRASE: "smoke",
          PULUMI_HOME: home,
          PULUMI_SKIP_UPDATE_CHECK: "true",
        },
      },
    );
    await stack.setAllConfig(
      Object.fromEntries(
        Object.entries(configuration).map(([key, value]) => [key, { value, secret: key.endsWith("token") }]),
      ),
    );
    const changes = async (operation) => (await operation).summary.resourceChanges;
    // The stack itself is a resource.
    assert.deepEqual(await changes(stack.up()), { create: 4 });
    assert.deepEqual(await changes(stack.up()), { same: 4 });
    assert.deepEqual(await changes(stack.refresh()), { same: 4 });
    assert.deepEqual(await changes(stack.destroy()), { delete: 4 });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function main() {
  await checkLanguages();
  const emulator = await startEmulator();
  const configuration = {
    "video-analysis:region": emulator.region,
    "video-analysis:projectId": emulator.projectId,
    "video-analysis:endpoints": JSON.stringify(emulator.endpoints),
    "video-analysis:token": emulator.token,
  };
  const { status, stdout } = spawnSync("pulumi", ["version"], { encoding: "utf8" });
  try {
    if (status === 0) await runOnCli(configuration);
    await runInProviderProcess(configuration);
    assert.deepEqual([...emulator.tasks(), ...emulator.batches()], [], "nothing is left behind");
  } finally {
    await emulator.close();
  }
  const sdk = require("@pulumi/pulumi/package.json").version;
  const cli = status === 0 ? `Pulumi CLI ${stdout.trim()}` : "no Pulumi CLI";
  console.log(`ok: Node ${process.versions.node}, SDK ${sdk}, ${cli}`);
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
