import assert from "node:assert/strict";
import { Bench, edgeArgs, failsWith, iefArgs, until, without } from "./bench";
import type { State } from "./harness";

describe("contract: delete", () => {
  let bench: Bench;
  before(async () => {
    bench = await Bench.open({ transitions: { pendingMs: 0, startingMs: 0 } });
    await bench.start();
  });
  after(() => bench.close());
  afterEach(() => {
    bench.emulator.configure({ refuseDeleteWhileRunning: false });
    bench.emulator.clearFaults();
  });

  const create = async (args: ReturnType<typeof iefArgs>): Promise<State> =>
    (await bench.provider.up(args)).state;
  const idOf = (state: State): string => String((state.outputs.taskIds as string[])[0]);
  /** Operations on the task since the last clear, without the name: a deleted task has none in the log. */
  const operationsOn = (state: State): string[] =>
    bench.emulator.calls({ taskId: idOf(state) }).map(({ operation }) => operation);

  it("is idempotent", async () => {
    const state = await create(iefArgs("twice"));
    await bench.provider.delete(state);
    await bench.provider.delete(state);
    assert.deepEqual(bench.tasksNamed("twice"), []);
  });

  it("waits through DELETING until the task is gone", async () => {
    const state = await create(iefArgs("slow"));
    bench.emulator.inject({ kind: "slowDelete", ms: 400, match: { taskId: idOf(state) } });
    bench.emulator.clearRequests();
    const deleting = bench.provider.delete(state);
    await until(() => operationsOn(state).includes("showServiceTask"));
    const seen = bench.tasksNamed("slow")[0]?.state;
    await deleting;
    assert.equal(seen, "DELETING");
    assert.deepEqual(bench.tasksNamed("slow"), []);
    const [first, ...rest] = operationsOn(state);
    assert.equal(first, "deleteServiceTask");
    assert.ok(rest.length >= 2 && rest.every((operation) => operation === "showServiceTask"), rest.join());
  });

  it("stops a running task on IEF that may not be deleted, then deletes it", async () => {
    const state = await create(iefArgs("conflict"));
    bench.emulator.configure({ refuseDeleteWhileRunning: true });
    bench.emulator.clearRequests();
    await bench.provider.delete(state);
    assert.deepEqual(bench.tasksNamed("conflict"), []);
    const operations = operationsOn(state);
    assert.deepEqual(operations.slice(0, 2), ["deleteServiceTask", "stopServiceTask"]);
    assert.equal(operations.filter((operation) => operation === "stopServiceTask").length, 1);
  });

  it("tries again on Edge, which cannot stop, until the state allows it", async () => {
    const state = await create(edgeArgs("edge-conflict"));
    bench.emulator.configure({ refuseDeleteWhileRunning: true });
    bench.emulator.clearRequests();
    const deleting = bench.provider.delete(state);
    await until(
      () => operationsOn(state).filter((operation) => operation === "deleteServiceTask").length >= 2,
    );
    bench.emulator.setState(idOf(state), "ABNORMAL");
    await deleting;
    assert.deepEqual(bench.tasksNamed("edge-conflict"), []);
    assert.equal(operationsOn(state).includes("stopServiceTask"), false);
  });

  it("tries one stop where the platform is not known, then waits as on Edge", async () => {
    const state = await create(without(edgeArgs("no-platform"), "platform"));
    bench.emulator.configure({ refuseDeleteWhileRunning: true });
    bench.emulator.clearRequests();
    const deleting = bench.provider.delete(state);
    await until(
      () => operationsOn(state).filter((operation) => operation === "deleteServiceTask").length >= 2,
    );
    bench.emulator.setState(idOf(state), "ABNORMAL");
    await deleting;
    assert.equal(operationsOn(state).filter((operation) => operation === "stopServiceTask").length, 1);
  });

  it("gives up after its timeout with the state that prevents it", async () => {
    const state = await create(edgeArgs("never", { timeouts: { delete: "600ms" } }));
    bench.emulator.configure({ refuseDeleteWhileRunning: true });
    await assert.rejects(bench.provider.delete(state), failsWith("TIMEOUT", /timeouts/, /cannot be deleted/));
    assert.equal(bench.tasksNamed("never").length, 1);
  });

  it("survives bad weather, also where the answer is lost after the effect", async () => {
    const state = await create(iefArgs("weather"));
    const match = { taskId: idOf(state) };
    bench.emulator.inject({ kind: "truncated", match });
    bench.emulator.inject({ kind: "drop", when: "after", match });
    bench.emulator.inject({ kind: "status", status: 503, match });
    bench.emulator.inject({ kind: "throttle", match });
    await bench.provider.delete(state);
    assert.deepEqual(bench.tasksNamed("weather"), []);
  });

  it("does not take a call that the gateway does not know for success", async () => {
    const state = await create(iefArgs("not-published"));
    bench.emulator.inject({ kind: "notPublished", match: { taskId: idOf(state) } });
    await assert.rejects(bench.provider.delete(state), failsWith("REQUEST_FAILED", /APIG\.0101/));
    assert.equal(bench.tasksNamed("not-published").length, 1);
  });

  it("deletes all tasks of a resource, and those left when some are gone", async () => {
    const input = { type: "url", data: [{ url: "rtsp://a" }, { url: "rtsp://b" }, { url: "rtsp://c" }] };
    const state = await create(iefArgs("group", { input }));
    bench.emulator.removeTask(idOf(state));
    await bench.provider.delete(state);
    assert.deepEqual(bench.tasksNamed("group"), []);
  });

  it("replaces by deleting first, in the run of the engine that creates anew", async () => {
    const state = await create(edgeArgs("replaced"));
    const args = edgeArgs("replaced", { description: "new" });
    const step = await (await bench.newRun()).up(args, state);
    assert.equal(step.op, "replace");
    assert.deepEqual(step.changed, ["description"]);
    assert.notEqual(step.state.id, state.id);
    assert.deepEqual(
      bench.tasksNamed("replaced").map(({ description }) => description),
      ["new"],
    );
  });
});
