import assert from "node:assert/strict";
import { previewOf } from "../../provider/core/operations/preview";
import { RESOURCES } from "../../provider/services";
import { fileOnIef, UNKNOWN, without } from "../support/arguments";
import { checked } from "../support/checks";
import { idFor } from "../support/world";

const { definition, outputs } = RESOURCES.ServiceTask;
const names = Object.keys(outputs.shape);
const batchNames = Object.keys(RESOURCES.BatchTask.outputs.shape);

describe("previews", () => {
  const { inputs } = checked(fileOnIef, {}, { configuredRegion: "eu-de" });

  it("of a create know the arguments, the name and the region", () => {
    const { known, unknown } = previewOf(definition, names, { ...inputs, config: UNKNOWN });
    assert.deepEqual(known, { ...inputs, config: UNKNOWN, unfinished: [], stateVersion: 1 });
    for (const name of ["taskIds", "state", "states", "tasks", "projectId", "endpoint"])
      assert.ok(unknown.includes(name), name);
    assert.ok(!unknown.includes("region") && !unknown.includes("name"));
  });

  it("of a create without them leave name and region open", () => {
    const { unknown } = previewOf(definition, names, without(inputs, "name", "region"));
    assert.ok(unknown.includes("name") && unknown.includes("region"));
  });

  it("of an update keep what identifies the tasks, and leave their states open", () => {
    const recorded = { ...inputs, taskIds: ["a"], states: ["RUNNING"], state: "RUNNING", projectId: "p" };
    const { known, unknown } = previewOf(definition, names, without(inputs, "name"), {
      id: idFor("a"),
      outputs: recorded,
    });
    assert.deepEqual([known.taskIds, known.projectId, known.name], [["a"], "p", inputs.name]);
    assert.ok(unknown.includes("state") && unknown.includes("tasks") && unknown.includes("endpoint"));
  });

  it("of an update of a batch leave its sub-tasks open, which may become others", () => {
    const recorded = { batchTaskId: "b", taskIds: ["a"], region: "eu-de", projectId: "p", name: "n" };
    const { known, unknown } = previewOf(
      RESOURCES.BatchTask.definition,
      batchNames,
      { name: "n" },
      { id: "b", outputs: recorded },
    );
    assert.equal(known.batchTaskId, "b");
    assert.ok(unknown.includes("taskIds") && unknown.includes("totalCount"));
  });
});
