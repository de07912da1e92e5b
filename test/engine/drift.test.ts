import assert from "node:assert/strict";
import type { StepRecord } from "../../tools/engine";
import { each, KINDS, oneOfEach } from "../scenarios/kinds";
import { edgeArgs, iefArgs, tasksOf } from "../scenarios/program";
import {
  changedPaths,
  opsOf,
  SCENARIO_TIMEOUT,
  stepOf,
  succeeded,
  taskIdsOf,
  TestStack,
  writesOf,
} from "../scenarios/support";

/** The stream addresses in a step's inputs. */
const sourcesOf = (inputs: StepRecord["newInputs"] = {}): unknown[] =>
  (inputs["input"] as { data: { url: string }[] }).data.map(({ url }) => url);

const PROGRAM = tasksOf({
  parking: edgeArgs({ description: "parking deck" }),
  crossing: edgeArgs({}, "north", "south"),
  archive: iefArgs({ desiredState: "running", waitFor: "running" }),
  batch: {
    ...iefArgs({ desiredState: "running", waitFor: "running" }),
    input: { type: "obs", data: [{ bucket: "recordings", path: "2026" }] },
  },
});

describe("drift", function () {
  this.timeout(SCENARIO_TIMEOUT);
  let stack: TestStack;

  before(async () => {
    stack = await TestStack.open();
    await stack.deploy(PROGRAM);
  });
  after(() => stack.close());

  const idOf = (name: string): string => taskIdsOf(stack.resource(name))[0]!;

  it("is reported by a refresh as exactly the property, recorded and live", async () => {
    stack.emulator.editTask(idOf("parking"), { output: { dis: { stream_name: "elsewhere" } } });
    const preview = succeeded(await stack.refresh({ previewOnly: true }));
    const step = stepOf(preview, "parking");
    assert.equal(step.resultOp, "update");
    assert.deepEqual(changedPaths(step), ["output.dis.streamName"]);
    const recorded = step.oldInputs?.["output"];
    const live = step.newInputs?.["output"];
    assert.deepEqual(recorded, { dis: { streamName: "results" } });
    assert.deepEqual(live, { dis: { streamName: "elsewhere" } });
    assert.equal(JSON.stringify(stack.exported()).includes("elsewhere"), false, "only shown, not recorded");
    const others = opsOf(preview).filter((op) => !op.endsWith(" parking"));
    assert.deepEqual(others.sort(), ["refresh-same archive", "refresh-same batch", "refresh-same crossing"]);
  });

  it("names a removed property, one of several tasks, and a task that is gone", async () => {
    stack.emulator.editTask(idOf("parking"), { description: null });
    stack.emulator.removeTask(idOf("crossing"));
    stack.emulator.removeTask(idOf("archive"));
    const result = succeeded(await stack.refresh());
    assert.deepEqual(changedPaths(stepOf(result, "parking")), ["description", "output.dis.streamName"]);
    const crossing = stepOf(result, "crossing");
    assert.equal(crossing.resultOp, "update");
    assert.deepEqual(sourcesOf(crossing.newInputs), ["rtsp://cameras.example.com/south"]);
    assert.equal(stepOf(result, "archive").resultOp, "delete");
    assert.deepEqual(
      stack
        .recorded()
        .map(({ urn }) => urn.split("::").at(-1))
        .sort(),
      ["batch", "crossing", "parking"],
    );
  });

  it("is repaired by the next up", async () => {
    await stack.deploy(PROGRAM);
    assert.equal(stack.emulator.tasks().length, 5);
    assert.equal(JSON.stringify(stack.emulator.tasks()).includes("elsewhere"), false);
    assert.deepEqual(
      opsOf(succeeded(await stack.refresh())).filter((op) => !op.startsWith("refresh-same")),
      [],
    );
  });

  it("is found and repaired in one go by `up --refresh`; a stopped task is started, not replaced", async () => {
    const stopped = idOf("archive");
    stack.emulator.setState(stopped, "STOPPED");
    stack.emulator.editTask(idOf("parking"), { description: "somebody else's" });
    stack.emulator.clearRequests();
    const result = await stack.deploy(PROGRAM, { refresh: true });
    assert.equal(stepOf(result, "archive", "refresh").resultOp, "update");
    assert.deepEqual(changedPaths(stepOf(result, "archive", "refresh")), ["desiredState"]);
    assert.ok(stepOf(result, "archive", "update"));
    assert.ok(stepOf(result, "parking", "create-replacement"));
    assert.equal(idOf("archive"), stopped);
    assert.deepEqual(writesOf(stack.emulator).sort(), [
      "createServiceTask",
      "deleteServiceTask",
      "startServiceTask",
    ]);
    const running = stack.emulator.tasks().find(({ id }) => id === stopped);
    assert.equal(running?.state, "RUNNING");
  });

  it("is not that a task has finished: nothing is started again", async () => {
    stack.emulator.setState(idOf("batch"), "SUCCEEDED");
    stack.emulator.clearRequests();
    const result = await stack.deploy(PROGRAM, { refresh: true });
    assert.equal(stepOf(result, "batch", "refresh").resultOp, "same");
    assert.ok(stepOf(result, "batch", "same"));
    assert.deepEqual(writesOf(stack.emulator), []);
  });
});

