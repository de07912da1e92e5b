import assert from "node:assert/strict";
import { Bench, iefArgs, until } from "./bench";
import { InitFailed } from "./failures";
import { PROVIDER, type State, unfinished } from "./harness";

describe("contract: a create that does not finish", () => {
  let bench: Bench;
  before(async () => {
    bench = await Bench.open();
    await bench.start();
  });
  after(() => bench.close());
  afterEach(() => {
    bench.tap.watch = undefined;
  });

  /** Lets a task of that name have a state from the moment it is created. */
  function createdAs(name: string, state: string, error: { code: string; message: string }): void {
    bench.tap.watch = (moment) => {
      if (moment !== "served" || bench.tasksNamed(name).length === 0) return;
      bench.tap.watch = undefined;
      for (const task of bench.tasksNamed(name)) bench.emulator.setState(task.id, state, { error });
    };
  }

  async function stuck(name: string): Promise<{ state: State; failed: InitFailed }> {
    bench.emulator.inject({ kind: "stuckPending", match: { name } });
    const args = iefArgs(name, { waitFor: "running", timeouts: { create: "700ms" } });
    const inputs = await bench.provider.check(args);
    const creation = bench.provider.create(inputs);
    const failed: unknown = await creation.then(
      () => undefined,
      (error: unknown) => error,
    );
    assert.ok(failed instanceof InitFailed, String(failed));
    return { state: await unfinished(creation, inputs), failed };
  }

  it("keeps id, properties and reasons of a task that could not be created", async () => {
    createdAs("create-failed", "CREATE_FAILED", { code: "VIDEO.7", message: "no such camera" });
    const inputs = await bench.provider.check(iefArgs("create-failed"));
    const state = await unfinished(bench.provider.create(inputs), inputs);
    const [task] = bench.tasksNamed("create-failed");
    assert.equal(state.id, `${String(inputs.serviceId)}/${task!.id}`);
    assert.equal(state.outputs.__provider, PROVIDER);
    assert.deepEqual(state.outputs.unfinished, ["wait"]);
    assert.equal(state.outputs.state, "CREATE_FAILED");
    for (const [key, value] of Object.entries(inputs)) assert.deepEqual(state.outputs[key], value, key);
    const [reason = ""] = state.initErrors;
    assert.match(reason, /TASK_FAILED/);
    assert.match(reason, /VIDEO\.7 no such camera/);
    assert.match(reason, /triggers/);
    await bench.provider.delete(state);
    assert.deepEqual(bench.tasksNamed("create-failed"), []);
  });

  it("keeps a task that stays PENDING, names what was waited for, and the next update finishes it", async () => {
    const { state } = await stuck("stuck");
    const [reason = ""] = state.initErrors;
    assert.match(reason, /TIMEOUT/);
    assert.match(reason, /PENDING/);
    assert.deepEqual(state.outputs.unfinished, ["wait"]);
    assert.deepEqual(state.outputs.states, ["PENDING"]);
    bench.emulator.setState(bench.tasksNamed("stuck")[0]!.id, "RUNNING");
    const step = await bench.provider.up(iefArgs("stuck", { waitFor: "running" }), state);
    assert.equal(step.op, "update");
    assert.deepEqual(step.state.outputs.unfinished, []);
    assert.equal(step.state.outputs.state, "RUNNING");
    assert.equal(bench.posts("stuck"), 1);
    assert.equal((await bench.provider.up(iefArgs("stuck", { waitFor: "running" }), step.state)).op, "same");
  });

  it("still knows after a refresh, which clears the engine's mark, that work is left", async () => {
    const { state } = await stuck("stuck-refreshed");
    const refreshed = await bench.provider.refresh(state);
    assert.deepEqual(refreshed?.state.initErrors, []);
    assert.deepEqual(refreshed.state.outputs.unfinished, ["wait"]);
    bench.emulator.setState(bench.tasksNamed("stuck-refreshed")[0]!.id, "RUNNING");
    const args = iefArgs("stuck-refreshed", { waitFor: "running", timeouts: { create: "700ms" } });
    const step = await bench.provider.up(args, refreshed.state);
    assert.equal(step.op, "update");
    assert.deepEqual(step.state.outputs.unfinished, []);
  });

  it("reports an update that does not finish either as a plain error", async () => {
    const { state } = await stuck("stuck-twice");
    const args = iefArgs("stuck-twice", { waitFor: "running", timeouts: { create: "300ms" } });
    await assert.rejects(bench.provider.up(args, state), (error) => {
      assert.ok(!(error instanceof InitFailed));
      return /TIMEOUT: .*PENDING/.test(String(error));
    });
  });

  it("keeps the id when the look after the create fails", async () => {
    const name = "look-forbidden";
    bench.emulator.inject({ kind: "forbidden", match: { operation: "showServiceTask", name } });
    const inputs = await bench.provider.check(iefArgs(name));
    const state = await unfinished(bench.provider.create(inputs), inputs);
    assert.match(state.initErrors[0] ?? "", /REQUEST_FAILED/);
    assert.deepEqual(state.outputs.taskIds, [bench.tasksNamed(name)[0]?.id]);
    const step = await bench.provider.up(iefArgs(name), state);
    assert.deepEqual([step.op, step.state.outputs.unfinished], ["update", []]);
    assert.equal(bench.posts(name), 1);
  });

  it("keeps the id of a task with large arguments, which no error can carry", async () => {
    const name = "large";
    bench.emulator.inject({ kind: "forbidden", match: { operation: "showServiceTask", name } });
    const config = { model: "x".repeat(60_000) };
    const { state } = await bench.provider.up(iefArgs(name, { config }));
    assert.deepEqual(state.outputs.unfinished, ["wait"]);
    await until(() => bench.output.includes("exists but is not finished"));
    const step = await bench.provider.up(iefArgs(name, { config }), state);
    assert.deepEqual([step.op, step.state.outputs.unfinished], ["update", []]);
  });

  it("reports what it knows when a signal stops it while it waits, and then leaves", async () => {
    const run = await bench.newRun();
    const name = "interrupted";
    bench.emulator.inject({ kind: "stuckPending", match: { name } });
    const inputs = await run.check(iefArgs(name, { waitFor: "running" }));
    const creation = run.create(inputs);
    await Promise.race([creation, until(() => bench.operations(name).includes("showServiceTask"))]);
    run.process.signal("SIGINT");
    const state = await unfinished(creation, inputs);
    assert.match(state.initErrors[0] ?? "", /interrupted/);
    assert.deepEqual(state.outputs.taskIds, [bench.tasksNamed(name)[0]?.id]);
    assert.deepEqual(await run.process.exited, { code: 0, signal: null });
  });
});
