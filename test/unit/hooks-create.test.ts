import assert from "node:assert/strict";
import { VideoAnalysisError } from "../../provider/common/errors";
import type { PropertyMap } from "../../provider/common/json";
import type { LiveTask } from "../../provider/core/contract";
import {
  fileOnIef,
  filesOnIef,
  restfulToWebhook,
  scheduledUrlToDis,
  UNKNOWN,
  vcnInput,
} from "../support/arguments";
import { requestError } from "../support/fake-service";
import { codeOf, idFor, LOCATION, plain, PROVIDER_TEXT, rejection, World } from "../support/world";

const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const several = filesOnIef("a", "b", "c");

describe("hooks: check", () => {
  it("answers failures with the program's property paths, and inputs with secrets in envelopes", async () => {
    const { hooks } = new World();
    const news = { ...restfulToWebhook, input: vcnInput, description: 5, __provider: PROVIDER_TEXT };
    const { inputs, failures } = await hooks.check({}, news);
    // The engine prints the value of a property that a failure names.
    assert.deepEqual(
      failures.map(({ property }) => property),
      [""],
    );
    assert.match(failures[0]?.reason ?? "", /^description: /);
    const vcn = ((inputs.input as PropertyMap).vcn ?? {}) as PropertyMap;
    assert.equal(vcn.username, "camera");
    assert.deepEqual(vcn.password, { "4dabf18193072939515e22adb298388d": SECRET, value: "canary-password" });
    assert.ok(!("__provider" in inputs));
  });

  it("does not take the provider text in olds for a recorded resource", async () => {
    const { hooks } = new World({ context: { machineRegion: "eu-de" } });
    const { inputs } = await hooks.check({ __provider: PROVIDER_TEXT }, fileOnIef);
    assert.equal(inputs.regionFrom, "machine");
  });

  it("leaves unknown secrets bare, so that the engine sees them", async () => {
    const { hooks } = new World();
    const input = { ...vcnInput, vcn: { ...(vcnInput.vcn as PropertyMap), password: UNKNOWN } };
    const { inputs, failures } = await hooks.check({}, { ...restfulToWebhook, input });
    assert.deepEqual(failures, []);
    assert.equal(((inputs.input as PropertyMap).vcn as PropertyMap).password, UNKNOWN);
  });
});

