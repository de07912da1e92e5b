/** Tasks that exist already and are taken over by their ids. */
import assert from "node:assert/strict";
import type { PropertyMap } from "../../provider/common/json";
import type { TaskGateway } from "../../provider/core/contract";
import { serviceTask } from "../../provider/services/service-task/definition";
import { fileOnIef, filesOnIef, without } from "../support/arguments";
import { codeOf, idFor, rejection, World } from "../support/world";

const nameless = without(fileOnIef, "name");
const AUTO = "task-0123456789ab";
const byDefault: PropertyMap = { ...nameless, autoName: AUTO };
const two: PropertyMap = { ...byDefault, input: filesOnIef("a", "b").input };

describe("hooks: adopt", () => {
  const adopting = (...ids: string[]) => ({ ...fileOnIef, adopt: idFor(...ids) });

  it("takes over a task that equals the arguments, without a create", async () => {
    const world = new World();
    const [there = ""] = world.service.put(fileOnIef);
    const { id, outs } = await world.create(adopting(there));
    assert.equal(id, idFor(there));
    assert.equal(outs.state, "RUNNING");
    assert.equal(world.service.count("create"), 0);
    assert.equal(world.service.count("find"), 0);
  });

  it("takes the live name where none is given, which is no drift afterwards", async () => {
    const world = new World();
    const [there = ""] = world.service.put(fileOnIef);
    const { id, outs, inputs } = await world.create({ ...byDefault, adopt: idFor(there) });
    assert.equal(outs.name, fileOnIef.name);
    assert.deepEqual((await world.read(id, outs)).inputs, inputs);
    const next = await world.check({ ...byDefault, adopt: idFor(there) }, inputs);
    assert.deepEqual((await world.hooks.diff(id, outs, next)).replaces, []);
  });

  it("is ADOPT_MISMATCH with what differs, the name and the service included", async () => {
    const world = new World();
    const [there = ""] = world.service.put({ ...fileOnIef, description: "theirs" });
    const different = await rejection(world.create(adopting(there)));
    assert.match(different.message, /^ADOPT_MISMATCH: .*description \(only at the service\)/);
    const renamed = await rejection(
      world.create({ ...adopting(there), name: "other", description: "theirs" }),
    );
    assert.match(renamed.message, /^ADOPT_MISMATCH: .*name: "other" here, "task-file" at the service/);
    const elsewhere = await rejection(world.create({ ...adopting(there), serviceId: "other" }));
    assert.match(elsewhere.message, /^ADOPT_MISMATCH: .*serviceId/);
    assert.equal(world.service.count("create"), 0);
  });

  it("is ADOPT_NOT_FOUND for a task that does not exist, INVALID_ID for what is no id", async () => {
    const world = new World();
    assert.equal(await codeOf(world.create(adopting("nobody"))), "ADOPT_NOT_FOUND");
    assert.equal(await codeOf(world.create({ ...fileOnIef, adopt: "nobody" })), "INVALID_ID");
    world.service.missing = true;
    assert.equal(await codeOf(world.create(adopting("nobody"))), "SERVICE_NOT_FOUND");
    assert.equal(world.service.count("create"), 0);
  });

  it("of several tasks wants exactly the set, in any order, and keeps the user's", async () => {
    const args = { ...two, name: AUTO };
    const world = new World();
    const [a = "", b = ""] = world.service.put(args);
    assert.equal((await world.create({ ...args, adopt: idFor(b, a) })).id, idFor(b, a));
    assert.equal(
      await codeOf(new World({ service: world.service }).create({ ...args, adopt: idFor(a) })),
      "ADOPT_MISMATCH",
    );
  });

  it("refuses one task more than the arguments have sources, and tasks of different names", async () => {
    const world = new World();
    const [a = "", b = ""] = world.service.put({ ...two, name: AUTO });
    const [c = ""] = world.service.put({ ...fileOnIef, name: AUTO });
    const codeFor = (args: Record<string, unknown>, ...ids: string[]): Promise<string | undefined> =>
      codeOf(new World({ service: world.service }).create({ ...args, adopt: idFor(...ids) }));
    assert.equal(await codeFor({ ...two, name: AUTO }, a, b, c), "ADOPT_MISMATCH");
    world.service.change(b, { name: "another" });
    assert.equal(await codeFor({ ...two, name: undefined }, a, b), "ADOPT_MISMATCH");
    assert.equal(world.service.count("create"), 0);
  });

  it("does not take over what is being deleted", async () => {
    const world = new World();
    const [there = ""] = world.service.put(fileOnIef, { state: "DELETING" });
    assert.equal(await codeOf(world.create(adopting(there))), "ADOPT_NOT_FOUND");
  });

  it("reserves the name that it brings, so that no create of the run takes it meanwhile", async () => {
    const updatable = { immutable: ["serviceId", "region"], updatable: ["name"] };
    const world = new World({ definition: { ...serviceTask, ...updatable } });
    const [there = ""] = world.service.put({ ...fileOnIef, name: "other" });
    const update: TaskGateway["update"] = (id, { name }) => {
      world.service.change(id, { name: String(name) });
      return Promise.resolve();
    };
    Object.assign(world.service, { update });
    const outcomes = await Promise.all(
      [adopting(there), fileOnIef].map((args, index) =>
        codeOf(world.create({ ...args, autoName: `door-${index}123456789ab` })).catch(() => "made"),
      ),
    );
    assert.deepEqual(outcomes.sort(), ["DUPLICATE_NAME", "made"]);
    const named = [...world.service.tasks.values()].filter(({ name }) => name === fileOnIef.name);
    assert.equal(named.length, 1);
  });

  it("applies the run state, and an error after it keeps the id", async () => {
    const world = new World();
    const [there = ""] = world.service.put(fileOnIef);
    const { outs } = await world.create({ ...adopting(there), desiredState: "stopped" });
    assert.equal(outs.state, "STOPPED");
    const failing = new World();
    const [id = ""] = failing.service.put(fileOnIef, { state: "CREATE_FAILED" });
    assert.equal((await rejection(failing.create(adopting(id)))).id, idFor(id));
  });

  it("warns of what no read shows, which is trusted", async () => {
    const world = new World();
    const args = { ...fileOnIef, sourceUsageEstimate: { cpu: 1, memory: 1 } };
    const [there = ""] = world.service.put(args);
    await world.create({ ...args, adopt: idFor(there) });
    assert.ok(world.messages.some((line) => line.includes("`sourceUsageEstimate`")));
  });
});
