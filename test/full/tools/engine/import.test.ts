import assert from "node:assert/strict";
import type { ImportFile, ImportSpec } from "../../../../tools/engine";
import type { Json } from "../../../../tools/engine/property-value";
import { SIGNATURE_KEY, SIGNATURES } from "../../../../tools/engine/wire";
import { errorsOf, PROJECT, stepOf, stepsOf, Stories, urnOf, widget } from "./support";

const PROVIDER_TEXT = 'exports.handler=()=>require("./store")';
const OUR_PROVIDER = urnOf("p", "pulumi:providers:pulumi-nodejs");

/** A secret in an import file, with the text that becomes it. */
const secret = (value: Json): Json => ({
  [SIGNATURE_KEY]: SIGNATURES.secret,
  plaintext: JSON.stringify(value),
});

/** A widget as its creation would have recorded it. */
function imported(name: string, args: Record<string, Json> = {}, spec: Partial<ImportSpec> = {}): ImportSpec {
  const inputs = { label: name, ...args, __provider: PROVIDER_TEXT };
  return {
    type: "pulumi-nodejs:dynamic/test:Widget",
    name,
    id: `w-${name}`,
    inputs,
    outputs: { ...inputs, serial: 7 },
    ...spec,
  };
}

const fileOf = (...resources: ImportSpec[]): ImportFile => ({ resources });

