import assert from "node:assert/strict";
import type { JsonObject } from "../../testkit/emulator";
import { each, KINDS, oneOfEach } from "../scenarios/kinds";
import { EDGE, edgeArgs, iefArgs, IEF, type Program, tasksOf } from "../scenarios/program";
import {
  failed,
  opsOf,
  SCENARIO_TIMEOUT,
  stepOf,
  succeeded,
  TestStack,
  writesOf,
} from "../scenarios/support";

/** An id that no task has. */
const MISSING = "0".repeat(32);

describe("existing tasks", function () {
  this.timeout(SCENARIO_TIMEOUT);
  let stack: TestStack;
  let ids: string[];
  let adopted: Program;

  before(async () => {
    stack = await TestStack.open();
    // Another stack's tasks stand for those that somebody made by hand.
    const maker = new TestStack(stack.emulator);
    await maker.deploy(
      tasksOf({
        manual: edgeArgs({ name: "made-by-hand", description: "by hand" }),
        watched: iefArgs({ name: "watched", config: { level: 1 } }),
      }),
    );
    ids = [maker.resource("manual").id!, maker.resource("watched").id!];
    adopted = tasksOf({ cam: edgeArgs({ description: "by hand", adopt: ids[0]! }) });
    stack.emulator.clearRequests();
  });
  after(() => stack.close());

  it("adopt takes a task over without creating any, under its own name", async () => {
    assert.deepEqual(opsOf(await stack.deploy(adopted)), ["create cam"]);
    assert.deepEqual(writesOf(stack.emulator), []);
    const { id, outputs } = stack.resource("cam");
    assert.equal(id, ids[0]);
    assert.equal(outputs?.["name"], "made-by-hand");
    assert.deepEqual(opsOf(succeeded(await stack.up())), ["same cam"]);
  });

  it("removing adopt afterwards replaces nothing, and a refresh stays clean", async () => {
    const result = await stack.deploy(tasksOf({ cam: edgeArgs({ description: "by hand" }) }));
    assert.deepEqual(opsOf(result), ["update cam"]);
    assert.deepEqual(opsOf(succeeded(await stack.refresh())), ["refresh-same cam"]);
    assert.deepEqual(opsOf(succeeded(await stack.up())), ["same cam"]);
    assert.deepEqual(writesOf(stack.emulator), []);
    assert.equal(stack.resource("cam").id, ids[0]);
  });

  it("adopt of what does not exist creates nothing", async () => {
    stack.program = tasksOf({
      cam: edgeArgs({ description: "by hand" }),
      other: edgeArgs({ adopt: `${EDGE}/${MISSING}` }),
    });
    assert.match(failed(await stack.up()), /ADOPT_NOT_FOUND/);
    assert.deepEqual(writesOf(stack.emulator), []);
  });

  it("a replacing change beside a remaining adopt is refused in preview", async () => {
    await stack.deploy(adopted);
    const changed: JsonObject = edgeArgs({ description: "changed", adopt: ids[0]! });
    stack.program = tasksOf({ cam: changed });
    assert.match(failed(await stack.preview()), /property adopt .*remove `adopt` first/);
  });

  it("static get fills outputs, also in a preview, and never manages the task", async () => {
    stack.program = { ...adopted, lookups: { seen: { id: ids[1]! } } };
    const preview = succeeded(await stack.preview());
    assert.ok(stepOf(preview, "seen", "read"));
    const up = succeeded(await stack.up());
    const { seen } = up.outputs["tasks"] as Record<string, { name: string; taskId: string }>;
    assert.equal(seen?.name, "watched");
    assert.equal(`${IEF}/${seen.taskId}`, ids[1]);
    assert.deepEqual(stack.resource("seen").outputs?.["config"], { level: 1 });
    assert.equal(stack.resource("seen").external, true);
  });

  it("static get of what does not exist fails the program", async () => {
    stack.program = { ...adopted, lookups: { seen: { id: `${IEF}/${MISSING}` } } };
    assert.match(failed(await stack.up()), /NOT_FOUND: ServiceTask .* does not exist/);
  });

  it("the option import is refused with the way out", async () => {
    stack.program = { tasks: { cam: { args: edgeArgs(), options: { import: ids[1]! } } } };
    const errors = failed(await stack.preview());
    assert.ok(errors.includes(`adopt: "${ids[1]!}"`), errors);
    assert.match(errors, /video-analysis import/);
  });

  it("destroy deletes the adopted task and leaves the one that was only read", async () => {
    succeeded(await stack.destroy());
    assert.deepEqual(
      stack.emulator.tasks().map(({ name }) => name),
      ["watched"],
    );
  });
});

