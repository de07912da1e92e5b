import assert from "node:assert/strict";
import { Bench, failsWith, iefArgs } from "./bench";
import type { State } from "./harness";
import type { Props } from "./values";

describe("contract: run state", () => {
  let bench: Bench;
  before(async () => {
    bench = await Bench.open();
    await bench.start();
  });
  after(() => bench.close());
  afterEach(() => bench.emulator.clearFaults());

  const idOf = (state: State): string => String((state.outputs.taskIds as string[])[0]);
  const stateOf = (name: string): unknown => bench.tasksNamed(name)[0]?.state;
  const actions = (name: string): string[] =>
    bench.operations(name).filter((operation) => /^(?:start|stop)/.test(operation));

  it("stops a new task after it was accepted, also from PENDING", async () => {
    bench.emulator.inject({ kind: "stuckPending", match: { name: "born-stopped" } });
    const { state } = await bench.provider.up(iefArgs("born-stopped", { desiredState: "stopped" }));
    assert.equal(stateOf("born-stopped"), "STOPPED");
    assert.equal(state.outputs.state, "STOPPED");
    assert.deepEqual(state.outputs.unfinished, []);
    assert.deepEqual(actions("born-stopped"), ["stopServiceTask"]);
  });

  it("starts and stops by changing the wish, and calls nothing where it is met", async () => {
    const name = "wishes";
    const up = async (desiredState: string, from?: State): Promise<State> => {
      const step = await bench.provider.up(iefArgs(name, { desiredState }), from);
      assert.ok(step.op === "create" || step.op === "update", step.op);
      return step.state;
    };
    const running = await up("running");
    assert.deepEqual(actions(name), []);
    const stopped = await up("stopped", running);
    assert.deepEqual([stopped.outputs.state, actions(name)], ["STOPPED", ["stopServiceTask"]]);
    const again = await up("running", stopped);
    assert.deepEqual(actions(name), ["stopServiceTask", "startServiceTask"]);
    const same = await bench.provider.up(iefArgs(name, { desiredState: "running" }), again);
    assert.equal(same.op, "same");
    assert.equal(bench.posts(name), 1);
    assert.deepEqual((await bench.provider.refresh(again))?.changed, []);
  });

  it("sees a task that somebody stopped, and starts it again", async () => {
    const args = iefArgs("stopped-elsewhere", { desiredState: "running", waitFor: "running" });
    const { state } = await bench.provider.up(args);
    bench.emulator.setState(idOf(state), "STOPPED");
    const refreshed = await bench.provider.refresh(state);
    assert.deepEqual(refreshed?.changed, ["desiredState"]);
    const step = await bench.provider.up(args, refreshed.state);
    assert.deepEqual([step.op, step.changed], ["update", ["desiredState"]]);
    assert.deepEqual(actions("stopped-elsewhere"), ["startServiceTask"]);
    assert.deepEqual((await bench.provider.refresh(step.state))?.changed, []);
  });

  it("sees a task that somebody started, and stops it again", async () => {
    const args = iefArgs("started-elsewhere", { desiredState: "stopped" });
    const { state } = await bench.provider.up(args);
    bench.emulator.setState(idOf(state), "RUNNING");
    const refreshed = await bench.provider.refresh(state);
    assert.deepEqual(refreshed?.changed, ["desiredState"]);
    const step = await bench.provider.up(args, refreshed.state);
    assert.equal(step.state.outputs.state, "STOPPED");
  });

  const QUIET = [
    "SUCCEEDED",
    "FAILED",
    "START_FAILED",
    "FREEZING",
    "FROZEN",
    "PENDING",
    "ABNORMAL",
    "DELETING",
    "HIBERNATING",
  ];
  it(`takes ${QUIET.join(", ")} for no drift of "running"`, async () => {
    const args = iefArgs("quiet", { desiredState: "running" });
    const { state } = await bench.provider.up(args);
    for (const name of QUIET) {
      bench.emulator.setState(idOf(state), name);
      const refreshed = await bench.provider.refresh(state);
      assert.deepEqual([name, refreshed?.changed, refreshed?.state.outputs.state], [name, [], name]);
    }
    assert.deepEqual(actions("quiet"), []);
  });

  it("does not manage the run state where the program does not name one", async () => {
    const { state } = await bench.provider.up(iefArgs("unmanaged"));
    bench.emulator.setState(idOf(state), "STOPPED");
    const refreshed = await bench.provider.refresh(state);
    assert.deepEqual([refreshed?.changed, refreshed?.state.outputs.state], [[], "STOPPED"]);
  });

  it("counts one of several tasks as drift, and acts on that one only", async () => {
    const input = { type: "url", data: [{ url: "rtsp://a" }, { url: "rtsp://b" }] };
    const args = iefArgs("one-of-two", { input, desiredState: "running", waitFor: "running" });
    const { state } = await bench.provider.up(args);
    const [, second = ""] = state.outputs.taskIds as string[];
    bench.emulator.setState(second, "STOPPED");
    const refreshed = await bench.provider.refresh(state);
    assert.deepEqual(refreshed?.changed, ["desiredState"]);
    assert.deepEqual(
      [refreshed.state.outputs.state, refreshed.state.outputs.states],
      ["STOPPED", ["RUNNING", "STOPPED"]],
    );
    await bench.provider.up(args, refreshed.state);
    const starts = bench.emulator.calls({ operation: "startServiceTask", name: "one-of-two" });
    assert.deepEqual(
      starts.map(({ taskId }) => taskId),
      [second],
    );
  });

  describe("waitFor", () => {
    const waited = async (name: string, waitFor: string, more: Props = {}): Promise<unknown> =>
      (await bench.provider.up(iefArgs(name, { waitFor, ...more }))).state.outputs.state;
    const FILE = { input: { type: "obs", data: [{ bucket: "b", path: "p" }] } };

    it("waits for running and for succeeded", async () => {
      assert.equal(await waited("until-running", "running"), "RUNNING");
      bench.emulator.configure({ transitions: { finishMs: 100 } });
      assert.equal(await waited("until-succeeded", "succeeded", FILE), "SUCCEEDED");
    });

    it("takes a default from the configuration, and leaves it aside for a task that is to be stopped", async () => {
      const run = await bench.newRun(bench.config({ waitFor: "running" }));
      assert.equal((await run.up(iefArgs("by-default"))).state.outputs.state, "RUNNING");
      assert.equal(
        (await run.up(iefArgs("not-waited", { desiredState: "stopped" }))).state.outputs.state,
        "STOPPED",
      );
    });

    it("waits in an update where it alone changes and is not met yet", async () => {
      bench.emulator.inject({ kind: "stuckPending", match: { name: "later" } });
      const { state } = await bench.provider.up(iefArgs("later"));
      const args = iefArgs("later", { waitFor: "running", timeouts: { update: "400ms" } });
      await assert.rejects(bench.provider.up(args, state), failsWith("TIMEOUT", /PENDING/));
      bench.emulator.setState(idOf(state), "FAILED", { error: { code: "VIDEO.2", message: "lens cap" } });
      await assert.rejects(bench.provider.up(args, state), failsWith("TASK_FAILED", /VIDEO\.2 lens cap/));
      bench.emulator.setState(idOf(state), "RUNNING");
      const step = await bench.provider.up(args, state);
      assert.deepEqual([step.op, step.state.outputs.waitFor], ["update", "running"]);
    });
  });

  it("says TASK_GONE when it updates what was deleted elsewhere", async () => {
    const { state } = await bench.provider.up(iefArgs("update-gone"));
    bench.emulator.removeTask(idOf(state));
    const args = iefArgs("update-gone", { desiredState: "stopped" });
    await assert.rejects(bench.provider.up(args, state), failsWith("TASK_GONE", /pulumi up --refresh/));
    assert.equal(bench.posts("update-gone"), 1);
  });
});
