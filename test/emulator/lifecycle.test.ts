import assert from "node:assert/strict";
import { Caller, EDGE, edgeTask, IEF, iefTask } from "./support";

describe("emulator: the life of a service task", () => {
  let caller: Caller;
  before(async () => {
    caller = await Caller.open();
  });
  beforeEach(() => {
    caller.emulator.reset();
    caller.emulator.configure({
      transitions: { pendingMs: 100, startingMs: 100, stoppingMs: 100, deletingMs: 100 },
    });
  });
  after(() => caller.emulator.close());

  const advance = (ms: number) => caller.emulator.advance(ms);

  it("goes from PENDING over STARTING to RUNNING and stays there", async () => {
    const id = await caller.made(EDGE, edgeTask());
    const seen: unknown[] = [];
    for (let step = 0; step < 4; step++) {
      seen.push(await caller.stateOf(EDGE, id));
      advance(step === 2 ? 1e9 : 100);
    }
    assert.deepEqual(seen, ["PENDING", "STARTING", "RUNNING", "RUNNING"]);
  });

  it("finishes finite inputs only, and only after a configured time", async () => {
    caller.emulator.configure({ transitions: { finishMs: 1000 } });
    const entry = (type: string, data: object) => iefTask("t", { input: { type, data: [{ ...data }] } });
    const file = await caller.made(IEF, entry("url", { url: "https://files.example.com/a.mp4" }));
    const bucket = await caller.made(IEF, entry("obs", { bucket: "b", path: "p" }));
    const stream = await caller.made(IEF, entry("url", { url: "rtmp://live.example.com/a" }));
    advance(1200);
    assert.equal(await caller.stateOf(IEF, file), "SUCCEEDED");
    assert.equal(await caller.stateOf(IEF, bucket), "SUCCEEDED");
    assert.equal(await caller.stateOf(IEF, stream), "RUNNING");
  });

  it("deletes in its own time: 202 without a body, DELETING, then 404", async () => {
    const id = await caller.made(EDGE, edgeTask());
    const { status, text } = await caller.delete(EDGE, id);
    assert.deepEqual([status, text], [202, ""]);
    assert.equal(await caller.stateOf(EDGE, id), "DELETING");
    advance(50);
    assert.equal((await caller.delete(EDGE, id)).status, 202, "again while it is deleted");
    advance(50);
    assert.equal((await caller.show(EDGE, id)).status, 404);
    assert.equal((await caller.list(EDGE)).json["count"], 0);
    assert.equal((await caller.delete(EDGE, id)).status, 404);
  });

  it("stops and starts on IEF", async () => {
    const id = await caller.made(IEF, iefTask());
    advance(200);
    const stop = await caller.act(IEF, id, "stop");
    assert.deepEqual([stop.status, stop.text], [202, ""]);
    assert.equal(await caller.stateOf(IEF, id), "STOPPING");
    advance(100);
    assert.equal(await caller.stateOf(IEF, id), "STOPPED");
    assert.equal((await caller.act(IEF, id, "start")).status, 202);
    assert.equal(await caller.stateOf(IEF, id), "STARTING");
    advance(100);
    assert.equal(await caller.stateOf(IEF, id), "RUNNING");
  });

  it("stops a task that is still PENDING", async () => {
    const id = await caller.made(IEF, iefTask());
    assert.equal((await caller.act(IEF, id, "stop")).status, 202);
    advance(100);
    assert.equal(await caller.stateOf(IEF, id), "STOPPED");
  });

  it("answers 3519 to a start or stop that the state does not allow", async () => {
    const id = await caller.made(IEF, iefTask());
    advance(200);
    const start = await caller.act(IEF, id, "start");
    assert.deepEqual([start.status, start.code], [400, "ModelArts.3519"]);
    caller.emulator.setState(id, "STOPPED");
    const stop = await caller.act(IEF, id, "stop");
    assert.deepEqual([stop.status, stop.code], [400, "ModelArts.3519"]);
  });

  it("has neither start nor stop on Edge", async () => {
    const id = await caller.made(EDGE, edgeTask());
    for (const action of ["start", "stop"] as const) {
      const { status, code } = await caller.act(EDGE, id, action);
      assert.deepEqual([status, code], [400, "ModelArts.0101"]);
    }
  });

  it("can refuse to delete what is running", async () => {
    caller.emulator.configure({ refuseDeleteWhileRunning: true });
    const id = await caller.made(IEF, iefTask());
    advance(200);
    const refused = await caller.delete(IEF, id);
    assert.deepEqual([refused.status, refused.code], [400, "ModelArts.3519"]);
    await caller.act(IEF, id, "stop");
    advance(100);
    assert.equal((await caller.delete(IEF, id)).status, 202);
  });

  it("follows the wall clock in auto mode", async () => {
    const auto = await Caller.open({ clock: { mode: "auto" }, transitions: { pendingMs: 0, startingMs: 0 } });
    const id = await auto.made(EDGE, edgeTask());
    assert.equal(await auto.stateOf(EDGE, id), "RUNNING");
    assert.ok(Math.abs(auto.emulator.clock.now() - Date.now()) < 1000);
    await auto.emulator.close();
  });
});
