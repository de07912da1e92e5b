/** The JSON Schemas of the package accept and refuse what the preview does, but for the rules between arguments. */
import assert from "node:assert/strict";
import Ajv, { type ValidateFunction } from "ajv/dist/2020";
import fc from "fast-check";
import type { PropertyMap } from "../../provider/common/json";
import { catalog, type CatalogEntry } from "../../provider/services/catalog";
import { jsonSchemaOf } from "../../tools/docs/json-schema";
import { anyObject, pathsIn } from "../support/arbitraries";
import { batchTaskArguments } from "../support/arbitraries/batch-task";
import { serviceTaskArguments } from "../support/arbitraries/service-task";
import { videoAnalysisJobArguments } from "../support/arbitraries/video-analysis-job";
import { withAt } from "../support/arguments";
import { RUNS } from "../support/tier";

const VALID: Readonly<Record<string, fc.Arbitrary<PropertyMap>>> = {
  ServiceTask: serviceTaskArguments,
  BatchTask: batchTaskArguments,
  VideoAnalysisJob: videoAnalysisJobArguments,
};

const anything = fc.oneof(
  fc.constantFrom<unknown>(null, "", 0, -1, 1e9, true, [], {}, "ONCE", "Period", ["a", "a"], [1, 1], [1, 2]),
  fc.string(),
  fc.integer({ min: -5, max: 1000 }),
  anyObject,
);

/** Valid arguments, one of whose parts, or an unknown key, became anything. */
const changed = (entry: CatalogEntry): fc.Arbitrary<PropertyMap> =>
  fc.tuple(VALID[entry.type] ?? fc.constant({}), fc.nat(), anything).map(([args, pick, value]) => {
    const paths = [...pathsIn(args), ["unknownArgument"]];
    return withAt(args, paths[pick % paths.length] ?? [], value);
  });

/** As it stands in a file of JSON. */
const asJson = (args: PropertyMap): unknown => JSON.parse(JSON.stringify(args));

for (const entry of catalog) {
  describe(`the JSON Schema of ${entry.type}`, () => {
    let validate: ValidateFunction;
    before(() => {
      // Strict mode also refuses unknown keywords.
      validate = new Ajv({ strict: true, strictTypes: false, allErrors: true }).compile(
        jsonSchemaOf(entry, "1.0.0"),
      );
    });

    it("accepts valid arguments", () => {
      fc.assert(
        fc.property(VALID[entry.type] ?? fc.constant({}), (args) => {
          assert.ok(validate(asJson(args)), JSON.stringify(validate.errors));
        }),
      );
    });

    it("judges any arguments as the schema that it is made from", () => {
      fc.assert(
        fc.property(changed(entry), (args) => {
          const json = asJson(args);
          const { success, error } = entry.arguments.safeParse(json);
          assert.equal(validate(json), success, JSON.stringify(success ? validate.errors : error.issues));
        }),
        { numRuns: 5 * RUNS },
      );
    });

    it("describes every argument", () => {
      const { properties = {} } = jsonSchemaOf(entry, "1.0.0");
      for (const [key, property] of Object.entries(properties)) {
        assert.ok(typeof property === "object" && (property.description ?? "") !== "", key);
      }
      assert.match((properties.region as { description: string }).description, /replaces/);
    });
  });
}
