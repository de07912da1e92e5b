/** The arguments of an update call, by the recorded, the wanted and the shown ones. */
import assert from "node:assert/strict";
import type { PropertyMap } from "../../provider/common/json";
import type { LiveTask } from "../../provider/core/contract";
import { argumentsToSend } from "../../provider/core/operations/arguments-to-send";
import { videoAnalysisJob } from "../../provider/services/video-analysis-job/definition";
import { jobArgs } from "./video-analysis-job/support";

const definition = videoAnalysisJob;
const inputs: PropertyMap = { ...jobArgs(), name: "job", description: "a job" };
const shown = (changes: PropertyMap = {}): LiveTask[] => {
  const args = { ...inputs, ...changes };
  return [{ id: "task1", name: String(args.name), state: "RUNNING", args, outputFields: {} }];
};
const send = (recorded: PropertyMap | undefined, wanted: PropertyMap = inputs, tasks = shown()): string[] =>
  argumentsToSend({
    definition,
    inputs: wanted,
    tasks,
    ...(recorded === undefined ? {} : { recorded: { ...recorded, taskIds: ["task1"] } }),
  });

describe("arguments to send", () => {
  it("are none where nothing changed, whatever drifted", () => {
    assert.deepEqual(send(inputs), []);
    assert.deepEqual(send(inputs, inputs, shown({ description: "changed by hand" })), []);
  });

  it("are those that changed in the program and that the update call takes", () => {
    assert.deepEqual(send(inputs, { ...inputs, description: "another", waitFor: "running" }), [
      "description",
    ]);
    assert.deepEqual(send(inputs, { ...inputs, description: undefined }), ["description"]);
  });

  it("are those that an adopted task shows otherwise", () => {
    const live = shown({ name: "old", description: "theirs" });
    assert.deepEqual(send(undefined, inputs, live), ["name", "description"]);
    assert.deepEqual(send(undefined, { ...inputs, name: undefined }, live), ["description"]);
    assert.deepEqual(send(undefined), []);
  });

  it("are what an interrupted adoption left to apply", () => {
    const live = shown({ description: "theirs" });
    const recorded = { ...inputs, adopt: "face/task1" };
    assert.deepEqual(send({ ...recorded, unfinished: ["wait"] }, inputs, live), ["description"]);
    assert.deepEqual(send({ ...recorded, unfinished: [] }, inputs, live), []);
  });

  it("are, of what an import could not record, what the task shows otherwise", () => {
    const imported = { ...inputs, description: undefined, unreadable: [["description"]] };
    const live = shown({ description: "theirs", name: "old" });
    assert.deepEqual(send(imported, inputs, live), ["description"]);
    assert.deepEqual(send(imported), []);
  });

  it("are all that the program gives after a create in part", () => {
    const expected = definition.updatable.filter((key) => inputs[key] !== undefined);
    assert.deepEqual(send({ ...inputs, unfinished: ["partial"] }), expected);
  });
});