describe("engine stand-in: import files", function () {
  this.timeout(300_000);
  const stories = new Stories();
  before(() => stories.run());
  after(() => stories.clean());

  const empty = stories.add(async (stack) => {
    const file = fileOf(imported("a", { size: 1, token: secret("canary-import") }));
    const previewed = await stack.engine().import(file, { previewOnly: true });
    const wrote = stack.engine().exportStack().deployment.resources ?? [];
    const result = await stack.engine().import(file);
    const resource = stack.resource("a");
    const stateText = stack.stateText();
    const program = [widget("a", { size: 1, token: { $secret: "canary-import" } }, { protect: true })];
    const unchanged = await stack.up(...program);
    const again = await stack.engine().import(file);
    const log = stack.store().log;
    return { previewed, wrote, result, resource, stateText, unchanged, again, log };
  });

  it("records what the file says, with stack and provider, and touches nothing", async () => {
    const { result, resource, log, wrote, previewed } = await empty();
    assert.deepEqual(errorsOf(result), []);
    assert.deepEqual(stepsOf(result), ["import a"]);
    assert.deepEqual(result.changes, { create: 1, import: 1 });
    assert.equal(resource.id, "w-a");
    assert.equal(resource.outputs?.["serial"], 7);
    assert.equal(resource.protect, true);
    assert.equal(resource.importID, undefined);
    assert.deepEqual(log, []);
    assert.deepEqual([wrote, previewed.ok], [[], true]);
    assert.deepEqual(
      result.providerCalls.map(({ method }) => method),
      ["configure", "check"],
    );
  });

  it("encrypts the secrets of the file", async () => {
    const { stateText, resource } = await empty();
    assert.equal(stateText.includes("canary-import"), false);
    const token = resource.inputs?.["token"] as Record<string, Json>;
    assert.equal(token[SIGNATURE_KEY], SIGNATURES.secret);
  });

  it("leaves nothing to do for the program that says the same", async () => {
    const { unchanged } = await empty();
    assert.deepEqual(errorsOf(unchanged), []);
    assert.deepEqual(unchanged.changes, { same: 2 });
  });

  it("leaves alone what it imported before", async () => {
    const { again } = await empty();
    assert.equal(again.ok, true);
    assert.deepEqual(again.changes, { same: 2 });
  });

  const beside = stories.add(async (stack) => {
    const provider = { name: "p", kind: "provider" as const, args: { "widgets:token": "mine" } };
    await stack.up(provider, widget("old"));
    const file: ImportFile = {
      nameTable: { ours: OUR_PROVIDER },
      resources: [imported("new", { region: "r" }, { provider: "ours" })],
    };
    const result = await stack.engine().import(file, { protect: false });
    const reference = stack.resource("new").provider;
    const names = stack.resources().map(({ urn }) => urn.split("::").at(-1));
    const unchanged = await stack.up(
      provider,
      widget("old"),
      widget("new", { region: "r" }, { provider: "${p}" }),
    );
    const taken = await stack.engine().import(fileOf(imported("old", {}, { id: "w-other" })));
    return { result, reference, names, unchanged, taken };
  });

  it("keeps what is in the stack, and takes an explicit provider from the name table", async () => {
    const { result, reference, names, unchanged } = await beside();
    assert.deepEqual(errorsOf(result), []);
    assert.equal(reference?.startsWith(`${OUR_PROVIDER}::`), true);
    assert.deepEqual(names, ["p", "old", "new"]);
    assert.deepEqual(errorsOf(unchanged), []);
    assert.deepEqual(unchanged.changes, { same: 4 });
  });

  it("refuses a name that another resource has", async () => {
    const { taken } = await beside();
    assert.equal(taken.ok, false);
    assert.notEqual(stepOf(taken, "import", "old").error, undefined);
  });

  const related = stories.add(async (stack) => {
    const file = fileOf(
      imported("child", {}, { parent: "group", provider: "own" }),
      { type: "test:index:Group", name: "group", component: true },
      { type: "pulumi:providers:pulumi-nodejs", name: "own", inputs: { "widgets:token": "t" } },
    );
    const result = await stack.engine().import(file);
    return { result, resources: stack.resources() };
  });

  it("takes parents and providers from the file, in whatever order it has them", async () => {
    const { result, resources } = await related();
    assert.deepEqual(errorsOf(result), []);
    const child = resources.find(({ urn }) => urn.endsWith("::child"));
    assert.equal(child?.parent, urnOf("group", "test:index:Group"));
    assert.equal(child.urn, urnOf("child", "test:index:Group$pulumi-nodejs:dynamic/test:Widget"));
    assert.equal(child.provider?.startsWith(urnOf("own", "pulumi:providers:pulumi-nodejs")), true);
  });

  const invalid = stories.add(async (stack) => {
    const warned = await stack.engine().import(fileOf(imported("w", { fail: "check" })));
    const read = await stack.engine().import(fileOf(imported("u", {}, { outputs: {} })));
    return { warned, read, names: stack.resources().map(({ id }) => id) };
  });

  it("imports what the check refuses, with warnings", async () => {
    const { warned, names } = await invalid();
    assert.equal(warned.ok, true);
    assert.equal(warned.diagnostics.filter(({ severity }) => severity === "warning").length, 3);
    assert.deepEqual(names, ["w-w"]);
  });

  it("cannot read a dynamic resource that no state has", async () => {
    const { read } = await invalid();
    assert.equal(read.ok, false);
    assert.notEqual(stepOf(read, "import", "u").error, undefined);
  });

  const wrong: readonly (readonly [string, ImportFile])[] = [
    ["a resource without an id", fileOf(imported("a", {}, { id: "" }))],
    ["a resource without a name", fileOf(imported("", {}))],
    ["two of one URN", fileOf(imported("a"), imported("a"))],
    ["a parent that nobody knows", fileOf(imported("a", {}, { parent: "b" }))],
    ["a resource that is its own parent", fileOf(imported("a", {}, { parent: "a" }))],
    ["a provider that is none", fileOf(imported("a", {}, { provider: "b" }), imported("b"))],
    ["an unknown value", fileOf(imported("a", { size: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }))],
    ["a component with an id", fileOf({ type: "t:i:C", name: "c", id: "1", component: true })],
  ];
  const refused = stories.add(async (stack) => {
    const results = [];
    for (const [, file] of wrong) results.push(await stack.engine().import(file));
    return { results, resources: stack.engine().exportStack().deployment.resources ?? [] };
  });

  wrong.forEach(([what], index) => {
    it(`refuses ${what} before anything is recorded`, async () => {
      const { results, resources } = await refused();
      assert.equal(results[index]?.ok, false);
      assert.deepEqual(stepsOf(results[index]), []);
      assert.deepEqual(
        resources.filter(({ urn }) => !urn.includes(`${PROJECT}-dev`)),
        [],
      );
    });
  });
});
