import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as va from "../../sdk";
import { providerText } from "../../sdk/package-info";
import { minimalArgs, registration, REPOSITORY, useMocks, valueOf } from "./support";

/** Most bytes that the stored program text of a resource may have. */
const MAX_PROVIDER_TEXT = 90;

const hasCode = (code: string) => (error: unknown) =>
  pulumi.RunError.isInstance(error) && (error as unknown as { code: unknown }).code === code;

describe("ServiceTask", () => {
  it("registers the constant program text and type that recorded states depend on", async () => {
    const recorder = await useMocks();
    await registration(new va.ServiceTask("camera", minimalArgs()));
    const [request] = recorder.registered;
    assert.equal(request?.type, "pulumi-nodejs:dynamic/video-analysis:ServiceTask");
    assert.equal(
      (request.inputs as Record<string, unknown>)["__provider"],
      'exports.handler=()=>require("pulumi-video-analysis/runtime").ServiceTask',
    );
  });

  it("keeps the three program texts short", () => {
    assert.deepEqual((["ServiceTask", "BatchTask", "VideoAnalysisJob"] as const).map(providerText), [
      'exports.handler=()=>require("pulumi-video-analysis/runtime").ServiceTask',
      'exports.handler=()=>require("pulumi-video-analysis/runtime").BatchTask',
      'exports.handler=()=>require("pulumi-video-analysis/runtime").VideoAnalysisJob',
    ]);
    assert.ok(Buffer.byteLength(providerText("VideoAnalysisJob")) <= MAX_PROVIDER_TEXT);
  });

  it("sends what the program gave and nothing more than its hidden inputs", async () => {
    const recorder = await useMocks();
    await registration(new va.ServiceTask("camera", minimalArgs()));
    const { autoName, __provider, ...given } = recorder.inputsOf("camera");
    assert.deepEqual(given, minimalArgs());
    assert.match(String(autoName), /^camera-[0-9a-f]{12}$/);
    assert.equal(typeof __provider, "string");
  });

  it("sends a name only where the program gives one, and the default name in any case", async () => {
    const recorder = await useMocks();
    await registration(new va.ServiceTask("camera", { ...minimalArgs(), name: "gate" }));
    const { name, autoName } = recorder.inputsOf("camera");
    assert.equal(name, "gate");
    assert.match(String(autoName), /^camera-[0-9a-f]{12}$/);
    await registration(new va.ServiceTask("other", { ...minimalArgs(), name: pulumi.output(undefined) }));
    assert.ok(!("name" in recorder.inputsOf("other")));
  });

  it("passes unknown properties on, so that the check can name them", async () => {
    const recorder = await useMocks();
    const args = { ...minimalArgs(), service_id: "x" };
    await registration(new va.ServiceTask("camera", args));
    assert.equal(recorder.inputsOf("camera")["service_id"], "x");
  });

  it("has every output and argument as a property", async () => {
    const outputs = {
      taskIds: ["t1", "t2"],
      states: ["RUNNING", "PENDING"],
      state: "PENDING",
      stateVersion: 1,
    };
    await useMocks({ outputs });
    const task = new va.ServiceTask("camera", minimalArgs());
    assert.deepEqual(await valueOf(task.taskIds), ["t1", "t2"]);
    assert.equal(await valueOf(task.taskId), "t1");
    assert.equal(await valueOf(task.state), "PENDING");
    assert.equal(await valueOf(task.serviceId), "service-1");
    assert.equal(await valueOf(task.description), undefined);
    assert.equal(await valueOf(task.creator), undefined);
    for (const key of ["tasks", "projectId", "endpoint", "unfinished", "serviceName", "adopt", "config"]) {
      assert.ok(pulumi.Output.isInstance(Reflect.get(task, key)), key);
    }
  });

  it("survives missing task ids", async () => {
    await useMocks();
    assert.equal(await valueOf(new va.ServiceTask("camera", minimalArgs()).taskId), undefined);
  });

  it("keeps secrets of the program secret", async () => {
    await useMocks();
    const url = pulumi.secret("rtsp://user:word@example.com/live");
    const task = new va.ServiceTask("camera", { ...minimalArgs(), input: { type: "url", data: [{ url }] } });
    assert.equal(await pulumi.isSecret(task.input), true);
    assert.equal(await pulumi.isSecret(task.output), false);
  });

  it("refuses the option `import` and names the ways that work", async () => {
    const recorder = await useMocks();
    assert.throws(
      () => new va.ServiceTask("camera", minimalArgs(), { import: "service-1/t1" }),
      (error: Error) =>
        hasCode("IMPORT_UNSUPPORTED")(error) &&
        error.message.includes('adopt: "service-1/t1"') &&
        error.message.includes("video-analysis import"),
    );
    assert.deepEqual(recorder.registered, []);
  });

  it("fills `timeouts` from `customTimeouts`", async () => {
    const recorder = await useMocks();
    const args = { ...minimalArgs(), timeouts: { create: "1h" } };
    await registration(
      new va.ServiceTask("camera", args, { customTimeouts: { create: "5m", delete: "7m" } }),
    );
    assert.deepEqual(recorder.inputsOf("camera")["timeouts"], { create: "1h", delete: "7m" });
  });
});

