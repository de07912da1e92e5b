import assert from "node:assert/strict";
import fc from "fast-check";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { sanitize } from "../../provider/fronts/engine/values";
import { outputsOf } from "../../provider/core/state/outputs";
import { manner } from "../support/echo";
import { SUBJECTS } from "../support/subjects";
import { FakeService } from "../support/fake-service";
import { LOCATION } from "../support/world";

type StructObject = Parameters<typeof Struct.fromJavaScript>[0];

const anything = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withNullPrototype: true,
  withObjectString: true,
  withSparseArray: true,
  withTypedArray: true,
  stringUnit: "binary",
});

/** Strings with halves of surrogate pairs, as a cut leaves them. */
const torn = fc.string({ unit: "binary" }).map((text) => text.slice(0, -1));

/** JSON without the key that the SDK would take for a prototype. */
const withoutPrototypes = (json: unknown): unknown =>
  JSON.parse(JSON.stringify(json), (key, value: unknown) => (key === "__proto__" ? undefined : value));

describe("property: sanitize", () => {
  it("gives what the SDK can put on the wire, in well-formed text", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.oneof(fc.string(), torn), fc.oneof(anything, torn)), (bag) => {
        const clean = sanitize(bag) as StructObject;
        const bytes = Struct.fromJavaScript(clean).serializeBinary();
        // The engine refuses text that is no UTF-8.
        assert.deepEqual(Struct.deserializeBinary(bytes).toJavaScript(), clean);
      }),
    );
  });

  it("leaves JSON as it is", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ noUnicodeString: false })), (bag) => {
        assert.equal(JSON.stringify(sanitize(bag)), JSON.stringify(withoutPrototypes(bag)));
      }),
    );
  });

  it("is total over cycles, symbols and functions", () => {
    const cycle: Record<string, unknown> = { text: "x", action: () => undefined, mark: Symbol("s") };
    cycle.self = cycle;
    Struct.fromJavaScript(sanitize(cycle) as StructObject);
  });

  for (const { definition, validArguments, echo } of SUBJECTS) {
    it(`leaves the outputs of a ${definition.type} as they are`, () => {
      fc.assert(
        fc.property(validArguments, manner, (args, how) => {
          const lives = echo({ name: "task", ...args }, how);
          const binding = { ...LOCATION, gateway: new FakeService() };
          const ids = lives.map(({ id }) => id);
          const outputs = outputsOf({ definition, inputs: args, binding }, { taskIds: ids, tasks: lives });
          assert.deepEqual(sanitize(outputs), withoutPrototypes(outputs));
          Struct.fromJavaScript(sanitize(outputs) as StructObject);
        }),
      );
    });
  }
});
