import assert from "node:assert/strict";
import fc from "fast-check";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { wireSize } from "../../provider/fronts/engine/values";

describe("property: wire size", () => {
  it("is never estimated too low", () => {
    const json = fc.jsonValue({ stringUnit: "binary" });
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(json, fc.array(fc.double({ noNaN: true })))), (bag) => {
        const { length } = Struct.fromJavaScript(bag).serializeBinary();
        assert.ok(length <= wireSize(bag), `${length} bytes, estimated ${wireSize(bag)}`);
      }),
    );
  });
});
