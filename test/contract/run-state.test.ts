import assert from "node:assert/strict";
import type { StateTexts } from "../../testkit/emulator";
import { AWAITED, Harness, failsWith, until } from "./harness";
import type { State } from "./state";
import { KINDS } from "./kinds";
import type { Props } from "./values";
import { contract } from "./part";

export const part = contract("run state", () => {
  let harness: Harness;
  before(async () => {
    harness = await Harness.open();
    await harness.start();
  });
  after(() => harness.close());
  afterEach(() => harness.emulator.clearFaults());

  for (const kind of KINDS) {
    describe(kind.title, () => {
      const { start, stop } = kind.operations;
      const setState = (name: string, state: string, texts?: StateTexts): void =>
        kind.setState(harness.emulator, kind.made(harness.emulator, name)[0] ?? "", state, texts);
      const stateOf = (name: string): unknown => {
        const [first] = kind.taskIds(harness.emulator, name);
        return harness.emulator.tasks().find(({ id }) => id === first)?.state;
      };
      const actions = (name: string): string[] =>
        harness.operations(name, kind).filter((operation) => operation === start || operation === stop);

      it("stops a new task after it was accepted, also from PENDING", async () => {
        harness.emulator.inject({ kind: "stuckPending", match: { name: "born-stopped" } });
        const { state } = await harness.provider.up(
          kind.program("born-stopped", { desiredState: "stopped" }),
        );
        assert.equal(stateOf("born-stopped"), "STOPPED");
        assert.equal(state.outputs.state, "STOPPED");
        assert.deepEqual(state.outputs.unfinished, []);
        assert.deepEqual(actions("born-stopped"), [stop]);
      });

      it("starts and stops by changing the wish, and calls nothing where it is met", async () => {
        const name = "wishes";
        const up = async (desiredState: string, from?: State): Promise<State> => {
          const step = await harness.provider.up(kind.program(name, { desiredState }), from);
          assert.ok(step.op === "create" || step.op === "update", step.op);
          return step.state;
        };
        const running = await up("running");
        assert.deepEqual(actions(name), []);
        const stopped = await up("stopped", running);
        assert.deepEqual([stopped.outputs.state, actions(name)], ["STOPPED", [stop]]);
        const again = await up("running", stopped);
        assert.deepEqual(actions(name), [stop, start]);
        const same = await harness.provider.up(kind.program(name, { desiredState: "running" }), again);
        assert.equal(same.op, "same");
        assert.equal(harness.posts(name, kind), 1);
        assert.deepEqual((await harness.provider.refresh(again))?.changed, []);
      });

      it("sees a task that somebody stopped, and starts it again", async () => {
        const args = kind.program("stopped-elsewhere", { desiredState: "running", waitFor: "running" });
        const { state } = await harness.provider.up(args);
        setState("stopped-elsewhere", "STOPPED");
        const refreshed = await harness.provider.refresh(state);
        assert.deepEqual(refreshed?.changed, ["desiredState"]);
        const step = await harness.provider.up(args, refreshed.state);
        assert.deepEqual([step.op, step.changed], ["update", ["desiredState"]]);
        assert.deepEqual(actions("stopped-elsewhere"), [start]);
        assert.deepEqual((await harness.provider.refresh(step.state))?.changed, []);
      });

      it("sees a task that somebody started, and stops it again", async () => {
        const args = kind.program("started-elsewhere", { desiredState: "stopped" });
        const { state } = await harness.provider.up(args);
        setState("started-elsewhere", "RUNNING");
        const refreshed = await harness.provider.refresh(state);
        assert.deepEqual(refreshed?.changed, ["desiredState"]);
        const step = await harness.provider.up(args, refreshed.state);
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
        const args = kind.program("quiet", { desiredState: "running" });
        const { state } = await harness.provider.up(args);
        for (const name of QUIET) {
          setState("quiet", name);
          const refreshed = await harness.provider.refresh(state);
          assert.ok(refreshed !== undefined);
          assert.deepEqual([name, refreshed.changed, refreshed.state.outputs.state], [name, [], name]);
          assert.deepEqual([name, (await harness.provider.up(args, refreshed.state)).op], [name, "same"]);
        }
        assert.deepEqual(actions("quiet"), []);
      });

      /** An update for another reason sees the state, too. */
      const more = { timeouts: { read: "1m" } };

      for (const ended of ["SUCCEEDED", "FAILED", "START_FAILED"]) {
        it(`does not start again what ended by itself (${ended}), and says why`, async () => {
          const name = `ended-${ended}`;
          const args = kind.program(name, { desiredState: "running" });
          const { state } = await harness.provider.up(args);
          const texts = { status: "looked at", error: { code: "VIDEO.2", message: "lens cap" } };
          setState(name, ended, texts);
          const refreshed = await harness.provider.refresh(state);
          assert.deepEqual(refreshed?.changed, []);
          const [{ state: told, status, error }] = refreshed.state.outputs.tasks as [Props];
          assert.deepEqual([told, { status, error }], [ended, texts]);
          const step = await harness.provider.up({ ...args, ...more }, refreshed.state);
          assert.deepEqual([step.op, step.state.outputs.state, stateOf(name)], ["update", ended, ended]);
          assert.deepEqual(actions(name), []);
        });
      }

      it("does not manage the run state where the program does not name one", async () => {
        const args = kind.program("unmanaged");
        let { state } = await harness.provider.up(args);
        for (const name of ["STOPPED", "STOPPING", "RUNNING", "PENDING", ...QUIET]) {
          setState("unmanaged", name);
          const refreshed = await harness.provider.refresh(state);
          assert.ok(refreshed !== undefined);
          assert.deepEqual([name, refreshed.changed, refreshed.state.outputs.state], [name, [], name]);
          assert.deepEqual([name, (await harness.provider.up(args, refreshed.state)).op], [name, "same"]);
          state = refreshed.state;
        }
        setState("unmanaged", "STOPPED");
        assert.equal((await harness.provider.up({ ...args, ...more }, state)).op, "update");
        assert.equal(stateOf("unmanaged"), "STOPPED");
        assert.deepEqual(actions("unmanaged"), []);
      });

      it("counts one of several tasks as drift, and acts on that one only", async () => {
        const args = kind.program("one-of-two", {
          ...kind.sources(2),
          desiredState: "running",
          waitFor: "running",
        });
        const { state } = await harness.provider.up(args);
        const [, second = ""] = state.outputs.taskIds as string[];
        harness.emulator.setState(second, "STOPPED");
        const refreshed = await harness.provider.refresh(state);
        assert.deepEqual(refreshed?.changed, ["desiredState"]);
        assert.deepEqual(
          [refreshed.state.outputs.state, refreshed.state.outputs.states],
          ["STOPPED", ["RUNNING", "STOPPED"]],
        );
        await harness.provider.up(args, refreshed.state);
        assert.deepEqual(actions("one-of-two"), [start]);
        const concerned = harness.emulator.calls({ operation: start, name: "one-of-two" })[0]?.taskId;
        // A batch is started as a whole; the service leaves alone what is running.
        assert.equal(concerned ?? second, second);
      });

      describe("waitFor", () => {
        const waited = async (name: string, waitFor: string, more: Props = {}): Promise<unknown> =>
          (await harness.provider.up(kind.program(name, { waitFor, ...more }))).state.outputs.state;

        it("waits for running", async () => {
          assert.equal(await waited("until-running", "running"), "RUNNING");
        });

        it("waits for succeeded", async () => {
          const creation = waited("until-succeeded", "succeeded", { ...kind.file });
          await until(() => stateOf("until-succeeded") !== undefined);
          setState("until-succeeded", "SUCCEEDED");
          assert.equal(await creation, "SUCCEEDED");
        });

        it("takes a default from the configuration, and leaves it aside for a task that is to be stopped", async () => {
          const run = await harness.newRun(harness.config({ waitFor: "running" }));
          assert.equal((await run.up(kind.program("by-default"))).state.outputs.state, "RUNNING");
          assert.equal(
            (await run.up(kind.program("not-waited", { desiredState: "stopped" }))).state.outputs.state,
            "STOPPED",
          );
        });

        it("waits in an update where it alone changes and is not met yet", async () => {
          harness.emulator.inject({ kind: "stuckPending", match: { name: "later" } });
          const { state } = await harness.provider.up(kind.program("later"));
          const args = kind.program("later", { waitFor: "running", timeouts: { update: AWAITED } });
          await assert.rejects(harness.provider.up(args, state), failsWith("TIMEOUT", /PENDING/));
          setState("later", "FAILED", { error: { code: "VIDEO.2", message: "lens cap" } });
          await assert.rejects(
            harness.provider.up(args, state),
            failsWith("TASK_FAILED", /VIDEO\.2 lens cap/),
          );
          setState("later", "RUNNING");
          const step = await harness.provider.up(args, state);
          assert.deepEqual([step.op, step.state.outputs.waitFor], ["update", "running"]);
        });
      });

      it("says TASK_GONE when it updates what was deleted elsewhere", async () => {
        const { state } = await harness.provider.up(kind.program("update-gone"));
        kind.remove(harness.emulator, kind.made(harness.emulator, "update-gone")[0] ?? "");
        const args = kind.program("update-gone", { desiredState: "stopped" });
        await assert.rejects(harness.provider.up(args, state), failsWith("TASK_GONE", /pulumi up --refresh/));
        assert.equal(harness.posts("update-gone", kind), 1);
      });
    });
  }
});
