import assert from "node:assert/strict";
import { formatPath } from "../../provider/common/json";
import { isUnknown } from "../../provider/fronts/engine/unknowns";
import { sanitize, withSecrets } from "../../provider/fronts/engine/values";
import { UNKNOWN } from "../support/arguments";

const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

describe("values: sanitize", () => {
  it("turns what the wire cannot carry into text or nothing", () => {
    const value = {
      text: "x",
      none: undefined,
      nothing: null,
      big: 12n,
      bad: [NaN, Infinity, -Infinity],
      date: new Date(0),
      noDate: new Date(NaN),
      action: () => 1,
      symbol: Symbol("s"),
      list: [undefined, () => 1, 1],
      map: new Map([["a", 1]]),
      torn: "x\ud83d",
    };
    assert.deepEqual(sanitize(value), {
      text: "x",
      nothing: null,
      big: "12",
      bad: [null, null, null],
      date: "1970-01-01T00:00:00.000Z",
      noDate: null,
      list: [null, null, 1],
      map: {},
      torn: "x\ufffd",
    });
  });

  it("fills the holes of sparse arrays", () => {
    const sparse: unknown[] = [];
    sparse[2] = "x";
    assert.deepEqual(sanitize({ sparse }), { sparse: [null, null, "x"] });
  });

  it("ends in a cycle", () => {
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    assert.ok(JSON.stringify(sanitize(cycle)).length > 0);
  });
});

describe("values: secret envelopes", () => {
  it("wrap the leaves at the paths, in objects and arrays, and leave the value alone", () => {
    const value = { a: { b: "s", c: 1 }, list: [{ d: "s" }, { d: "t" }], e: "open" };
    const copy = structuredClone(value);
    assert.deepEqual(
      withSecrets(value, [
        ["a", "b"],
        ["list", 1, "d"],
      ]),
      { a: { b: secret("s"), c: 1 }, list: [{ d: "s" }, { d: secret("t") }], e: "open" },
    );
    assert.deepEqual(value, copy);
  });

  it("leave unknown values bare, and paths that lead nowhere", () => {
    const value = { a: UNKNOWN, list: [1] };
    assert.deepEqual(
      withSecrets(value, [["a"], ["b"], ["list", 4], ["list", "x"], ["a", "b"], ["constructor"]]),
      value,
    );
  });
});

describe("values: unknowns", () => {
  it("are the sentinels of the engine only", () => {
    assert.ok(isUnknown(UNKNOWN));
    assert.ok(isUnknown("dd056dcd-154b-4c76-9bd3-c8f88648b5ff"));
    for (const value of ["", "x", `${UNKNOWN} `, undefined, 1, { value: UNKNOWN }])
      assert.ok(!isUnknown(value));
  });
});

describe("values: property paths", () => {
  it("are written as Pulumi prints them", () => {
    assert.equal(formatPath(["input", "data", 0, "url"]), "input.data[0].url");
    assert.equal(formatPath(["config", "my key", "x"]), 'config["my key"].x');
    assert.equal(formatPath(["a-b"]), '["a-b"]');
    assert.equal(formatPath([]), "");
  });
});
