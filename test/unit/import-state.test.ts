import assert from "node:assert/strict";
import { diff } from "../../provider/core/operations/diff";
import { lookUp } from "../../provider/core/operations/read";
import { importState } from "../../provider/core/operations/import-state";
import { serviceTask } from "../../provider/services/service-task/definition";
import { filesOnIef, fileOnIef, without } from "../support/arguments";
import { codeOf, idFor, World } from "../support/world";

describe("import of a state", () => {
  it("records what create would have, a claim, and what no call returns", async () => {
    const world = new World();
    const [task = ""] = world.service.put(fileOnIef);
    const imported = await importState(serviceTask, idFor(task), {}, world.environment);
    const { outputs, inputs, args, unreadable } = imported;
    assert.deepEqual(args, { ...without(fileOnIef, "platform"), region: "eu-de" });
    assert.deepEqual([inputs.nameIsDefault, inputs.regionFrom], [false, "program"]);
    assert.deepEqual([outputs.stateVersion, outputs.state, typeof outputs.claim], [1, "RUNNING", "string"]);
    assert.deepEqual(
      outputs.unreadable,
      [...unreadable].map(({ path }) => path),
    );
  });

  it("records what somebody supplies as known", async () => {
    const world = new World();
    const [task = ""] = world.service.put(fileOnIef);
    const estimate = { cpu: 1, memory: 2 };
    const imported = await importState(
      serviceTask,
      idFor(task),
      { supply: (paths) => paths.map((path) => ({ path, value: estimate })) },
      world.environment,
    );
    assert.deepEqual([imported.args.sourceUsageEstimate, imported.outputs.unreadable], [estimate, undefined]);
  });

  it("declares what follows from other answers, which the program may correct as if it were missing", async () => {
    const world = new World();
    const [task = ""] = world.service.put(fileOnIef);
    const derived = { path: ["sourceUsageEstimate"], value: { cpu: 1, memory: 2 }, source: "from a list." };
    const supply = () => [derived];
    const imported = await importState(serviceTask, idFor(task), { supply }, world.environment);
    assert.deepEqual(imported.args.sourceUsageEstimate, derived.value);
    assert.deepEqual(imported.inputs.sourceUsageEstimate, derived.value);
    assert.deepEqual(imported.derived, [derived]);
    assert.deepEqual(imported.unreadable, []);
    assert.deepEqual(imported.outputs.unreadable, [derived.path]);
  });

  it("leaves a value that no call returns to a later update, where the first one lacks it", async () => {
    const world = new World();
    const [task = ""] = world.service.put(fileOnIef);
    const id = idFor(task);
    const imported = await importState(serviceTask, id, {}, world.environment);
    const wanted = { ...imported.inputs, waitFor: "running" };
    const outputs = await world.update(id, imported.outputs, wanted);
    const supplied = { ...wanted, sourceUsageEstimate: { cpu: 1, memory: 2 } };
    assert.deepEqual(diff(serviceTask, outputs, supplied, undefined).replaces, []);
    const after = await world.update(id, outputs, supplied);
    assert.equal(after.unreadable, undefined);
    const changed = { ...supplied, sourceUsageEstimate: { cpu: 1, memory: 3 } };
    assert.deepEqual(diff(serviceTask, after, { ...changed, platform: "ief" }, undefined).replaces, [
      "sourceUsageEstimate",
    ]);
  });

  it("takes the sources of tasks that each show those of all once", async () => {
    const world = new World();
    world.service.oneTask = true;
    const ids = ["a", "b"].flatMap(() => world.service.put(filesOnIef("a", "b")));
    const { args } = await importState(serviceTask, idFor(...ids), {}, world.environment);
    assert.deepEqual(args.input, filesOnIef("a", "b").input);
  });

  it("refuses tasks that no one resource could have made, and those that are not there", async () => {
    const world = new World();
    const [first = ""] = world.service.put(filesOnIef("a"));
    const [second = ""] = world.service.put({ ...filesOnIef("b"), description: "another" });
    assert.equal(
      await codeOf(importState(serviceTask, idFor(first, second), {}, world.environment)),
      "ADOPT_MISMATCH",
    );
    assert.equal(await codeOf(importState(serviceTask, idFor("none"), {}, world.environment)), "NOT_FOUND");
  });

  it("leaves a lookup without an owner", async () => {
    const world = new World();
    const [task = ""] = world.service.put(fileOnIef);
    const { outputs } = await lookUp(serviceTask, idFor(task), {}, world.environment);
    assert.deepEqual([outputs.claim, outputs.unreadable], [undefined, undefined]);
  });
});
