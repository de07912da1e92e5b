import assert from "node:assert/strict";
import type { PropertyMap } from "../../provider/common/json";
import type { LiveTask } from "../../provider/core/contract";
import {
  changed,
  fileOnIef,
  filesOnIef,
  restfulToWebhook,
  scheduledUrlToDis,
  vcnInput,
} from "../support/arguments";
import { requestError } from "../support/fake-service";
import { codeOf, LOCATION, rejection, World } from "../support/world";

const three = filesOnIef("a", "b", "c");

describe("hooks: read", () => {
  it("gives exactly the inputs back where nothing drifted, for every documented example", async () => {
    for (const args of [
      restfulToWebhook,
      scheduledUrlToDis,
      fileOnIef,
      three,
      { ...restfulToWebhook, input: vcnInput },
    ]) {
      for (const context of [{}, { machineRegion: "eu-de" }, { configuredRegion: "eu-de" }]) {
        const world = new World({ context });
        const { id, outs, inputs } = await world.create(args);
        const read = await new World({ service: world.service }).read(id, outs);
        assert.deepEqual(read.inputs, inputs);
        assert.deepEqual(read.props, outs);
        assert.equal(read.id, id);
      }
    }
  });

  it("reads where the state says the resource lives", async () => {
    const world = new World();
    const { id, outs } = await world.create(fileOnIef);
    await world.read(id, outs);
    assert.deepEqual(world.targets.at(-1)?.recorded, LOCATION);
  });

  it("shows drift in inputs and outputs", async () => {
    const world = new World();
    const { id, outs } = await world.create(fileOnIef);
    const [task] = world.service.tasks.values();
    world.service.change(task?.id ?? "", {
      args: { ...task?.args, description: "by hand" },
      state: "ABNORMAL",
    });
    const { props, inputs } = await world.read(id, outs);
    assert.deepEqual([inputs?.description, props?.description], ["by hand", "by hand"]);
    assert.equal(props?.state, "ABNORMAL");
  });

  it("keeps output fields that this answer lacks", async () => {
    const world = new World();
    const { id, outs, inputs } = await world.create(fileOnIef);
    const known = { ...outs, serviceName: "face-detect", creator: "me" };
    assert.equal((await world.read(id, known)).props?.serviceName, "face-detect");
    assert.equal(
      (await world.update(id, known, { ...inputs, waitFor: "running" })).serviceName,
      "face-detect",
    );
  });

  it("shows a run state other than the wished one as drift, and nothing for ended tasks", async () => {
    const rows: readonly [string, string, string][] = [
      ["running", "STOPPED", "stopped"],
      ["running", "STOPPED_NO_SERVICE", "stopped"],
      ["stopped", "RUNNING", "running"],
      ["stopped", "ABNORMAL", "running"],
      ["running", "SUCCEEDED", "running"],
      ["stopped", "FAILED", "stopped"],
      ["running", "FROZEN", "running"],
      ["running", "DELETING", "running"],
    ];
    for (const [wish, state, seen] of rows) {
      const world = new World();
      const { id, outs } = await world.create({ ...fileOnIef, desiredState: wish });
      for (const task of world.service.tasks.keys()) world.service.change(task, { state });
      assert.equal((await world.read(id, outs)).inputs?.desiredState, seen, `${wish} ${state}`);
    }
    const scheduled = new World();
    const { id, outs } = await scheduled.create({ ...fileOnIef, desiredState: "running" });
    for (const task of scheduled.service.tasks.keys()) {
      scheduled.service.change(task, { state: "STOPPED", scheduleStatus: "INACTIVATED" });
    }
    assert.equal((await scheduled.read(id, outs)).inputs?.desiredState, "running");
  });

  it("one mismatch of several tasks is drift", async () => {
    const world = new World();
    const { id, outs } = await world.create({ ...three, desiredState: "running" });
    world.service.change([...world.service.tasks.keys()][1] ?? "", { state: "STOPPED" });
    assert.equal((await world.read(id, outs)).inputs?.desiredState, "stopped");
  });

  it("of several tasks some gone: the id stays, their sources go, and the diff replaces", async () => {
    const world = new World();
    const { id, outs, inputs } = await world.create(three);
    world.service.tasks.delete([...world.service.tasks.keys()][1] ?? "");
    const read = await world.read(id, outs);
    assert.equal(read.id, id);
    assert.deepEqual(
      ((read.inputs?.input as PropertyMap).data as PropertyMap[]).map(({ path }) => path),
      ["a", "c"],
    );
    assert.equal((read.props?.taskIds as unknown[]).length, 2);
    assert.deepEqual((await world.hooks.diff(id, read.props ?? {}, inputs)).replaces, ["input"]);
    await world.hooks.delete(id, read.props ?? {});
    assert.equal(world.service.tasks.size, 0);
  });

  it("of several tasks some gone: what was shown otherwise than written is no drift of the rest", async () => {
    const world = new World();
    const show = world.service.show.bind(world.service);
    world.service.show = async (id) => {
      const task = await show(id);
      return task && { ...task, args: changed(task.args, "input.data[0].path", "/shown") };
    };
    const { id, outs } = await world.create(three);
    world.service.tasks.delete([...world.service.tasks.keys()][0] ?? "");
    const first = await world.read(id, outs);
    const second = await world.read(id, first.props ?? {});
    assert.deepEqual(second.inputs, { ...first.inputs, input: filesOnIef("b", "c").input });
  });

  it("where the program agrees that a source is gone, the rest is the resource", async () => {
    const world = new World();
    const { id, outs } = await world.create(three);
    const [gone = "", ...left] = world.service.tasks.keys();
    world.service.tasks.delete(gone);
    const { props = {}, inputs = {} } = await world.read(id, outs);
    const two = { ...three, input: filesOnIef("b", "c").input, desiredState: "stopped" };
    const next = await world.check(two, inputs);
    assert.deepEqual((await world.hooks.diff(id, props, next)).replaces, []);
    const after = await world.update(id, props, next);
    assert.deepEqual([after.taskIds, after.states], [left, ["STOPPED", "STOPPED"]]);
  });

  it("gone is proven by the service's list, once a process", async () => {
    const world = new World();
    const { id, outs } = await world.create(fileOnIef);
    world.service.tasks.clear();
    assert.deepEqual(await world.read(id, outs), {});
    assert.deepEqual(await world.read(id, outs), {});
    assert.equal(world.service.count("confirm"), 1);
  });

  it("a service that is missing is SERVICE_NOT_FOUND and never gone", async () => {
    const world = new World();
    const { id, outs } = await world.create(fileOnIef);
    world.service.tasks.clear();
    world.service.missing = true;
    for (const operation of [
      world.read(id, outs),
      world.hooks.delete(id, outs),
      world.update(id, outs, fileOnIef),
    ]) {
      assert.equal(await codeOf(operation), "SERVICE_NOT_FOUND");
    }
  });

  it("failures are errors and never gone", async () => {
    for (const kind of [
      "forbidden",
      "unauthenticated",
      "not-published",
      "server",
      "connection",
      "malformed",
    ] as const) {
      const world = new World();
      const { id, outs } = await world.create(fileOnIef);
      world.service.fail("show", requestError(kind));
      assert.equal(await codeOf(world.read(id, outs)), "REQUEST_FAILED", kind);
    }
  });

  it("state of a newer version is STATE_TOO_NEW, whatever the hook", async () => {
    const world = new World();
    const { id, outs, inputs } = await world.create(fileOnIef);
    const newer = { ...outs, stateVersion: 2 };
    const hooks = [world.read(id, newer), world.update(id, newer, inputs), world.hooks.delete(id, newer)];
    for (const hook of [...hooks, world.hooks.diff(id, newer, inputs)]) {
      const error = await rejection(hook);
      assert.match(error.message, /^STATE_TOO_NEW: .*npm install pulumi-video-analysis/);
    }
    assert.equal(world.service.tasks.size, 1);
  });

  describe("from a list shared with other reads", () => {
    /** A resource of three tasks, whose first is listed as it was before a change. */
    const listedBefore = async (changes: Partial<LiveTask>) => {
      const world = new World();
      const { id, outs, inputs } = await world.create(three);
      for (const [taskId, task] of world.service.tasks) world.service.listed.set(taskId, task);
      const [first = ""] = world.service.tasks.keys();
      world.service.change(first, changes);
      world.service.calls.length = 0;
      return { world, id, outs, inputs, first };
    };

    it("costs no show where nothing differs", async () => {
      const { world, id, outs, inputs } = await listedBefore({});
      const read = await world.read(id, outs);
      assert.deepEqual([read.inputs, read.props], [inputs, outs]);
      assert.deepEqual(world.service.calls, []);
    });

    it("a difference that shows do not confirm is none", async () => {
      const { world, id, outs, inputs, first } = await listedBefore({});
      const task = world.service.tasks.get(first);
      world.service.listed.set(first, { ...task!, args: { ...task!.args, description: "earlier" } });
      assert.deepEqual((await world.read(id, outs)).inputs, inputs);
      assert.equal(world.service.count("show"), 3);
    });

    it("a run state that shows do not confirm is no drift either", async () => {
      const world = new World();
      const { id, outs, inputs } = await world.create({ ...fileOnIef, desiredState: "running" });
      for (const [taskId, task] of world.service.tasks) {
        world.service.listed.set(taskId, { ...task, state: "STOPPED" });
      }
      assert.deepEqual((await world.read(id, outs)).inputs, inputs);
    });

    it("a difference is told as the shows have it, and a task that they miss is gone", async () => {
      const { world, id, outs, first } = await listedBefore({});
      const task = world.service.tasks.get(first);
      world.service.listed.set(first, { ...task!, name: "other", args: { ...task!.args, description: "x" } });
      world.service.change(first, { args: { ...task!.args, description: "by hand" } });
      assert.equal((await world.read(id, outs)).inputs?.description, "by hand");
      world.service.tasks.delete(first);
      const { props } = await world.read(id, outs);
      assert.equal((props?.taskIds as unknown[]).length, 2);
      assert.equal(world.service.count("confirm"), 1);
    });
  });

  it("keeps what is unfinished, so that the next update still finishes it after a refresh", async () => {
    const world = new World();
    const { id, outs } = await world.create(fileOnIef);
    assert.deepEqual((await world.read(id, { ...outs, unfinished: ["wait"] })).props?.unfinished, ["wait"]);
  });
});
