import assert from "node:assert/strict";
import { errorsOf, stepOf, stepsOf, Stories, urnOf, widget } from "./support";

describe("engine stand-in: replacement", function () {
  this.timeout(300_000);
  const stories = new Stories();
  before(() => stories.run());
  after(() => stories.clean());

  const first = { mode: "dbr" };
  const chain = stories.add(async (stack) => {
    const program = (kind: string) => [
      widget("a", { ...first, kind }),
      widget("b", { ...first, kind: "${a.serial}" }),
      widget("c", { plain: "${a.serial}" }),
      widget("d", {}, { dependsOn: ["${a}"] }),
      widget("e", { ...first, kind, generate: true }, { deleteBeforeReplace: false }),
    ];
    await stack.up(...program("1"));
    const preview = await stack.preview(...program("2"));
    const logBefore = stack.store().log.length;
    const replaced = await stack.up(...program("2"));
    const log = stack.store().log.slice(logBefore);
    const refused = await stack.up(widget("a", { ...first, kind: "3", fail: "create" }), widget("c"));
    const pending = stack.resource("a");
    const rest = [widget("a", { ...first, kind: "3" }), widget("c")];
    const again = await stack.up(...rest);
    const done = stack.resource("a");
    const targeted = await stack
      .engine({ resources: rest })
      .up({ target: [urnOf("a")], replace: [urnOf("a")] });
    return { preview, replaced, log, refused, pending, again, done, targeted };
  });

  it("deletes first where asked to, and before that whatever the new value would replace", async () => {
    const { replaced, log } = await chain();
    assert.equal(replaced.ok, true);
    assert.deepEqual(replaced.changes, { same: 2, replace: 3, update: 1 });
    const steps = stepsOf(replaced);
    const ofA = steps.filter((step) => step.endsWith(" a") || step === "delete-replaced b");
    assert.deepEqual(ofA, ["delete-replaced b", "delete-replaced a", "replace a", "create-replacement a"]);
    const calls = log.filter((entry) => / [ab]$/.test(entry));
    assert.deepEqual(calls, ["delete b", "delete a", "create a", "create b"]);
    assert.ok(steps.includes("update c"));
    assert.ok(steps.includes("same d"));
  });

  it("asks the dependents' provider with unknown values, also outside of previews", async () => {
    const { replaced } = await chain();
    const asked = replaced.providerCalls.find(({ method, urn }) => method === "diff" && urn === urnOf("b"));
    assert.deepEqual((asked?.request["news"] as Record<string, unknown>)["kind"], "[unknown]");
  });

  it("plans the same in a preview", async () => {
    const { preview, replaced } = await chain();
    assert.deepEqual(stepsOf(preview).sort(), stepsOf(replaced).sort());
    assert.equal(
      preview.providerCalls.some(({ method }) => method === "create" || method === "delete"),
      false,
    );
  });

  it("keeps a resource that was deleted for a failed creation as pending replacement, and resumes", async () => {
    const { refused, pending, again, done } = await chain();
    assert.equal(refused.ok, false);
    assert.ok(errorsOf(refused).includes("the service refuses"));
    assert.equal(pending.pendingReplacement, true);
    assert.equal(again.ok, true);
    assert.ok(!stepsOf(again).includes("delete-replaced a"));
    assert.equal(done.pendingReplacement, undefined);
    assert.notEqual(done.id, pending.id);
  });

  it("deletes nothing that the program no longer names after a failed step", async () => {
    const { refused, again } = await chain();
    assert.ok(!stepsOf(refused).includes("delete d"));
    assert.ok(stepsOf(again).includes("delete d"));
  });

  it("lets the program's deleteBeforeReplace overrule the provider's", async () => {
    const steps = stepsOf((await chain()).replaced).filter((step) => step.endsWith(" e"));
    assert.deepEqual(steps, ["create-replacement e", "replace e", "delete-replaced e"]);
  });

  it("checks a replacement a second time with nothing to carry over", async () => {
    const { replaced } = await chain();
    const checks = replaced.providerCalls.filter(
      ({ method, urn }) => method === "check" && urn === urnOf("e"),
    );
    const olds = checks.map(({ request }) => Object.keys(request["olds"] as object).length > 0);
    assert.deepEqual(olds, [true, false]);
    const { oldInputs, newInputs } = stepOf(replaced, "replace", "e");
    assert.notEqual(newInputs?.["generated"], oldInputs?.["generated"]);
  });

  it("replaces a target without asking for a difference, and leaves the rest alone", async () => {
    const { targeted } = await chain();
    assert.equal(targeted.ok, true);
    const calls = targeted.providerCalls.map(({ method }) => method);
    assert.deepEqual(calls, ["configure", "check", "create", "delete"]);
    assert.deepEqual(stepOf(targeted, "replace", "a").replaceKeys, ["id"]);
    assert.ok(stepsOf(targeted).includes("same c"));
  });
});
