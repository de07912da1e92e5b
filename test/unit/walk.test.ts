/** Schemas beside values, whatever the values are. */
import assert from "node:assert/strict";
import { z } from "zod";
import { setAt } from "../../provider/common/json";
import { ANYTHING, childrenOf, schemaAt } from "../../provider/core/schema/walk";

const url = z.strictObject({ type: z.literal("url"), url: z.string() });
const edge = z.strictObject({ type: z.literal("edge"), camera: z.number().optional() });
const input = z.discriminatedUnion("type", [url, edge]);
const schema = z.strictObject({
  name: z.string(),
  input: input.optional(),
  tags: z.array(z.string()).optional(),
  map: z.record(z.string(), z.unknown()).optional(),
});

describe("walk over a schema", () => {
  it("gives the declared fields, there or not, and then what no schema names", () => {
    const children = childrenOf(schema, { extra: 1, name: "a" });
    assert.deepEqual(
      children.map(({ part, value }) => [part, value]),
      [
        ["name", "a"],
        ["input", undefined],
        ["tags", undefined],
        ["map", undefined],
        ["extra", 1],
      ],
    );
    assert.equal(children[0]?.schema, schema.shape.name);
    assert.equal(children.at(-1)?.schema, ANYTHING);
  });

  it("follows the option that a value selects, and none where it selects none", () => {
    const fields = (value: object): unknown[] =>
      childrenOf(schema.shape.input, value).map(({ part }) => part);
    assert.deepEqual(fields({ type: "edge" }), ["type", "camera"]);
    assert.deepEqual(fields({ type: "other", camera: 1 }), ["type", "camera"]);
    assert.equal(schemaAt(schema, { input: { type: "url" } }, ["input", "url"]), url.shape.url);
    assert.equal(schemaAt(schema, { input: { type: "other" } }, ["input", "url"]), undefined);
  });

  it("goes into lists and free maps", () => {
    const value = { tags: ["a", "b"], map: { key: 1 } };
    assert.deepEqual(
      childrenOf(schema.shape.tags, value.tags).map(({ part }) => part),
      [0, 1],
    );
    assert.deepEqual(childrenOf(schema.shape.map, value.map), [{ part: "key", schema: ANYTHING, value: 1 }]);
    assert.deepEqual(childrenOf(schema, "text"), []);
  });

  it("takes no inherited name for a field", () => {
    assert.equal(schemaAt(schema, {}, ["constructor"]), undefined);
  });
});

describe("setAt", () => {
  it("copies what leads to the place", () => {
    const value = { a: [{ b: 1 }, 2] };
    assert.deepEqual(setAt(value, ["a", 0, "b"], 3), { a: [{ b: 3 }, 2] });
    assert.deepEqual(value, { a: [{ b: 1 }, 2] });
  });

  it("leaves a value without the place as it is", () => {
    assert.deepEqual(setAt({ a: 1 }, ["b", "c"], 3), { a: 1 });
    assert.deepEqual(setAt({ a: [] }, ["a", 0], 3), { a: [] });
    assert.deepEqual(setAt({ a: 1 }, ["b"], 3), { a: 1, b: 3 });
  });
});
