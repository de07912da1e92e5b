import assert from "node:assert/strict";
import { changesOf, errorsOf, stepOf, stepsOf, Stories, urnOf, widget } from "./support";

describe("engine stand-in: failures", function () {
  this.timeout(300_000);
  const stories = new Stories();
  before(() => stories.run());
  after(() => stories.clean());

  const unready = stories.add(async (stack) => {
    const program = (fail?: string) => ({
      resources: [widget("a", fail === undefined ? {} : { fail }), widget("b", { from: "${a.serial}" })],
      outputs: { serial: "${a.serial}" },
    });
    const created = await stack.engine(program("init")).up();
    const recorded = stack.resources();
    const resumed = await stack.engine(program("init")).up();
    const ready = stack.resource("a");
    const updated = await stack.engine(program("init-update")).up();
    const afterUpdate = stack.resource("a");
    const refreshed = await stack.engine().refresh();
    return {
      created,
      recorded,
      resumed,
      ready,
      updated,
      afterUpdate,
      refreshed,
      cleared: stack.resource("a"),
    };
  });

  const program = stories.add(async (stack) => {
    const base = [widget("a", { size: 1 }), widget("dropped")];
    const spoken = { logError: "only logged", print: "hello" };
    const logged = await stack.engine({ resources: base, outputs: { x: "old", y: "old" }, ...spoken }).up();
    const a = [widget("a", { size: 2 })];
    const thrown = await stack
      .engine({ resources: a, throwInApply: "boom in apply", outputs: { y: "new" } })
      .up();
    const outputs = await stack.engine().outputs();
    const exited = await stack.engine({ resources: [], exit: 7 }).up();
    return { thrown, outputs, exited, logged, names: stack.resources().length };
  });

  const steps = stories.add(async (stack) => {
    const checked = await stack.engine({ resources: [widget("a", { fail: "check", size: 4 })] }).preview();
    const refused = await stack.up(widget("a", { fail: "create" }), widget("b", { from: "${a.serial}" }));
    const recorded = stack.resources();
    const twice = await stack.up(widget("a"), widget("a"));
    return { checked, refused, recorded, twice };
  });

  const hanging = stories.add(async (stack) =>
    stack.engine({ resources: [], hang: true }, { programTimeoutMs: 6_000 }).up(),
  );

  it("saves an object that is not ready with its reasons, and creates no dependents", async () => {
    const { created, recorded } = await unready();
    assert.equal(created.ok, false);
    assert.deepEqual(
      recorded.map(({ id }) => id),
      ["w-1"],
    );
    assert.deepEqual(recorded[0]?.initErrors, ["it did not start", "try again"]);
    assert.equal(recorded[0].outputs?.["serial"], 1);
    assert.deepEqual(stepOf(created, "create", "a").initErrors, ["it did not start", "try again"]);
    assert.ok(errorsOf(created).some((text) => text.startsWith("2 errors occurred:\n\t* it did not start")));
  });

  it("updates an unready resource although nothing changed", async () => {
    const { resumed, ready } = await unready();
    assert.equal(resumed.ok, true);
    assert.deepEqual(changesOf(stepOf(resumed, "update", "a")), []);
    assert.equal(ready.initErrors, undefined);
    assert.ok(stepsOf(resumed).includes("create b"));
  });

  it("keeps the old inputs of an update that ended unready", async () => {
    const { updated, afterUpdate } = await unready();
    assert.equal(updated.ok, false);
    assert.deepEqual(afterUpdate.initErrors, ["still starting"]);
    assert.equal(afterUpdate.inputs?.["fail"], "init");
    assert.equal(afterUpdate.outputs?.["fail"], "init-update");
  });

  it("takes a resource that can be read for a ready one", async () => {
    const { refreshed, cleared } = await unready();
    assert.equal(refreshed.ok, true);
    assert.equal(cleared.initErrors, undefined);
  });

  it("deletes nothing when the program fails, and saves what was done before", async () => {
    const { thrown, names } = await program();
    assert.equal(thrown.ok, false);
    assert.equal(thrown.programExitCode, 32);
    assert.ok(errorsOf(thrown).some((text) => text.includes("boom in apply")));
    assert.ok(stepsOf(thrown).includes("update a"));
    assert.ok(!stepsOf(thrown).includes("delete dropped"));
    assert.equal(names, 2);
  });

  it("keeps the outputs that a failed program did not get to", async () => {
    const { outputs } = await program();
    assert.equal(outputs["x"], "old");
  });

  it("reports the exit code of a program that explains nothing", async () => {
    const { exited } = await program();
    assert.equal(exited.programExitCode, 7);
    assert.ok(errorsOf(exited).some((text) => text.endsWith("Program exited with non-zero exit code: 7")));
  });

  it("passes logs and output on; an error that is only logged fails nothing", async () => {
    const { logged } = await program();
    assert.equal(logged.ok, true);
    const said = logged.diagnostics.map(
      ({ severity, source, message }) => `${severity} ${source} ${message}`,
    );
    assert.ok(said.includes("error program only logged"));
    assert.ok(said.includes("info program:stdout hello"));
  });

  it("names property, value and reason of each check failure", async () => {
    const { checked } = await steps();
    assert.equal(checked.ok, false);
    const subject = "pulumi-nodejs:dynamic/test:Widget resource 'a'";
    assert.deepEqual(errorsOf(checked).slice(0, 2), [
      `${subject}: property size value {4} has a problem: is too big`,
      `${subject} has a problem: is no good`,
    ]);
    assert.equal(checked.diagnostics[0]?.urn, urnOf("a"));
  });

  it("ends the program quietly after a failed step, without its dependents", async () => {
    const { refused, recorded } = await steps();
    assert.equal(refused.ok, false);
    assert.equal(refused.programExitCode, 0);
    assert.equal(stepOf(refused, "create", "a").error, "the service refuses");
    const reported = refused.diagnostics.find(({ message }) => message === "the service refuses");
    assert.deepEqual([reported?.severity, reported?.urn], ["error", urnOf("a")]);
    assert.deepEqual(stepsOf(refused), ["create a"]);
    assert.deepEqual(recorded, []);
  });

  it("refuses a second resource of the same name", async () => {
    const { twice } = await steps();
    assert.equal(twice.ok, false);
    assert.ok(errorsOf(twice).some((text) => text.startsWith(`Duplicate resource URN '${urnOf("a")}'`)));
  });

  it("kills a program that does not end", async () => {
    const result = await hanging();
    assert.equal(result.ok, false);
    assert.ok(errorsOf(result).includes("the program ran longer than 6000 ms and was killed"));
  });
});
