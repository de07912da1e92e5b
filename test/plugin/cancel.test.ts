/** A run that is cancelled, as by Ctrl-C: whatever an operation waits for, it ends without it. */
import assert from "node:assert/strict";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { CallFailed, InitFailed } from "../contract/failures";
import { Harness, iefArgs, until } from "../contract/harness";
import type { State } from "../contract/state";
import type { Props } from "../contract/values";
import { PluginProvider } from "./plugin-provider";
import { attached, call } from "./plugin-run";

/** Longer than any test, on the fast clock as well. */
const EVER = { seconds: 1_000_000, timeout: "300h" };
const PATIENT = {
  timeouts: { create: EVER.timeout, read: EVER.timeout, update: EVER.timeout, delete: EVER.timeout },
};

describe("plugin: a run that is cancelled", () => {
  let harness: Harness;
  let provider: PluginProvider;
  let release: () => void = () => undefined;
  before(async () => {
    harness = await Harness.open();
  });
  beforeEach(async () => {
    provider = new PluginProvider(await attached());
    await provider.configure(harness.config());
  });
  afterEach(async () => {
    release();
    harness.tap.watch = undefined;
    harness.emulator.clearFaults();
    await provider.end();
  });
  after(() => harness.close());

  const cancel = (): Promise<unknown> => call((done) => provider.run.client.cancel(new Empty(), done));
  const asked = (operation: string, name: string): number =>
    harness.operations(name).filter((known) => known === operation).length;
  const task = (name: string, more: Props = {}): Props => iefArgs(name, { ...PATIENT, ...more });
  const made = async (name: string, more: Props = {}): Promise<State> =>
    (await provider.up(task(name, more))).state;

  /** Cancels once the operation has come so far, and says how it ended. */
  async function cancelled(operation: Promise<unknown>, ready: () => boolean): Promise<CallFailed> {
    const ended = operation.then(
      () => new Error("it succeeded"),
      (error: unknown) => error,
    );
    await until(ready);
    await cancel();
    const error = await ended;
    assert.ok(error instanceof CallFailed || error instanceof InitFailed, String(error));
    assert.match(error.message, /^TIMEOUT: .*interrupted/);
    return error as CallFailed;
  }

  /** No request of the method gets its answer before the test has ended. */
  function hold(method: string): () => boolean {
    let held = false;
    const released = new Promise<void>((resolve) => (release = resolve));
    harness.tap.watch = async (moment, passing) => {
      if (moment !== "served" || passing.method !== method) return;
      held = true;
      await released;
    };
    return () => held;
  }

  it("ends a create that waits, with its id", async () => {
    harness.emulator.inject({ kind: "stuckPending", match: { name: "waits" } });
    const error: unknown = await cancelled(
      provider.up(task("waits", { waitFor: "running" })),
      () => asked("showServiceTask", "waits") > 1,
    );
    assert.ok(error instanceof InitFailed);
    assert.deepEqual(error.details.properties.unfinished, ["wait"]);
  });

  it("ends a create that waits while a throttled service asks for patience", async () => {
    harness.emulator.inject({ kind: "stuckPending", match: { name: "throttled" } });
    const match = { operation: "showServiceTask", name: "throttled" };
    harness.emulator.inject({ kind: "throttle", retryAfter: EVER.seconds, times: null, match });
    const error: unknown = await cancelled(
      provider.up(task("throttled", { waitFor: "running" })),
      () => asked("showServiceTask", "throttled") > 0,
    );
    assert.ok(error instanceof InitFailed);
    assert.equal(error.details.id.split("/")[1], harness.tasksNamed("throttled")[0]?.id);
  });

  it("ends a create whose look has no answer", async () => {
    harness.emulator.inject({ kind: "stuckPending", match: { name: "silent" } });
    let held = (): boolean => false;
    harness.tap.watch = (moment, { method }) => {
      if (moment === "served" && method === "POST") held = hold("GET");
    };
    const error: unknown = await cancelled(provider.up(task("silent", { waitFor: "running" })), () => held());
    assert.ok(error instanceof InitFailed);
  });

  it("ends an update that waits, and the next one finishes it", async () => {
    harness.emulator.inject({ kind: "stuckPending", match: { name: "updated" } });
    const state = await made("updated");
    const before = asked("showServiceTask", "updated");
    await cancelled(
      provider.up(task("updated", { waitFor: "running" }), state),
      () => asked("showServiceTask", "updated") > before + 1,
    );
    await provider.end();
    provider = new PluginProvider(await attached());
    await provider.configure(harness.config());
    harness.emulator.setState(state.id.split("/")[1] ?? "", "RUNNING");
    const again = await provider.up(task("updated", { waitFor: "running" }), state);
    assert.deepEqual([again.op, again.state.outputs.state], ["update", "RUNNING"]);
  });

  it("ends a delete that waits until its task is gone", async () => {
    const state = await made("deleted");
    harness.emulator.inject({ kind: "slowDelete", ms: EVER.seconds * 1000, match: { name: "deleted" } });
    await cancelled(provider.delete(state), () => asked("showServiceTask", "deleted") > 2);
  });

  it("ends a read that has no answer", async () => {
    const state = await made("read");
    await cancelled(provider.read(state), hold("GET"));
  });
});