describe("hooks: create", () => {
  it("looks, posts once, shows, and answers id and outputs", async () => {
    const world = new World();
    const { id, outs, inputs } = await world.create(fileOnIef);
    const [taskId = ""] = world.service.tasks.keys();
    assert.equal(id, idFor(taskId));
    assert.deepEqual(world.service.calls, ["find task-file", "create task-file", `show ${taskId}`]);
    assert.equal(outs.state, "RUNNING");
    assert.deepEqual(outs.unfinished, []);
    for (const [key, value] of Object.entries(inputs)) assert.deepEqual(outs[key], value, key);
    for (const [key, value] of Object.entries(LOCATION)) assert.equal(outs[key], value);
    assert.deepEqual(world.clock.sleeps, []);
  });

  it("makes one task of each source and keeps the order of the answer", async () => {
    const world = new World();
    const { id, outs } = await world.create(several);
    assert.equal(id, idFor(...world.service.tasks.keys()));
    assert.deepEqual(outs.taskIds, [...world.service.tasks.keys()]);
    assert.deepEqual(outs.states, ["RUNNING", "RUNNING", "RUNNING"]);
  });

  it("puts secrets of outputs into envelopes", async () => {
    const world = new World();
    const inputs = await world.check({ ...restfulToWebhook, input: vcnInput });
    const { outs } = await world.hooks.create(inputs);
    assert.ok(JSON.stringify(((outs.input as PropertyMap).vcn as PropertyMap).password).includes(SECRET));
    assert.deepEqual(plain(outs.input), vcnInput);
  });

  it("waits until a new task is visible", async () => {
    const world = new World();
    let hidden: LiveTask | undefined;
    world.service.after = (verb) => {
      if (verb !== "create") return;
      hidden = [...world.service.tasks.values()][0];
      world.service.tasks.clear();
    };
    world.clock.onSleep = () => {
      if (hidden !== undefined) world.service.tasks.set(hidden.id, hidden);
    };
    const { outs } = await world.create(fileOnIef);
    assert.equal(outs.state, "RUNNING");
    assert.equal(world.clock.sleeps.length, 1);
  });

  it("sits out throttling and failures of the service, also before any look succeeded", async () => {
    const world = new World();
    for (const kind of ["server", "throttled", "gateway-timeout"] as const) {
      world.service.fail("show", requestError(kind));
    }
    await world.create(fileOnIef);
    assert.equal(world.clock.sleeps.length, 3);
  });

  it("treats all failed looks as transient once one has succeeded", async () => {
    const world = new World();
    world.service.newState = "PENDING";
    const transient = ["connection", "malformed", "server", "throttled", "gateway-timeout"] as const;
    world.service.before = (verb) => {
      const kind = transient[world.service.count("show") - 3];
      if (verb === "show" && kind !== undefined) throw requestError(kind);
      if (world.service.count("show") > 8)
        for (const id of world.service.tasks.keys()) world.service.change(id, { state: "RUNNING" });
    };
    const { outs } = await world.create({ ...fileOnIef, waitFor: "running" });
    assert.equal(outs.state, "RUNNING");
  });

  it("waits for running or success where asked, and says what is the matter when time is up", async () => {
    const world = new World();
    world.service.newState = "PENDING";
    world.clock.onSleep = (passed) => {
      const [id = ""] = world.service.tasks.keys();
      if (passed > 60_000) world.service.change(id, { state: "SUCCEEDED" });
      else if (passed > 30_000) world.service.change(id, { state: "RUNNING" });
    };
    const { outs } = await world.create({ ...fileOnIef, waitFor: "succeeded" });
    assert.equal(outs.state, "SUCCEEDED");

    const stuck = new World();
    stuck.service.newState = "PENDING";
    stuck.clock.onSleep = () => {
      const [id = ""] = stuck.service.tasks.keys();
      stuck.service.change(id, { status: "no capacity" });
    };
    const error = await rejection(
      stuck.create({ ...fileOnIef, waitFor: "running", timeouts: { create: "90s" } }),
    );
    assert.match(error.message, /TIMEOUT.*90 s.*no capacity/);
    assert.ok(stuck.messages.some((line) => line.includes("no capacity")));
    assert.ok(stuck.messages.length <= 10, "a progress line at most every 10 s");
  });

  it("stops a task that is to be stopped after its acceptance, also from PENDING", async () => {
    for (const state of ["PENDING", "RUNNING"]) {
      const world = new World();
      world.service.newState = state;
      const { outs } = await world.create({ ...fileOnIef, desiredState: "stopped" });
      assert.equal(outs.state, "STOPPED");
      assert.equal(world.service.count("stop"), 1);
    }
  });

  it("stops also a scheduled task outside its window", async () => {
    const world = new World();
    world.service.newState = "PENDING";
    world.service.after = () => {
      for (const id of world.service.tasks.keys())
        world.service.change(id, { scheduleStatus: "INACTIVATED" });
    };
    const args = { ...scheduledUrlToDis, output: fileOnIef.output, platform: "ief", desiredState: "stopped" };
    const { outs } = await world.create(args);
    assert.equal(outs.state, "STOPPED");
  });

  it("repeats a stop that the state does not allow yet", async () => {
    const world = new World();
    world.service.fail("stop", requestError("conflict", "none"));
    const { outs } = await world.create({ ...fileOnIef, desiredState: "stopped" });
    assert.equal(outs.state, "STOPPED");
    assert.equal(world.service.count("stop"), 2);
  });

  it("does not start what runs or has ended", async () => {
    for (const state of ["RUNNING", "PENDING", "SUCCEEDED"]) {
      const world = new World();
      world.service.newState = state;
      await world.create({ ...fileOnIef, desiredState: "running" });
      assert.equal(world.service.count("start"), 0);
    }
  });

  it("refuses two resources of one name in one run, but not after one that failed", async () => {
    const world = new World();
    world.service.fail("create", requestError("invalid", "none", 400));
    assert.equal(await codeOf(world.create(fileOnIef)), "REQUEST_FAILED");
    await world.create(fileOnIef);
    assert.equal(await codeOf(world.create(fileOnIef)), "DUPLICATE_NAME");
    const relaxed = new World({ allowDuplicateNames: true });
    await relaxed.create(fileOnIef);
    await relaxed.create(fileOnIef);
    assert.equal(relaxed.service.tasks.size, 2);
  });

  it("does not show a stack for errors that are made for the user", async () => {
    const world = new World();
    world.service.fail("find", new VideoAnalysisError("SERVICE_NOT_FOUND", "gone"));
    const error = await rejection(world.create(fileOnIef));
    assert.equal(error.stack, "");
    assert.match(error.message, /^SERVICE_NOT_FOUND: /);
  });
});