describe("existing objects of every class", function () {
  this.timeout(SCENARIO_TIMEOUT);
  let stack: TestStack;
  let ids: Map<string, string>;
  const adopting = (description: string): Program =>
    oneOfEach(({ name }) => ({ description, adopt: ids.get(name)! }));

  before(async () => {
    stack = await TestStack.open();
    const maker = new TestStack(stack.emulator);
    await maker.deploy(oneOfEach(({ name }) => ({ name: `manual-${name}`, description: "by hand" })));
    ids = new Map(KINDS.map(({ name }) => [name, maker.resource(name).id!]));
    stack.emulator.clearRequests();
  });
  after(() => stack.close());

  it("are taken over without a create, under their own names", async () => {
    assert.deepEqual(opsOf(await stack.deploy(adopting("by hand"))).sort(), each("create"));
    assert.deepEqual(writesOf(stack.emulator), []);
    for (const { name } of KINDS) {
      const { id, outputs } = stack.resource(name);
      assert.equal(id, ids.get(name));
      assert.equal(outputs?.["name"], `manual-${name}`);
    }
    assert.deepEqual(opsOf(succeeded(await stack.up())).sort(), each("same"));
  });

  it("stay as they are when adopt is removed, and a refresh stays clean", async () => {
    const result = await stack.deploy(oneOfEach(() => ({ description: "by hand" })));
    assert.deepEqual(opsOf(result).sort(), each("update"));
    assert.deepEqual(opsOf(succeeded(await stack.refresh())).sort(), each("refresh-same"));
    assert.deepEqual(opsOf(succeeded(await stack.up())).sort(), each("same"));
    assert.deepEqual(writesOf(stack.emulator), []);
  });

  it("are brought in line where the service has an update, and refused where it has none", async () => {
    const other = new TestStack(stack.emulator);
    const { task, ...updatable } = adopting("by program").tasks ?? {};
    assert.ok(task);
    await other.deploy({ tasks: updatable });
    assert.deepEqual(writesOf(stack.emulator).sort(), ["updateBatchTask", "updateTask"]);
    assert.deepEqual(opsOf(succeeded(await other.refresh())).sort(), [
      "refresh-same batch",
      "refresh-same job",
    ]);
    other.program = { tasks: { ...updatable, task } };
    assert.match(failed(await other.up()), /ADOPT_MISMATCH: .*description/);
    assert.equal(other.recorded().length, 2);
  });

  it("that do not exist are never created instead", async () => {
    const other = new TestStack(stack.emulator);
    const missing = new Map(KINDS.map(({ name }) => [name, ids.get(name)!.replace(/[^/]{32}$/, MISSING)]));
    stack.emulator.clearRequests();
    other.program = oneOfEach(({ name }) => ({ adopt: missing.get(name)! }));
    const errors = failed(await other.up());
    assert.equal(errors.match(/ADOPT_NOT_FOUND/g)?.length, KINDS.length, errors);
    assert.deepEqual(writesOf(stack.emulator), []);
  });

  it("are shown by static get, also in a preview, and import is refused with the way out", async () => {
    const lookups = Object.fromEntries(
      KINDS.map(({ name, type }) => [`seen-${name}`, { type, id: ids.get(name)! }]),
    );
    const other = new TestStack(stack.emulator);
    other.program = { lookups };
    succeeded(await other.preview());
    succeeded(await other.up());
    for (const { name } of KINDS) {
      const seen = other.resource(`seen-${name}`);
      assert.equal(seen.outputs?.["name"], `manual-${name}`);
      assert.equal(seen.external, true);
    }
    for (const { name, type, args } of KINDS) {
      other.program = { tasks: { [name]: { type, args: args(), options: { import: ids.get(name)! } } } };
      const errors = failed(await other.preview());
      assert.ok(errors.includes(`adopt: "${ids.get(name)!}"`), errors);
    }
  });
});
