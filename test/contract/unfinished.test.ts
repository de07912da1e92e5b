import assert from "node:assert/strict";
import { DynamicProvider } from "./dynamic-provider";
import { currentFront } from "./front";
import { AWAITED, Harness, until } from "./harness";
import { InitFailed } from "./failures";
import { type State, unfinished } from "./state";
import { KINDS } from "./kinds";
import { contract } from "./part";

export const part = contract("a create that does not finish", () => {
  let harness: Harness;
  before(async () => {
    harness = await Harness.open();
    await harness.start();
  });
  after(() => harness.close());
  afterEach(() => {
    harness.tap.watch = undefined;
  });

  for (const kind of KINDS) {
    describe(kind.title, () => {
      /** Lets a task of that name have a state from the moment it is created. */
      function createdAs(name: string, state: string, error: { code: string; message: string }): void {
        harness.tap.watch = (moment) => {
          const made = kind.made(harness.emulator, name);
          if (moment !== "served" || made.length === 0) return;
          harness.tap.watch = undefined;
          for (const id of made) kind.setState(harness.emulator, id, state, { error });
        };
      }

      async function stuck(name: string): Promise<{ state: State; failed: InitFailed }> {
        harness.emulator.inject({ kind: "stuckPending", match: { name } });
        const args = kind.program(name, { waitFor: "running", timeouts: { create: AWAITED } });
        const inputs = await harness.provider.check(args);
        const creation = harness.provider.create(inputs);
        const failed: unknown = await creation.then(
          () => undefined,
          (error: unknown) => error,
        );
        assert.ok(failed instanceof InitFailed, String(failed));
        return { state: await unfinished(creation, inputs), failed };
      }

      it("keeps id, properties and reasons of a task that could not be created", async () => {
        createdAs("create-failed", "CREATE_FAILED", { code: "VIDEO.7", message: "no such camera" });
        const inputs = await harness.provider.check(kind.program("create-failed"));
        const state = await unfinished(harness.provider.create(inputs), inputs);
        assert.equal(state.id, kind.idFor(kind.made(harness.emulator, "create-failed")));
        assert.equal(state.outputs.__provider, kind.provider);
        assert.deepEqual(state.outputs.unfinished, ["wait"]);
        assert.equal(state.outputs.state, "CREATE_FAILED");
        for (const [key, value] of Object.entries(inputs)) assert.deepEqual(state.outputs[key], value, key);
        const [reason = ""] = state.initErrors;
        assert.match(reason, /TASK_FAILED/);
        assert.match(reason, /VIDEO\.7 no such camera/);
        assert.match(reason, /triggers/);
        await harness.provider.delete(state);
        assert.deepEqual(kind.made(harness.emulator, "create-failed"), []);
      });

      it("keeps a task that stays PENDING, names what was waited for, and the next update finishes it", async () => {
        const { state } = await stuck("stuck");
        const [reason = ""] = state.initErrors;
        assert.match(reason, /TIMEOUT/);
        assert.match(reason, /PENDING/);
        assert.deepEqual(state.outputs.unfinished, ["wait"]);
        assert.deepEqual(state.outputs.states, ["PENDING"]);
        // The engine shows the lines of a plugin in the row of the resource, which has its name.
        const name = currentFront() === DynamicProvider ? "stuck: " : "";
        assert.match(harness.provider.output, new RegExp(`^${name}PENDING \\d+ s → running$`, "m"));
        kind.setState(harness.emulator, kind.made(harness.emulator, "stuck")[0] ?? "", "RUNNING");
        const step = await harness.provider.up(kind.program("stuck", { waitFor: "running" }), state);
        assert.equal(step.op, "update");
        assert.deepEqual(step.state.outputs.unfinished, []);
        assert.equal(step.state.outputs.state, "RUNNING");
        assert.equal(harness.posts("stuck", kind), 1);
        assert.equal(
          (await harness.provider.up(kind.program("stuck", { waitFor: "running" }), step.state)).op,
          "same",
        );
      });

      it("still knows after a refresh, which clears the engine's mark, that work is left", async () => {
        const { state } = await stuck("stuck-refreshed");
        const refreshed = await harness.provider.refresh(state);
        assert.deepEqual(refreshed?.state.initErrors, []);
        assert.deepEqual(refreshed.state.outputs.unfinished, ["wait"]);
        kind.setState(harness.emulator, kind.made(harness.emulator, "stuck-refreshed")[0] ?? "", "RUNNING");
        const args = kind.program("stuck-refreshed", { waitFor: "running", timeouts: { create: AWAITED } });
        const step = await harness.provider.up(args, refreshed.state);
        assert.equal(step.op, "update");
        assert.deepEqual(step.state.outputs.unfinished, []);
      });

      it("reports an update that does not finish either as a plain error", async () => {
        const { state } = await stuck("stuck-twice");
        const args = kind.program("stuck-twice", { waitFor: "running", timeouts: { create: AWAITED } });
        await assert.rejects(harness.provider.up(args, state), (error) => {
          assert.ok(!(error instanceof InitFailed));
          return /TIMEOUT: .*PENDING/.test(String(error));
        });
      });

      it("keeps the id when the look after the create fails", async () => {
        const name = "look-forbidden";
        harness.emulator.inject({
          kind: "forbidden",
          match: { operation: kind.operations.show, name: kind.shownName(name) },
        });
        const inputs = await harness.provider.check(kind.program(name));
        const state = await unfinished(harness.provider.create(inputs), inputs);
        assert.match(state.initErrors[0] ?? "", /REQUEST_FAILED/);
        assert.equal(state.id, kind.idFor(kind.made(harness.emulator, name)));
        const step = await harness.provider.up(kind.program(name), state);
        assert.deepEqual([step.op, step.state.outputs.unfinished], ["update", []]);
        assert.equal(harness.posts(name, kind), 1);
      });

      it("keeps the id of a task with large arguments, more than an error can carry", async () => {
        const name = "large";
        harness.emulator.inject({
          kind: "forbidden",
          match: { operation: kind.operations.show, name: kind.shownName(name) },
        });
        const large = kind.settings({ model: "x".repeat(60_000) });
        const inputs = await harness.provider.check(kind.program(name, large));
        const state = await unfinished(harness.provider.create(inputs), inputs);
        assert.equal(state.id, kind.idFor(kind.made(harness.emulator, name)));
        assert.deepEqual(state.outputs.unfinished, ["wait"]);
        const step = await harness.provider.up(kind.program(name, large), state);
        assert.deepEqual([step.op, step.state.outputs.unfinished], ["update", []]);
        assert.equal(harness.posts(name, kind), 1);
      });

      it("reports what it knows when a signal stops it while it waits, and then leaves", async () => {
        const run = await harness.newProcess();
        const name = "interrupted";
        harness.emulator.inject({ kind: "stuckPending", match: { name } });
        const inputs = await run.check(kind.program(name, { waitFor: "running" }));
        const creation = run.create(inputs);
        await Promise.race([
          creation,
          until(() => harness.operations(kind.shownName(name), kind).includes(kind.operations.show)),
        ]);
        run.process.signal("SIGINT");
        const state = await unfinished(creation, inputs);
        assert.match(state.initErrors[0] ?? "", /interrupted/);
        assert.equal(state.id, kind.idFor(kind.made(harness.emulator, name)));
        assert.deepEqual(await run.process.exited, { code: 0, signal: null });
      });
    });
  }
});
