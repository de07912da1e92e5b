/** A create that has an id and does not finish. */
import assert from "node:assert/strict";
import type { PropertyMap } from "../../provider/common/json";
import { fileOnIef, filesOnIef, restfulToWebhook, UNKNOWN } from "../support/arguments";
import { wireSize } from "../../provider/fronts/engine/values";
import { requestError } from "../support/fake-service";
import { codeOf, idFor, plain, PROVIDER_TEXT, rejection, World } from "../support/world";

const several = filesOnIef("a", "b", "c");

describe("hooks: create that does not finish", () => {
  it("keeps id, all properties with __provider, reasons and what is unfinished", async () => {
    const world = new World();
    world.service.newState = "CREATE_FAILED";
    const error = await rejection(world.create(several));
    assert.equal(error.id, idFor(...world.service.tasks.keys()));
    const properties = plain(error.properties) as PropertyMap;
    assert.equal(properties.__provider, PROVIDER_TEXT);
    assert.deepEqual(properties.input, several.input);
    assert.deepEqual(properties.taskIds, [...world.service.tasks.keys()]);
    assert.deepEqual(properties.states, ["CREATE_FAILED", "CREATE_FAILED", "CREATE_FAILED"]);
    assert.deepEqual(properties.unfinished, ["wait"]);
    assert.equal(properties.stateVersion, 1);
    const [reason] = error.reasons as string[];
    assert.match(reason ?? "", /^TASK_FAILED: .*CREATE_FAILED/);
    assert.equal(error.stack, "");
  });

  it("does so whatever fails after the answer", async () => {
    const breaks: ((world: World) => void)[] = [
      (world) => world.service.fail("show", requestError("unauthenticated", "none", 401)),
      (world) => world.service.fail("show", new TypeError("a mistake in this package")),
      (world) => world.service.fail("stop", requestError("forbidden", "none", 403)),
      (world) => world.stop.abort(),
    ];
    for (const prepare of breaks) {
      const world = new World();
      world.service.newState = "PENDING";
      world.service.after = (verb) => {
        if (verb === "create") prepare(world);
      };
      const error = await rejection(world.create({ ...fileOnIef, desiredState: "stopped" }));
      assert.equal(error.id, idFor(...world.service.tasks.keys()));
      assert.deepEqual((plain(error.properties) as PropertyMap).unfinished, ["wait", "start"]);
      assert.equal((error.reasons as string[]).length, 1);
    }
  });

  it("is finished by the next update, in a new process", async () => {
    const world = new World();
    world.service.newState = "PENDING";
    const wish = { ...fileOnIef, waitFor: "running", timeouts: { create: "30s" } };
    const error = await rejection(world.create(wish));
    const properties = plain(error.properties) as PropertyMap;
    const next = new World({ service: world.service });
    const inputs = await next.check(wish, properties);
    const { changes, replaces } = await next.hooks.diff(String(error.id), properties, inputs);
    assert.equal(changes, true);
    assert.deepEqual(replaces, []);
    next.clock.onSleep = () =>
      world.service.change([...world.service.tasks.keys()][0] ?? "", { state: "RUNNING" });
    const outs = await next.update(String(error.id), properties, inputs);
    assert.deepEqual(outs.unfinished, []);
    assert.equal(outs.state, "RUNNING");
    assert.equal(world.service.count("create"), 1);
  });

  it("stays a failure with its id where the outputs are too large for an error", async () => {
    const big: readonly PropertyMap[] = [
      { ...fileOnIef, config: { text: "x".repeat(40_000) } },
      // Numbers take more room on the wire than in JSON.
      { ...fileOnIef, triggers: Array.from({ length: 8000 }, () => 1) },
    ];
    for (const args of big) {
      const world = new World();
      world.service.newState = "CREATE_FAILED";
      const error = await rejection(world.create(args));
      assert.equal(error.id, idFor(...world.service.tasks.keys()));
      const properties = plain(error.properties) as PropertyMap;
      assert.deepEqual(properties.unfinished, ["wait"]);
      assert.ok(wireSize(error.properties) < 33_000);
      // What was left out is the program's word: the next update finishes the create, and replaces nothing.
      const inputs = await world.check(args, properties);
      assert.deepEqual(await world.hooks.diff(error.id, properties, inputs), {
        changes: true,
        replaces: [],
        deleteBeforeReplace: true,
      });
    }
  });

  it("sends nothing while a value is not known, wherever it is", async () => {
    for (const args of [
      { ...fileOnIef, description: UNKNOWN },
      { ...fileOnIef, config: { deep: [{ er: UNKNOWN }] } },
    ]) {
      const world = new World();
      assert.equal(await codeOf(world.create(args)), "UNKNOWN_VALUE");
      const { id, outs } = await world.create(fileOnIef);
      world.service.calls.length = 0;
      assert.equal(await codeOf(world.update(id, outs, args)), "UNKNOWN_VALUE");
      assert.deepEqual(world.service.calls, []);
    }
  });

  it("does not print credentials that the service repeats", async () => {
    const world = new World();
    world.service.newState = "CREATE_FAILED";
    const args = {
      ...restfulToWebhook,
      input: { type: "url", data: [{ url: "rtsp://admin:canary@10.0.0.1/x" }] },
    };
    const error = await rejection(world.create(args));
    assert.ok(!(error.reasons as string[]).join().includes("canary"));
  });
});
