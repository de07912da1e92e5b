import assert from "node:assert/strict";
import type { PropertyMap } from "../../provider/common/json";
import { fileOnIef, filesOnIef } from "../support/arguments";
import { requestError } from "../support/fake-service";
import { codeOf, PROVIDER_TEXT, rejection, World } from "../support/world";

describe("hooks: update", () => {
  async function made(changes: Record<string, unknown> = {}, state = "RUNNING") {
    const world = new World();
    world.service.newState = state;
    const { id, outs, inputs } = await world.create({ ...fileOnIef, ...changes });
    const [task = ""] = world.service.tasks.keys();
    const update = (news: Record<string, unknown>) => world.update(id, outs, { ...inputs, ...news });
    world.service.calls.length = 0;
    return { world, id, outs, inputs, task, update };
  }

  it("records new arguments without a write", async () => {
    const { world, task, update } = await made();
    const outs = await update({ timeouts: { create: "1m" }, platform: undefined });
    assert.deepEqual(outs.timeouts, { create: "1m" });
    assert.ok(!("platform" in outs));
    assert.deepEqual(world.service.calls, [`show ${task}`]);
  });

  it("brings the text to the state of the plugin, even where nothing differs in meaning", async () => {
    const { world, id, outs, inputs } = await made();
    const text = { __provider: PROVIDER_TEXT };
    const news = { ...inputs, ...text, description: "" };
    const changes = async (olds: PropertyMap) => (await world.hooks.diff(id, olds, news)).changes;
    assert.deepEqual([await changes({ ...outs, ...text }), await changes(outs)], [false, true]);
  });

  it("starts and stops where desiredState says so, and only where needed", async () => {
    const { world, outs, id, inputs, update } = await made();
    const stopped = await update({ desiredState: "stopped" });
    assert.equal(stopped.state, "STOPPED");
    const started = await world.update(id, { ...outs, ...stopped }, { ...inputs, desiredState: "running" });
    assert.equal(started.state, "RUNNING");
    await world.update(id, started, { ...inputs, desiredState: "running" });
    assert.deepEqual([world.service.count("stop"), world.service.count("start")], [1, 1]);
  });

  it("an ended task is started again only when the wish itself is new", async () => {
    const { world, task, update } = await made({ desiredState: "running" });
    world.service.change(task, { state: "SUCCEEDED" });
    assert.equal((await update({})).state, "SUCCEEDED");
    assert.equal(world.service.count("start"), 0);
    const other = await made();
    other.world.service.change(other.task, { state: "FAILED" });
    assert.equal((await other.update({ desiredState: "running" })).state, "RUNNING");
    assert.equal(other.world.service.count("start"), 1);
  });

  it("a start that takes effect later is waited for, and the old failure is not taken for a new one", async () => {
    const { world, task, update } = await made();
    world.service.change(task, { state: "FAILED" });
    world.service.start = () => {
      world.service.calls.push("start");
      return Promise.resolve();
    };
    world.clock.onSleep = (passed) => {
      if (passed > 5000) world.service.change(task, { state: "RUNNING" });
    };
    assert.equal((await update({ desiredState: "running", waitFor: "running" })).state, "RUNNING");
    assert.equal(world.service.count("start"), 1);
  });

  it("a task without a service to stop counts as stopped", async () => {
    const { world, task, update } = await made();
    world.service.change(task, { state: "STOPPED_NO_SERVICE" });
    assert.equal((await update({ desiredState: "stopped" })).state, "STOPPED_NO_SERVICE");
    assert.equal(world.service.count("stop"), 0);
  });

  it("lets a stop that is under way end, also before a start", async () => {
    const { world, task, update } = await made();
    world.service.change(task, { state: "STOPPING" });
    world.clock.onSleep = () => {
      if (world.service.tasks.get(task)?.state === "STOPPING")
        world.service.change(task, { state: "STOPPED" });
    };
    assert.equal((await update({ desiredState: "running" })).state, "RUNNING");
    assert.deepEqual([world.service.count("stop"), world.service.count("start")], [0, 1]);
  });

  it("waits when waitFor changes, only as long as it is not met", async () => {
    const { world, task, update } = await made({}, "PENDING");
    await update({ waitFor: "accepted" });
    assert.deepEqual(world.clock.sleeps, []);
    world.clock.onSleep = () => world.service.change(task, { state: "RUNNING" });
    assert.equal((await update({ waitFor: "running" })).state, "RUNNING");
    assert.equal(world.clock.sleeps.length, 1);
  });

  it("does not wait again for what was waited for before", async () => {
    const { world, id, outs, inputs, task } = await made({ waitFor: "running" });
    world.service.change(task, { state: "FAILED" });
    assert.equal((await world.update(id, outs, { ...inputs, triggers: undefined })).state, "FAILED");
  });

  it("fails with a plain error, so that the old inputs stay recorded", async () => {
    const { world, task, update } = await made();
    world.service.change(task, { state: "FAILED" });
    const error = await rejection(update({ waitFor: "running" }));
    assert.match(error.message, /^TASK_FAILED: /);
    assert.ok(!("id" in error) && !("properties" in error));
    const refused = await made();
    refused.world.service.fail("stop", requestError("forbidden", "none", 403));
    assert.equal(await codeOf(refused.update({ desiredState: "stopped" })), "REQUEST_FAILED");
  });

  it("of a task that was deleted outside is TASK_GONE, with the way out", async () => {
    const { world, update } = await made();
    world.service.tasks.clear();
    const error = await rejection(update({ waitFor: "running" }));
    assert.match(error.message, /^TASK_GONE: .*pulumi up --refresh/);
  });

  it("has the time of a create for success", async () => {
    const { world, task, update } = await made();
    world.clock.onSleep = (passed) => {
      if (passed > 3_600_000) world.service.change(task, { state: "SUCCEEDED" });
    };
    assert.equal((await update({ waitFor: "succeeded" })).state, "SUCCEEDED");
  });
});

