import assert from "node:assert/strict";
import type { JsonObject } from "../../testkit/emulator";
import { Harness, failsWith } from "./harness";
import { videoAnalysisJobKind as kind } from "./kinds";
import { jobArgs } from "./kinds/video-analysis-job";
import { plain, type Props } from "./values";
import { contract } from "./part";

/** Features of jobs alone: two generations of documents, and results that the service hosts. */
export const part = contract("jobs", () => {
  let harness: Harness;
  before(async () => {
    harness = await Harness.open();
    await harness.start();
  });
  after(() => harness.close());
  afterEach(() => {
    harness.emulator.configure({
      vasMaxLimit: 1000,
      vasCreateAnswer: "array",
      vasDeleteStatus: 202,
      vasErrorText: "error_msg",
      transitions: { finishMs: undefined },
    });
    harness.emulator.clearFaults();
  });

  it("work with the service as its older pages describe it", async () => {
    harness.emulator.configure({
      vasMaxLimit: 100,
      vasCreateAnswer: "wrapped",
      vasDeleteStatus: 200,
      vasErrorText: "error_message",
    });
    const run = await harness.newRun();
    const { state } = await run.up(jobArgs("older"));
    assert.deepEqual(state.outputs.taskIds, kind.taskIds(harness.emulator, "older"));
    assert.deepEqual((await run.refresh(state))?.changed, []);
    await run.delete(state);
    assert.deepEqual(kind.made(harness.emulator, "older"), []);
    const refused = run.up(jobArgs("older-too", { serviceVersion: "9.9" }));
    await assert.rejects(refused, failsWith("SERVICE_NOT_FOUND", /video-analyze or its version 9\.9/));
  });

  it("say where a hosted result lies, and keep what the program wrote as the argument", async () => {
    harness.emulator.configure({ transitions: { finishMs: 50 } });
    const args = jobArgs("hosted", { ...kind.file, output: { hosting: {} }, waitFor: "succeeded" });
    const { state } = await harness.provider.up(args);
    const outputs = plain(state.outputs);
    const [id = ""] = kind.made(harness.emulator, "hosted");
    assert.equal(outputs.state, "SUCCEEDED");
    assert.deepEqual(outputs.output, { hosting: {} });
    const hosting = outputs.hostingOutput as Props;
    assert.deepEqual(hosting.obs, [{ bucket: "video-analyze", path: `hosting/${id}/result.json` }]);
    assert.equal((outputs.hostingResult as Props).status, "AVAILABLE");
    const refreshed = await harness.provider.refresh(state);
    assert.deepEqual(refreshed?.changed, []);
    assert.equal((await harness.provider.up(args, refreshed.state)).op, "same");
  });

  it("forget where a result lay when it is no longer hosted", async () => {
    const { state } = await harness.provider.up(jobArgs("unhosted", { output: { hosting: {} } }));
    assert.ok("hostingOutput" in state.outputs);
    const step = await harness.provider.up(jobArgs("unhosted"), state);
    assert.equal(step.op, "update");
    assert.equal("hostingOutput" in step.state.outputs, false);
  });

  it("are put back field by field, in one call, after several changes elsewhere", async () => {
    const args = jobArgs("several", kind.scheduled);
    const { state } = await harness.provider.up(args);
    const [id = ""] = kind.made(harness.emulator, "several");
    const patch: JsonObject = {
      description: "text",
      output: { dis: { stream_name: "other" }, hosting: {} },
      input: { data: [{ url: "rtsp://cameras.example.com/9" }] },
    };
    kind.edit(harness.emulator, id, patch);
    const refreshed = await harness.provider.refresh(state);
    assert.deepEqual(refreshed?.changed, [
      "description",
      "input.data[0].url",
      "output.dis.streamName",
      "output.hosting",
    ]);
    harness.emulator.clearRequests();
    const step = await harness.provider.up(args, refreshed.state);
    const [put, ...others] = harness.emulator.calls({ operation: "updateTask", service: "iva" });
    assert.deepEqual(others, []);
    assert.deepEqual(Object.keys(put?.body as object).sort(), ["description", "input", "name", "output"]);
    assert.deepEqual((await harness.provider.refresh(step.state))?.changed, []);
  });
});