describe("ServiceTask.get", () => {
  it("reads by id and sends no arguments but those of the lookup", async () => {
    const recorder = await useMocks({ outputs: { taskIds: ["t1"], state: "RUNNING" } });
    const task = va.ServiceTask.get("existing", "service-1/t1", { region: "eu-de" });
    await registration(task);
    assert.deepEqual(recorder.registered[0]?.id, "service-1/t1");
    assert.deepEqual(recorder.inputsOf("existing"), {
      region: "eu-de",
      __provider: providerText("ServiceTask"),
    });
    assert.equal(await valueOf(task.id), "service-1/t1");
    assert.equal(await valueOf(task.taskId), "t1");
    assert.ok(va.ServiceTask.isInstance(task));
  });

  it("takes an id that is an output", async () => {
    await useMocks();
    const task = va.ServiceTask.get("existing", pulumi.output("service-1/t1"));
    assert.equal(await valueOf(task.id), "service-1/t1");
  });
});

describe("ServiceTask.isInstance", () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(path.join(tmpdir(), "second-copy-"))));
  afterEach(() => rmSync(directory, { recursive: true }));

  it("knows resources of another copy of the package", async () => {
    for (const part of ["sdk", "provider"]) {
      cpSync(path.join(REPOSITORY, "dist", part), path.join(directory, "dist", part), { recursive: true });
    }
    cpSync(path.join(REPOSITORY, "package.json"), path.join(directory, "package.json"));
    mkdirSync(path.join(directory, "node_modules"));
    symlinkSync(
      path.join(REPOSITORY, "node_modules", "@pulumi"),
      path.join(directory, "node_modules", "@pulumi"),
      "junction",
    );
    const second = createRequire(path.join(directory, "x.js"))("./dist/sdk") as typeof va;
    await useMocks();
    const ours = new va.ServiceTask("a", minimalArgs());
    const theirs = new second.ServiceTask("b", minimalArgs());
    assert.notEqual(second.ServiceTask, va.ServiceTask);
    assert.ok(va.ServiceTask.isInstance(theirs) && second.ServiceTask.isInstance(ours));
    assert.ok(pulumi.CustomResource.isInstance(theirs));
  });

  it("refuses everything else", async () => {
    await useMocks();
    class Other extends pulumi.ComponentResource {
      constructor() {
        super("example:index:Other", "other");
      }
    }
    for (const value of [undefined, null, "ServiceTask", {}, new Other(), new va.Provider("p")]) {
      assert.equal(va.ServiceTask.isInstance(value), false);
    }
  });
});