describe("drift of every class", function () {
  this.timeout(SCENARIO_TIMEOUT);
  let stack: TestStack;
  const program = oneOfEach(() => ({ description: "ours", desiredState: "running", waitFor: "running" }));
  const idOf = (name: string): string => taskIdsOf(stack.resource(name))[0]!;

  before(async () => {
    stack = await TestStack.open();
    await stack.deploy(program);
  });
  after(() => stack.close());

  it("is reported as exactly the property, and repaired by replacement or update", async () => {
    const old = KINDS.map(({ name }) => idOf(name));
    for (const { name, edit } of KINDS) {
      edit(stack.emulator, idOf(name), { description: "theirs", output: { dis: { stream_name: "theirs" } } });
    }
    const preview = succeeded(await stack.refresh({ previewOnly: true }));
    for (const { name } of KINDS) {
      const step = stepOf(preview, name);
      assert.equal(step.resultOp, "update");
      assert.deepEqual(changedPaths(step), ["description", "output.dis.streamName"]);
      assert.equal(step.newInputs?.["description"], "theirs");
    }
    const result = await stack.deploy(program, { refresh: true });
    const ops = opsOf(result).filter((op) => !op.startsWith("refresh") && !op.startsWith("delete"));
    assert.deepEqual(ops.sort(), ["create-replacement task", "replace task", "update batch", "update job"]);
    assert.deepEqual(
      KINDS.map(({ name }) => idOf(name) === old[KINDS.findIndex((kind) => kind.name === name)]),
      [false, true, true],
    );
    assert.equal(
      JSON.stringify([stack.emulator.tasks(), stack.emulator.batches()]).includes("theirs"),
      false,
    );
  });

  it("of the run state is put right by start, without an update or replacement", async () => {
    for (const { name } of KINDS) stack.emulator.setState(idOf(name), "STOPPED");
    stack.emulator.clearRequests();
    const result = await stack.deploy(program, { refresh: true });
    for (const { name } of KINDS) {
      assert.deepEqual(changedPaths(stepOf(result, name, "refresh")), ["desiredState"]);
      assert.ok(stepOf(result, name, "update"));
    }
    assert.deepEqual(writesOf(stack.emulator).sort(), KINDS.map(({ operations }) => operations.start).sort());
  });

  it("is none where a task has ended", async () => {
    for (const { name } of KINDS) stack.emulator.setState(idOf(name), "SUCCEEDED");
    stack.emulator.clearRequests();
    const result = await stack.deploy(program, { refresh: true });
    assert.deepEqual(opsOf(result).sort(), [...each("refresh-same"), ...each("same")].sort());
    assert.deepEqual(writesOf(stack.emulator), []);
  });

  it("by deletion takes the resource out, and the next up makes it again", async () => {
    for (const { name, remove } of KINDS) remove(stack.emulator, idOf(name));
    const result = await stack.deploy(program, { refresh: true });
    assert.deepEqual(
      opsOf(result)
        .filter((op) => !op.startsWith("refresh"))
        .sort(),
      each("create"),
    );
    assert.equal(stack.liveIds().length, KINDS.length);
  });
});
