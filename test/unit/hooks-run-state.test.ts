import assert from "node:assert/strict";
import { fileOnIef, filesOnIef, scheduledUrlToDis } from "../support/arguments";
import { requestError } from "../support/fake-service";
import { rejection, World } from "../support/world";

describe("hooks: run state", () => {
  const scheduled = { ...scheduledUrlToDis, output: fileOnIef.output, platform: "ief" };

  async function made(args: Record<string, unknown>) {
    const world = new World();
    const { id, outs, inputs } = await world.create(args);
    const update = (news: Record<string, unknown>) => world.update(id, outs, { ...inputs, ...news });
    world.service.calls.length = 0;
    return { world, id, outs, task: [...world.service.tasks.keys()][0] ?? "", update };
  }

  it("starts a scheduled task that was stopped, also outside its window", async () => {
    const { world, task, update } = await made({ ...scheduled, desiredState: "stopped" });
    world.service.change(task, { scheduleStatus: "INACTIVATED" });
    await update({ desiredState: "running" });
    assert.equal(world.service.count("start"), 1);
  });

  it("leaves a scheduled task that idles outside its window to its schedule, before and after a start", async () => {
    const kept = await made({ ...scheduled, desiredState: "running" });
    kept.world.service.change(kept.task, { state: "STOPPED", scheduleStatus: "INACTIVATED" });
    await kept.update({ description: "new" });
    assert.equal(kept.world.service.count("start"), 0);
    const idle = await made({ ...scheduled, desiredState: "stopped" });
    idle.world.service.change(idle.task, { scheduleStatus: "INACTIVATED" });
    idle.world.service.start = (id) => {
      idle.world.service.calls.push(`start ${id}`);
      return Promise.resolve();
    };
    assert.equal((await idle.update({ desiredState: "running" })).state, "STOPPED");
    assert.equal(idle.world.service.count("start"), 1);
  });

  it("repeats a stop before a delete where the state does not allow it yet", async () => {
    const { world, id, outs, task } = await made(fileOnIef);
    const remove = world.service.remove.bind(world.service);
    world.service.change(task, { state: "STARTING" });
    world.service.remove = (taskId) =>
      world.service.tasks.get(taskId)?.state === "STOPPED"
        ? remove(taskId)
        : Promise.reject(requestError("conflict", "none", 409));
    world.service.fail("stop", requestError("conflict", "none", 409));
    await world.hooks.delete(id, outs);
    assert.equal(world.service.tasks.size, 0);
    assert.equal(world.service.count("stop"), 2);
  });

  it("gives up a wait for a task that is deleted meanwhile", async () => {
    const world = new World();
    world.service.newState = "PENDING";
    world.clock.onSleep = () => world.service.tasks.clear();
    const error = await rejection(world.create({ ...fileOnIef, waitFor: "running" }));
    assert.match(error.message, /TASK_GONE/);
    assert.ok("id" in error);
    const wished = await made(filesOnIef("a", "b"));
    wished.world.service.stop = () => Promise.resolve();
    wished.world.clock.onSleep = () => wished.world.service.tasks.delete(wished.task);
    assert.match((await rejection(wished.update({ desiredState: "stopped" }))).message, /^TASK_GONE: /);
  });

  it("waits for a task that some looks miss", async () => {
    const world = new World();
    world.service.newState = "PENDING";
    const show = world.service.show.bind(world.service);
    let looks = 0;
    world.service.show = (id) => ((looks += 1) === 2 ? Promise.resolve(undefined) : show(id));
    world.clock.onSleep = (passed) => {
      if (passed < 5000) return;
      for (const id of world.service.tasks.keys()) world.service.change(id, { state: "RUNNING" });
    };
    assert.equal((await world.create({ ...fileOnIef, waitFor: "running" })).outs.state, "RUNNING");
  });

  it("waits again for a task that it has started, and for no other", async () => {
    const { world, task, update } = await made({ ...fileOnIef, desiredState: "running", waitFor: "running" });
    world.service.change(task, { state: "STOPPED" });
    world.service.start = () => {
      world.service.change(task, { state: "STARTING" });
      return Promise.resolve();
    };
    world.clock.onSleep = () => world.service.change(task, { state: "START_FAILED" });
    assert.match((await rejection(update({}))).message, /^TASK_FAILED: /);
    const drifted = await made({ ...fileOnIef, desiredState: "running", waitFor: "running" });
    drifted.world.service.change(drifted.task, { state: "PENDING" });
    assert.equal((await drifted.update({})).state, "PENDING");
  });

  it("waits for nobody to start a task whose run state is no longer managed", async () => {
    const world = new World({ context: { defaultWaitFor: "running" } });
    const { id, outs, inputs } = await world.create({ ...fileOnIef, desiredState: "stopped" });
    const unmanaged = await world.update(id, outs, { ...inputs, desiredState: undefined });
    assert.equal(unmanaged.state, "STOPPED");
    const started = await world.update(id, outs, { ...inputs, desiredState: "running" });
    assert.equal(started.state, "RUNNING");
  });
});
