import assert from "node:assert/strict";
import { changesOf, stepOf, stepsOf, Stories, widget } from "./support";

const CANARY = "canary-9f3a";

describe("engine stand-in: lifecycle", function () {
  this.timeout(300_000);
  const stories = new Stories();
  before(() => stories.run());
  after(() => stories.clean());

  const plain = stories.add(async (stack) => {
    const first = {
      resources: [
        widget("a", {
          size: 1,
          token: { $secret: CANARY },
          list: [{ x: 1 }, { x: { $secret: `${CANARY}-2` } }],
          nested: { deep: { $secret: `${CANARY}-3` }, open: 1 },
        }),
        widget("b", { from: "${a.serial}", known: "${a.size}" }),
        widget("r", { kind: "old" }),
        widget("s", { from: "${r.serial}" }),
      ],
      outputs: { serial: "${a.serial}", token: "${a.token}" },
    };
    const preview = await stack.engine(first).preview();
    const stateAfterPreview = stack.store().log.length;
    const created = await stack.engine(first).up();
    const stateText = stack.stateText();
    const recorded = stack.resource("a");
    const same = await stack.engine(first).up();
    const changed = {
      resources: [
        widget("a", { size: 2, "odd-key": true, list: [{ x: 5 }] }),
        widget("b", { from: "${a.serial}" }),
        widget("r", { kind: "new" }),
        widget("s", { from: "${r.serial}" }),
      ],
    };
    const updatePreview = await stack.engine(changed).preview();
    const updated = await stack.engine(changed).up();
    const log = stack.store().log;
    const outputs = await stack.engine().outputs();
    const before = { preview, stateAfterPreview, created, stateText, recorded, same };
    return { ...before, updatePreview, updated, log, outputs };
  });

  const drifting = stories.add(async (stack) => {
    const resources = [widget("a", { size: 1 }), widget("b", { from: "${a.serial}" }), widget("gone")];
    const engine = stack.engine({ resources, outputs: { secret: { $secret: CANARY } } });
    await engine.up();
    stack.drift((objects) => {
      Object.assign(objects[stack.resource("a").id ?? ""] ?? {}, { size: 99, extra: true });
      Reflect.deleteProperty(objects, stack.resource("gone").id ?? "");
    });
    const before = stack.stateText();
    const shown = await engine.refresh({ previewOnly: true });
    const afterPreview = stack.stateText();
    const refreshed = await engine.refresh();
    const size = stack.resource("a").inputs?.["size"];
    const names = stack.resources().map(({ urn }) => urn.split("::").pop());
    const repaired = await engine.up({ refresh: true });
    const hidden = await engine.outputs();
    const revealed = await engine.outputs({ showSecrets: true });
    const destroyed = await engine.destroy();
    return {
      ...{ before, shown, afterPreview, refreshed, size, names, repaired, hidden, revealed, destroyed },
      left: stack.state().deployment.resources,
      objects: stack.store().objects,
    };
  });

  it("previews a creation without creating: inputs are known, other outputs are not", async () => {
    const { preview, stateAfterPreview } = await plain();
    assert.equal(preview.ok, true);
    assert.deepEqual(preview.changes, { create: 5 });
    assert.equal(stateAfterPreview, 0);
    assert.deepEqual(
      preview.providerCalls.map(({ method }) => method),
      ["configure", "check", "check", "check", "check"],
    );
    const inputs = stepOf(preview, "create", "b").newInputs;
    assert.equal(inputs?.["from"], "[unknown]");
    assert.equal(inputs["known"], 1);
    assert.deepEqual(preview.outputs, { serial: "[unknown]", token: "[secret]" });
  });

  it("creates, and records ids, outputs, dependencies and the provider", async () => {
    const { created, recorded } = await plain();
    assert.equal(created.ok, true);
    assert.deepEqual(stepsOf(created).sort(), ["create a", "create b", "create r", "create s"]);
    const serial = recorded.outputs?.["serial"];
    assert.deepEqual(created.outputs, { serial, token: "[secret]" });
    assert.equal(recorded.id, `w-${JSON.stringify(serial)}`);
    assert.match(recorded.provider ?? "", /pulumi:providers:pulumi-nodejs::default::[0-9a-f-]{36}$/);
    assert.equal(recorded.parent, "urn:pulumi:dev::proj::pulumi:pulumi:Stack::proj-dev");
    assert.deepEqual(recorded.propertyDependencies?.["size"], []);
  });

  it("hands secrets to the provider in plain text and keeps them encrypted everywhere else", async () => {
    const { created, stateText, recorded } = await plain();
    assert.equal(stateText.includes(CANARY), false);
    assert.equal(JSON.stringify(created).includes(CANARY), false);
    const { inputs = {}, outputs = {} } = recorded;
    for (const properties of [inputs, outputs]) {
      assert.match(JSON.stringify(properties["token"]), /"ciphertext":"v1:/);
      // An array with a secret in it becomes one secret, an object keeps its open parts.
      assert.match(JSON.stringify(properties["nested"]), /"open":1/);
    }
    assert.match(JSON.stringify(outputs["list"]), /^\{.*"ciphertext"/);
  });

  it("finds nothing to do the second time", async () => {
    const { same, stateText } = await plain();
    assert.deepEqual(same.changes, { same: 5 });
    assert.equal(stateText.length > 0, true);
    assert.equal(
      same.providerCalls.some(({ method }) => method === "update"),
      false,
    );
  });

  it("explains an update by the changed input paths, and knows outputs again once it is done", async () => {
    const { updatePreview, updated } = await plain();
    const expected = [
      "list[0].x: update",
      "list[1]: delete",
      "nested: delete",
      "size: update",
      "token: delete",
      '["odd-key"]: add',
    ].sort();
    assert.deepEqual(changesOf(stepOf(updatePreview, "update", "a")), expected);
    assert.deepEqual(changesOf(stepOf(updated, "update", "a")), expected);
    // In a preview the outputs of an updated resource are unknown, so what uses them seems to change.
    assert.deepEqual(updatePreview.changes, { same: 1, update: 3, replace: 1 });
    assert.deepEqual(changesOf(stepOf(updated, "update", "b")), ["known: delete"]);
  });

  it("replaces by creating first, and deletes the old object when all who used it have moved on", async () => {
    const { updated, log } = await plain();
    assert.deepEqual(updated.changes, { same: 1, update: 3, replace: 1 });
    const steps = stepsOf(updated).filter((step) => / [rs]$/.test(step));
    assert.deepEqual(steps, ["create-replacement r", "replace r", "update s", "delete-replaced r"]);
    assert.deepEqual(stepOf(updated, "replace", "r").replaceKeys, ["kind"]);
    const calls = log.slice(4).filter((entry) => / [rs]$/.test(entry));
    assert.deepEqual(calls, ["create r", "update s", "delete r"]);
  });

  it("drops outputs that the program no longer exports", async () => {
    assert.deepEqual((await plain()).outputs, {});
  });

  it("shows drift from the recorded to the live values and leaves the state alone", async () => {
    const { before, shown, afterPreview } = await drifting();
    assert.equal(before, afterPreview);
    assert.deepEqual(shown.changes, { same: 2, update: 1, delete: 1 });
    assert.deepEqual(changesOf(stepOf(shown, "refresh", "a")), ["extra: add", "size: update"]);
    const { oldInputs, newInputs } = stepOf(shown, "refresh", "a");
    assert.deepEqual([oldInputs?.["size"], newInputs?.["size"]], [1, 99]);
  });

  it("takes live values over into the state and forgets what is gone", async () => {
    const { refreshed, size, names } = await drifting();
    assert.deepEqual(refreshed.changes, { same: 2, update: 1, delete: 1 });
    assert.equal(size, 99);
    assert.deepEqual(names.sort(), ["a", "b"]);
  });

  it("repairs drift by an update with refresh", async () => {
    const { repaired } = await drifting();
    assert.equal(repaired.ok, true);
    assert.deepEqual(repaired.changes, { same: 2, update: 1, create: 1 });
    assert.deepEqual(changesOf(stepOf(repaired, "update", "a")), ["extra: delete", "size: update"]);
    assert.ok(stepsOf(repaired).includes("refresh a same"));
  });

  it("masks secret outputs unless they are asked for", async () => {
    const { hidden, revealed } = await drifting();
    assert.deepEqual(hidden, { secret: "[secret]" });
    assert.deepEqual(revealed, { secret: CANARY });
  });

  it("destroys from the state alone, dependents first", async () => {
    const { destroyed, left, objects } = await drifting();
    assert.equal(destroyed.programExitCode, undefined);
    assert.deepEqual(destroyed.changes, { delete: 4 });
    assert.deepEqual(destroyed.outputs, {});
    const order = stepsOf(destroyed);
    assert.ok(order.indexOf("delete b") < order.indexOf("delete a"));
    assert.equal(left, undefined);
    assert.deepEqual(objects, {});
  });
});