describe("hooks: delete", () => {
  async function made() {
    const world = new World();
    const { id, outs } = await world.create(fileOnIef);
    const [task = ""] = world.service.tasks.keys();
    world.service.calls.length = 0;
    return { clock: world.clock, service: world.service, task, remove: () => world.hooks.delete(id, outs) };
  }

  it("asks once and waits until the task is gone", async () => {
    const { clock, service, task, remove } = await made();
    service.stateAfterRemove = "DELETING";
    clock.onSleep = (passed) => {
      if (passed > 10_000) service.tasks.delete(task);
    };
    await remove();
    assert.equal(service.count("remove"), 1);
    assert.equal(service.count("confirm"), 1);
  });

  it("of what is gone is success, and repeats are harmless", async () => {
    const { service, remove } = await made();
    await remove();
    await remove();
    assert.equal(service.count("remove"), 2);
  });

  it("does not take the word of the DELETE for a task that is still shown", async () => {
    const { service, task, remove } = await made();
    const real = service.remove.bind(service);
    let denied = 0;
    service.remove = (taskId) => (denied++ < 2 ? Promise.resolve("not-found") : real(taskId));
    await remove();
    assert.equal(denied, 3);
    assert.equal(service.tasks.has(task), false);

    const stuck = await made();
    stuck.service.remove = () => Promise.resolve("not-found");
    assert.equal(await codeOf(stuck.remove()), "TIMEOUT");
    assert.equal(stuck.service.tasks.size, 1);
  });

  it("that is refused for the state stops the task first", async () => {
    const { service, task, remove } = await made();
    service.fail("remove", requestError("conflict", "none", 409));
    await remove();
    assert.deepEqual(service.calls.slice(0, 3), [`remove ${task}`, `stop ${task}`, `remove ${task}`]);
  });

  it("repeats without a stop where there is none, and tries one stop where it is refused", async () => {
    for (const canStop of [false, true]) {
      const { service, remove } = await made();
      service.canStop = canStop;
      for (let refusals = 0; refusals < 3; refusals += 1)
        service.fail("remove", requestError("conflict", "none", 409));
      service.fail("stop", requestError("invalid", "none", 400));
      await remove();
      assert.equal(service.count("remove"), 4);
      assert.equal(service.count("stop"), canStop ? 1 : 0);
    }
  });

  it("does not hide other failures, and fails when the task stays", async () => {
    const refused = await made();
    refused.service.fail("remove", requestError("forbidden", "none", 403));
    assert.equal(await codeOf(refused.remove()), "REQUEST_FAILED");
    const stuck = await made();
    stuck.service.stateAfterRemove = "DELETING";
    assert.equal(await codeOf(stuck.remove()), "TIMEOUT");
  });

  it("deletes all tasks of a resource", async () => {
    const world = new World();
    const { id, outs } = await world.create(filesOnIef("a", "b"));
    await world.hooks.delete(id, outs);
    assert.equal(world.service.tasks.size, 0);
  });
});
