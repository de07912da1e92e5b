/** The types of the arguments and the checks that lookups make of them say the same. */
import assert from "node:assert/strict";
import { z } from "zod";
import { LOOKUPS } from "../../../provider/services/lookups/registry";
import { unwrap } from "../../../provider/core/schema/field";
import { CURSOR, typeChecker, type TypeChecker } from "./type-checker";

/** Every value that an enumeration has, or one that the check accepts. */
function samples(schema: z.core.$ZodType): unknown[] {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodEnum) return [...inner.options];
  if (inner instanceof z.ZodArray) return [samples(inner.element)];
  if (inner instanceof z.ZodBoolean) return [true, false];
  if (inner instanceof z.ZodObject) return [{ read: "30s" }];
  return [5, "text", "2026-03-01T00:00:00Z"].filter((value) => z.safeParse(inner, value).success).slice(0, 1);
}

describe("arguments of lookups", function () {
  let checker: TypeChecker;
  before(function () {
    this.timeout(120_000);
    checker = typeChecker();
  });

  for (const [name, lookup] of Object.entries(LOOKUPS)) {
    const shape = lookup.inputs.shape as Record<string, z.ZodType>;
    const required = Object.entries(shape).filter(([, schema]) => !(schema instanceof z.ZodOptional));
    const given = Object.fromEntries(required.map(([key]) => [key, "text"]));

    it(`${name}: an editor offers those that the check knows`, () => {
      const offered = checker.completions(`va.${name}({ ${CURSOR} });`);
      assert.deepEqual(offered.sort(), Object.keys(shape).sort());
    });

    it(`${name}: the types accept every value that the check accepts`, () => {
      const calls = Object.entries(shape).flatMap(([key, schema]) =>
        samples(schema).map((value) => `va.${name}(${JSON.stringify({ ...given, [key]: value })});`),
      );
      assert.ok(calls.length >= Object.keys(shape).length);
      assert.deepEqual(checker.errors(calls.join("\n")), []);
    });
  }
});
