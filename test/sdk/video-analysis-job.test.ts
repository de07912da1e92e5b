import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as va from "../../sdk";
import { registration, useMocks, valueOf } from "./support";

const minimalJob = (): va.VideoAnalysisJobArgs => ({
  serviceName: "video-analyze",
  serviceVersion: "1.0",
  input: { type: "obs", data: [{ bucket: "obs-iva", path: "input/demo.mp4" }] },
  output: { hosting: {} },
});

describe("VideoAnalysisJob", () => {
  it("registers the constant program text and type that recorded states depend on", async () => {
    const recorder = await useMocks();
    await registration(new va.VideoAnalysisJob("file", minimalJob()));
    const [request] = recorder.registered;
    assert.equal(request?.type, "pulumi-nodejs:dynamic/video-analysis:VideoAnalysisJob");
    const { __provider, autoName, ...given } = recorder.inputsOf("file");
    assert.equal(__provider, 'exports.handler=()=>require("pulumi-video-analysis/runtime").VideoAnalysisJob');
    assert.match(String(autoName), /^file-[0-9a-f]{12}$/);
    assert.deepEqual(given, minimalJob());
  });

  it("has every output and argument as a property", async () => {
    const hostingOutput = { obs: [{ bucket: "b", path: "p" }] };
    await useMocks({ outputs: { taskIds: ["t1", "t2"], hostingOutput } });
    const job = new va.VideoAnalysisJob("file", minimalJob());
    assert.equal(await valueOf(job.taskId), "t1");
    assert.deepEqual(await valueOf(job.hostingOutput), hostingOutput);
    assert.equal(await valueOf(job.serviceConfig), undefined);
    const arguments_ = ["timing", "edgePoolId", "resourceOrderId", "adopt", "triggers"];
    for (const key of [...arguments_, "tasks", "state", "serviceTitle", "creator", "hostingResult"]) {
      assert.ok(pulumi.Output.isInstance(Reflect.get(job, key)), key);
    }
  });

  it("knows its instances, and reads existing jobs by id", async () => {
    const recorder = await useMocks();
    const job = va.VideoAnalysisJob.get("seen", "video-analyze/a", { region: "cn-north-4" });
    await registration(job);
    assert.ok(va.VideoAnalysisJob.isInstance(job));
    assert.ok(!va.ServiceTask.isInstance(job));
    assert.equal(recorder.registered[0]?.id, "video-analyze/a");
    assert.ok(!("autoName" in recorder.inputsOf("seen")));
  });

  it("refuses the option import", async () => {
    await useMocks();
    assert.throws(
      () => new va.VideoAnalysisJob("file", minimalJob(), { import: "video-analyze/a" }),
      /adopt: "video-analyze\/a"/,
    );
  });
});
