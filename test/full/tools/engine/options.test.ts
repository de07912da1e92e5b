import assert from "node:assert/strict";
import { changesOf, errorsOf, stepOf, stepsOf, Stories, urnOf, widget } from "./support";

const STACK_URN = "urn:pulumi:dev::proj::pulumi:pulumi:Stack::proj-dev";

describe("engine stand-in: resource options", function () {
  this.timeout(300_000);
  const stories = new Stories();
  before(() => stories.run());
  after(() => stories.clean());

  const changes = stories.add(async (stack) => {
    const program = (size: number, label: string) => [
      widget(
        "ignoring",
        { size, label, list: [{ x: size }, { x: size }], map: { inner: size, kept: size } },
        { ignoreChanges: ["label", "list[*].x", "map.inner"] },
      ),
      widget("never", { mode: "never", size }),
      widget("always", { mode: "always", size }, { replaceOnChanges: ["size"] }),
      widget("replacing", { list: [{ x: size }] }, { replaceOnChanges: ["list[*].x"] }),
      widget(
        "hiding",
        {},
        { additionalSecretOutputs: ["serial"], customTimeouts: { create: "1h30m", delete: "5s" } },
      ),
    ];
    await stack.up(...program(1, "one"));
    const recorded = { hiding: stack.resource("hiding") };
    const changed = await stack.up(...program(2, "two"));
    return { recorded, changed, ignoring: stack.resource("ignoring") };
  });

  const guarded = stories.add(async (stack) => {
    const safe = { protect: true };
    await stack.up(
      widget("a", { kind: "1" }, safe),
      widget("needed", {}, {}),
      widget("kept", { from: "${needed.serial}" }, { retainOnDelete: true }),
      widget("with", {}, { deletedWith: "${needed}" }),
    );
    const preview = await stack.preview(widget("a", { kind: "2" }, safe));
    const replaced = await stack.up(widget("a", { kind: "2" }, safe));
    const emptied = await stack.up();
    const log = stack.store().log.filter((entry) => entry.startsWith("delete"));
    const left = stack.resources().map(({ urn }) => urn);
    return { preview, replaced, emptied, log, left };
  });

  const renamed = stories.add(async (stack) => {
    await stack.up(widget("a"), widget("user", { from: "${a.serial}" }), widget("earlier"));
    const id = stack.resource("a").id;
    const group = { name: "g", kind: "group" as const, args: { note: "n" } };
    const moved = await stack.up(
      group,
      widget("b", { label: "a" }, { parent: "${g}", aliases: [{ name: "a", parent: STACK_URN }] }),
      widget("user", { from: "${b.serial}" }),
      widget("later", { label: "earlier" }, { aliases: [urnOf("earlier")] }),
    );
    const grouped = stack.resources();
    const parentRenamed = await stack.up(
      { ...group, name: "h", opts: { aliases: [{ name: "g" }] } },
      widget("b", { label: "a" }, { parent: "${h}" }),
      widget("user", { from: "${b.serial}" }),
      widget("later", { label: "earlier" }),
    );
    return { id, moved, grouped, parentRenamed };
  });

  it("ignores changes under given paths, wildcards and nested ones included", async () => {
    const { changed, ignoring } = await changes();
    assert.deepEqual(changesOf(stepOf(changed, "update", "ignoring")), ["map.kept: update", "size: update"]);
    assert.deepEqual(ignoring.inputs?.["list"], [{ x: 1 }, { x: 1 }]);
    assert.equal(ignoring.inputs["label"], "one");
  });

  it("believes a provider that sees no difference", async () => {
    assert.ok(stepsOf((await changes()).changed).includes("same never"));
  });

  it("turns changes into replacements where the engine sees them itself, and only there", async () => {
    const { changed } = await changes();
    assert.deepEqual(changesOf(stepOf(changed, "replace", "replacing")), ["list[0].x: update-replace"]);
    // A provider that says no more than "changed" leaves replaceOnChanges nothing to match.
    assert.equal(stepOf(changed, "update", "always").detailedDiff, undefined);
  });

  it("encrypts additional secret outputs and stores timeouts in seconds", async () => {
    const { hiding } = (await changes()).recorded;
    assert.match(JSON.stringify(hiding.outputs?.["serial"]), /"ciphertext"/);
    assert.deepEqual(hiding.customTimeouts, { create: 5400, delete: 5 });
    assert.deepEqual(hiding.additionalSecretOutputs, ["serial"]);
  });

  it("shows the replacement of a protected resource in a preview, as an error", async () => {
    const { preview } = await guarded();
    assert.equal(preview.ok, false);
    assert.ok(stepsOf(preview).includes("replace a"));
    assert.ok(
      errorsOf(preview).some((text) => text.startsWith(`unable to replace resource "${urnOf("a")}"`)),
    );
  });

  it("refuses to replace or delete a protected resource", async () => {
    const { replaced, emptied, left } = await guarded();
    assert.equal(replaced.ok, false);
    assert.ok(!stepsOf(replaced).includes("create-replacement a"));
    assert.equal(emptied.ok, false);
    assert.ok(errorsOf(emptied).some((text) => text.includes("because it is protected")));
    assert.deepEqual(left, [urnOf("a")]);
  });

  it("forgets retained resources and those deleted with others without a call", async () => {
    const { emptied, log } = await guarded();
    assert.deepEqual(log, ["delete needed"]);
    for (const name of ["needed", "kept", "with"]) assert.ok(stepsOf(emptied).includes(`delete ${name}`));
  });

  it("finds a renamed and reparented resource by its alias, and repairs references to it", async () => {
    const { id, moved, grouped } = await renamed();
    assert.equal(moved.ok, true);
    assert.ok(stepsOf(moved).includes("same b"));
    const b = grouped.find(({ urn }) =>
      urn.endsWith("test:index:Group$pulumi-nodejs:dynamic/test:Widget::b"),
    );
    assert.equal(b?.id, id);
    const user = grouped.find(({ urn }) => urn.endsWith("::user"));
    assert.deepEqual(user?.dependencies, [b?.urn]);
  });

  it("records the outputs of components", async () => {
    const { grouped } = await renamed();
    const group = grouped.find(({ type }) => type === "test:index:Group");
    assert.deepEqual([group?.custom, group?.outputs], [false, { note: "n" }]);
  });

  it("lets children inherit their parent's alias", async () => {
    const { parentRenamed } = await renamed();
    assert.deepEqual(parentRenamed.changes, { same: 5 });
  });

  it("finds a resource by a former URN", async () => {
    const { moved } = await renamed();
    assert.ok(stepsOf(moved).includes("same later"));
    assert.equal(moved.changes.create, 1);
  });
});
