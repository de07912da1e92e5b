import assert from "node:assert/strict";
import { scheduleDeletes, DependencyGraph } from "../../../../tools/engine/dependency-graph";
import {
  applyReplaceOnChanges,
  bareDiff,
  diffInputs,
  invertDiff,
  isReplace,
} from "../../../../tools/engine/diff";
import { annotated } from "../../../../tools/engine/secret-annotation";
import { containsPath, formatPath, ignoreChanges, parsePath } from "../../../../tools/engine/property-path";
import {
  deepEquals,
  type PropertyMap,
  Secret,
  toPlain,
  UNKNOWN,
} from "../../../../tools/engine/property-value";
import { newState } from "../../../../tools/engine/resource-state";
import { createUrn, isDefaultProvider, parseReference, parseUrn } from "../../../../tools/engine/urn";
import {
  decodeProperties,
  encodeProperties,
  SIGNATURE_KEY,
  SIGNATURES,
  UNKNOWN_STRING,
} from "../../../../tools/engine/wire";

const KEEP = { keepSecrets: true, keepUnknowns: true, keepResources: true };

describe("engine stand-in: values", () => {
  it("reads and writes property paths as Pulumi spells them", () => {
    const spelled = ["a", "a.b", "a[0].b", '["odd-key"].x', 'a["with \\"quotes\\""]', "a[*].b", "*"];
    for (const text of spelled)
      assert.equal(
        formatPath(parsePath(text) ?? []).replace(/\["\*"\]|\.\*|^\*$/, "*"),
        text.replace("[*]", "*"),
      );
    assert.deepEqual(parsePath("a[0].b"), ["a", 0, "b"]);
    assert.equal(parsePath("a[x"), undefined);
  });

  it("matches wildcards against every element", () => {
    const path = (text: string) => parsePath(text) ?? [];
    assert.equal(containsPath(path("a[*].b"), path("a[7].b.c")), true);
    assert.equal(containsPath(path("a[*].b"), path("a[7].c")), false);
    assert.equal(containsPath(path("*"), path("anything")), true);
    assert.equal(containsPath(path("a.b"), path("a")), false);
  });

  it("ignores changes without touching what it was given", () => {
    const olds: PropertyMap = { a: 1, list: [{ x: 1, y: 1 }], gone: "old", hidden: new Secret({ inner: 1 }) };
    const news: PropertyMap = { a: 2, list: [{ x: 2, y: 2 }], added: true, hidden: new Secret({ inner: 2 }) };
    const { inputs, invalid } = ignoreChanges(news, olds, [
      "a",
      "list[*].x",
      "gone",
      "added",
      "hidden.inner",
    ]);
    assert.deepEqual(toPlain(inputs, true), {
      a: 1,
      list: [{ x: 1, y: 2 }],
      gone: "old",
      hidden: { inner: 1 },
    });
    assert.deepEqual(invalid, []);
    assert.equal(news["a"], 2);
  });

  it("cannot ignore changes inside elements that were added or removed", () => {
    const { invalid } = ignoreChanges({ list: [1] }, { list: [1, 2] }, ["list[1]", "list[*]", "other.x"]);
    assert.deepEqual(invalid, ["list[1]", "list[*]"]);
  });

  it("takes null and absent for the same, and secrecy for no difference of inputs", () => {
    assert.equal(deepEquals({ a: null }, {}), true);
    assert.equal(deepEquals({ a: new Secret(1) }, { a: 1 }), false);
    assert.deepEqual(diffInputs({ a: new Secret(1), b: null }, { a: 1 }).changedKeys, []);
    assert.deepEqual(diffInputs({ a: 1 }, { a: UNKNOWN }).detailedDiff, {
      a: { kind: "update", inputDiff: true },
    });
  });

  it("says for every path what happened to it", () => {
    const { detailedDiff, changedKeys } = diffInputs(
      { a: [1, 2, 3], b: { c: 1, d: 1 }, e: 1 },
      { a: [1, 5], b: { c: 1, f: 1 }, e: { now: "a map" } },
    );
    const kinds = Object.fromEntries(Object.entries(detailedDiff).map(([path, { kind }]) => [path, kind]));
    assert.deepEqual(kinds, {
      "a[1]": "update",
      "a[2]": "delete",
      "b.d": "delete",
      "b.f": "add",
      e: "update",
    });
    assert.deepEqual(changedKeys, ["a", "b", "e"]);
  });

  it("inverts differences, and makes replacements of them", () => {
    const { detailedDiff, changedKeys } = diffInputs({ a: 1 }, { a: 1, b: { c: 1 } });
    const diff = { ...bareDiff("some"), changedKeys, detailedDiff };
    assert.equal(invertDiff(diff).detailedDiff?.["b"]?.kind, "delete");
    assert.equal(isReplace(diff), false);
    const replaced = applyReplaceOnChanges(diff, ["b"], false);
    assert.deepEqual([isReplace(replaced), replaced.replaceKeys], [true, ["b"]]);
    const unready = applyReplaceOnChanges(bareDiff("none"), ["#initerror"], true);
    assert.deepEqual([unready.changes, unready.replaceKeys], ["some", ["#initerror"]]);
  });

  it("decodes the envelopes of the wire and encodes them again", () => {
    const wire = {
      plain: 1,
      secret: { [SIGNATURE_KEY]: SIGNATURES.secret, value: { inner: [true] } },
      unknown: UNKNOWN_STRING,
      reference: { [SIGNATURE_KEY]: SIGNATURES.resource, urn: "urn:pulumi:s::p::t::n", id: "i" },
      asset: { [SIGNATURE_KEY]: SIGNATURES.asset, text: "hello" },
    };
    const decoded = decodeProperties(wire, { unknowns: "keep" });
    assert.deepEqual(encodeProperties(decoded, KEEP), wire);
    assert.deepEqual(
      encodeProperties(decoded, { keepSecrets: false, keepUnknowns: false, keepResources: false }),
      {
        plain: 1,
        secret: { inner: [true] },
        reference: "i",
        asset: wire.asset,
      },
    );
  });

  it("hashes assets, rejects unknowns where none may be, and refuses unknown envelopes", () => {
    const asset = { a: { [SIGNATURE_KEY]: SIGNATURES.asset, text: "hello" } };
    const hashed = decodeProperties(asset, { unknowns: "keep", assetDirectory: __dirname });
    assert.match(JSON.stringify(encodeProperties(hashed, KEEP)), /"hash":"2cf24dba5fb0a30e/);
    assert.throws(
      () => decodeProperties({ a: UNKNOWN_STRING }, { unknowns: "reject" }),
      /unexpected unknown/,
    );
    assert.throws(
      () => decodeProperties({ a: { [SIGNATURE_KEY]: "?" } }, { unknowns: "keep" }),
      /unrecognized/,
    );
  });

  it("turns output values into plain, unknown or secret ones", () => {
    const output = (fields: object) => ({ [SIGNATURE_KEY]: SIGNATURES.output, ...fields });
    const decoded = decodeProperties(
      { a: output({ value: 1 }), b: output({}), c: output({ value: 2, secret: true }) },
      { unknowns: "keep" },
    );
    assert.deepEqual(decoded, { a: 1, b: UNKNOWN, c: new Secret(2) });
  });

  it("marks by matching key what a provider gave back in plain text", () => {
    const ins: PropertyMap = { a: new Secret(1), list: [1, new Secret(2)], map: { b: new Secret(3), c: 4 } };
    const outs: PropertyMap = { a: 1, list: [1, 2], map: { b: 3, c: 4 }, copy: 1 };
    assert.deepEqual(annotated(outs, ins), {
      a: new Secret(1),
      list: new Secret([1, 2]),
      map: { b: new Secret(3), c: 4 },
      copy: 1,
    });
  });

  it("builds and splits URNs and provider references", () => {
    const stack = createUrn("s", "p", "pulumi:pulumi:Stack", "p-s");
    const parent = createUrn("s", "p", "a:b:Group", "g", stack);
    const child = createUrn("s", "p", "a:b:C", "n::x", parent);
    assert.equal(child, "urn:pulumi:s::p::a:b:Group$a:b:C::n::x");
    assert.deepEqual([parseUrn(child).type, parseUrn(child).name], ["a:b:C", "n::x"]);
    const provider = "urn:pulumi:s::p::pulumi:providers:pulumi-nodejs::default_1_2_3";
    assert.deepEqual(parseReference(`${provider}::id`), { urn: provider, id: "id" });
    assert.equal(isDefaultProvider(provider), true);
    assert.throws(() => parseReference("nonsense"), /provider reference|invalid URN/);
  });

  it("schedules deletions in groups, dependents before what they depend on", () => {
    const state = (name: string, fields: Partial<ReturnType<typeof newState>> = {}) =>
      newState({ urn: `urn:pulumi:s::p::a:b:C::${name}`, type: "a:b:C", custom: true, ...fields });
    const base = state("base");
    const user = state("user", { dependencies: [base.urn] });
    const other = state("other", { deletedWith: base.urn });
    const child = state("child", { parent: user.urn });
    const graph = new DependencyGraph([base, user, other, child]);
    const groups = scheduleDeletes(graph, [base, user, other, child]);
    assert.deepEqual(groups, [[child], [user, other], [base]]);
    assert.deepEqual(graph.dependingOn(base, new Set()), [user, other]);
    assert.deepEqual([...graph.transitiveDependenciesOf(child)], [user, base]);
  });
});
