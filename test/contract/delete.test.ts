import assert from "node:assert/strict";
import { AWAITED, Harness, edgeArgs, failsWith, until, without } from "./harness";
import type { State } from "./state";
import { type Kind, KINDS } from "./kinds";
import type { Props } from "./values";
import { contract } from "./part";

export const part = contract("delete", () => {
  let harness: Harness;
  before(async () => {
    harness = await Harness.open({ transitions: { pendingMs: 0, startingMs: 0 } });
    await harness.start();
  });
  after(() => harness.close());
  afterEach(() => {
    harness.emulator.configure({ refuseDeleteWhileRunning: false });
    harness.emulator.clearFaults();
  });

  const create = async (args: Props): Promise<State> => (await harness.provider.up(args)).state;
  /** Operations since the last clear, without the name: what was deleted has none in the log. */
  const operationsOf = (kind: Kind): string[] =>
    harness.emulator.calls({ service: kind.service }).map(({ operation }) => operation);

  for (const kind of KINDS) {
    describe(kind.title, () => {
      const made = (name: string): string[] => kind.made(harness.emulator, name);
      const { operations } = kind;
      const match = { operation: operations.delete };
      const counts = (operation: string): number =>
        operationsOf(kind).filter((other) => other === operation).length;

      it("is idempotent", async () => {
        const state = await create(kind.program("twice"));
        await harness.provider.delete(state);
        await harness.provider.delete(state);
        assert.deepEqual(made("twice"), []);
      });

      it("waits through DELETING until everything is gone", async () => {
        const state = await create(kind.program("slow"));
        harness.emulator.inject({ kind: "slowDelete", ms: 400, match });
        harness.emulator.clearRequests();
        const deleting = harness.provider.delete(state);
        await until(() => operationsOf(kind).length >= 2);
        const stillThere = made("slow").length;
        await deleting;
        assert.deepEqual([stillThere, made("slow")], [1, []]);
        const [first, ...rest] = operationsOf(kind);
        assert.equal(first, operations.delete);
        assert.ok(rest.length >= 2 && !rest.includes(operations.delete), rest.join());
      });

      it("stops what runs and may not be deleted, then deletes it", async () => {
        const state = await create(kind.program("conflict", { waitFor: "running" }));
        harness.emulator.configure({ refuseDeleteWhileRunning: true });
        harness.emulator.clearRequests();
        await harness.provider.delete(state);
        assert.deepEqual(made("conflict"), []);
        assert.equal(counts(operations.stop), 1);
        assert.ok(
          operationsOf(kind).indexOf(operations.stop) > operationsOf(kind).indexOf(operations.delete),
        );
      });

      it("survives bad weather, also where the answer is lost after the effect", async () => {
        const state = await create(kind.program("weather"));
        harness.emulator.inject({ kind: "truncated", match });
        harness.emulator.inject({ kind: "drop", when: "after", match });
        harness.emulator.inject({ kind: "status", status: 503, match: { service: kind.service } });
        harness.emulator.inject({ kind: "throttle", match: { service: kind.service } });
        await harness.provider.delete(state);
        assert.deepEqual(made("weather"), []);
      });

      it("does not take a call that the gateway does not know for success", async () => {
        const state = await create(kind.program("not-published"));
        harness.emulator.inject({ kind: "notPublished", match });
        await assert.rejects(harness.provider.delete(state), failsWith("REQUEST_FAILED", /APIG\.0101/));
        assert.equal(made("not-published").length, 1);
      });

      it("deletes all that several sources made, and what is left where some is gone", async () => {
        const state = await create(kind.program("group", kind.sources(3)));
        harness.emulator.removeTask(kind.taskIds(harness.emulator, "group")[0] ?? "");
        await harness.provider.delete(state);
        assert.deepEqual(made("group"), []);
      });

      it("replaces by deleting first, in the run of the engine that creates anew", async () => {
        const state = await create(kind.program("replaced", { triggers: [1] }));
        const args = kind.program("replaced", { triggers: [2] });
        const step = await (await harness.newRun()).up(args, state);
        assert.deepEqual([step.op, step.changed], ["replace", ["triggers[0]"]]);
        assert.notEqual(step.state.id, state.id);
        assert.equal(step.state.id, kind.idFor(made("replaced")));
      });
    });
  }

  const idOf = (state: State): string => String((state.outputs.taskIds as string[])[0]);
  const operationsOn = (state: State): string[] =>
    harness.emulator.calls({ taskId: idOf(state) }).map(({ operation }) => operation);

  it("tries again on Edge, which cannot stop, until the state allows it", async () => {
    const state = await create(edgeArgs("edge-conflict"));
    harness.emulator.configure({ refuseDeleteWhileRunning: true });
    harness.emulator.clearRequests();
    const deleting = harness.provider.delete(state);
    await until(
      () => operationsOn(state).filter((operation) => operation === "deleteServiceTask").length >= 2,
    );
    harness.emulator.setState(idOf(state), "ABNORMAL");
    await deleting;
    assert.deepEqual(harness.tasksNamed("edge-conflict"), []);
    assert.equal(operationsOn(state).includes("stopServiceTask"), false);
  });

  it("tries one stop where the platform is not known, then waits as on Edge", async () => {
    const state = await create(without(edgeArgs("no-platform"), "platform"));
    harness.emulator.configure({ refuseDeleteWhileRunning: true });
    harness.emulator.clearRequests();
    const deleting = harness.provider.delete(state);
    await until(
      () => operationsOn(state).filter((operation) => operation === "deleteServiceTask").length >= 2,
    );
    harness.emulator.setState(idOf(state), "ABNORMAL");
    await deleting;
    assert.equal(operationsOn(state).filter((operation) => operation === "stopServiceTask").length, 1);
  });

  it("gives up after its timeout with the state that prevents it", async () => {
    const state = await create(edgeArgs("never", { timeouts: { delete: AWAITED } }));
    harness.emulator.configure({ refuseDeleteWhileRunning: true });
    await assert.rejects(
      harness.provider.delete(state),
      failsWith("TIMEOUT", /timeouts/, /cannot be deleted/),
    );
    assert.equal(harness.tasksNamed("never").length, 1);
  });
});
