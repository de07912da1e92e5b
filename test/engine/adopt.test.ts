import assert from "node:assert/strict";
import type { JsonObject } from "../../testkit/emulator";
import { EDGE, edgeArgs, iefArgs, IEF, type Program, tasksOf } from "./program";
import { failed, opsOf, SCENARIO_TIMEOUT, stepOf, succeeded, TestStack, writesOf } from "./support";

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
