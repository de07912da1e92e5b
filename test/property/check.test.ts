import assert from "node:assert/strict";
import fc from "fast-check";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { PropertyMap } from "../../provider/common/json";
import { RunRegistry } from "../../provider/core/ownership/run-registry";
import { SharedFailures } from "../../provider/fronts/engine/shared-failures";
import { hooksOf } from "../../provider/fronts/dynamic/hooks";
import { anyObject, autoName, pathsIn, sentinel } from "../support/arbitraries";
import { withAt, without } from "../support/arguments";
import { SUBJECTS } from "../support/subjects";

const context = fc.record(
  {
    configuredRegion: fc.constantFrom("eu-de", "eu-nl"),
    machineRegion: fc.constantFrom("eu-de", "eu-nl"),
    defaultWaitFor: fc.constantFrom("accepted", "running"),
  },
  { requiredKeys: [] },
);

for (const { definition, validArguments, checked } of SUBJECTS)
  describe(`property: check of ${definition.type}`, () => {
    it("accepts every valid set of arguments", () => {
      fc.assert(
        fc.property(validArguments, autoName, context, (args, name, given) => {
          assert.deepEqual(checked({ autoName: name, ...args }, {}, given).failures, []);
        }),
      );
    });

    it("accepts valid arguments with unknowns at any places", () => {
      fc.assert(
        fc.property(
          validArguments,
          fc.array(fc.tuple(fc.nat(), sentinel), { maxLength: 4 }),
          (args, marks) => {
            const news = marks.reduce<PropertyMap>((bag, [pick, unknown]) => {
              const paths = pathsIn(bag);
              return withAt(bag, paths[pick % paths.length] ?? [], unknown);
            }, args);
            assert.deepEqual(checked({ autoName: "task-0123456789ab", ...news }).failures, []);
          },
        ),
      );
    });

    it("never throws, whatever it is given", () => {
      fc.assert(
        fc.property(fc.oneof(fc.constant({}), anyObject), anyObject, context, (olds, news, given) => {
          const { failures } = checked(news, olds, given);
          for (const { path, reason } of failures) {
            assert.ok(Array.isArray(path));
            assert.notEqual(reason, "");
          }
        }),
      );
    });

    it("never throws for valid arguments with a part replaced by anything", () => {
      fc.assert(
        fc.property(validArguments, fc.nat(), fc.oneof(anyObject, fc.jsonValue()), (args, pick, anything) => {
          const paths = pathsIn(args);
          checked(withAt(args, paths[pick % paths.length] ?? [], anything));
        }),
      );
    });

    it("answers what the engine's wire format can carry", async () => {
      const hooks = hooksOf(definition, {
        registry: new RunRegistry(),
        failures: new SharedFailures(),
        checkContext: () => ({ warn: () => undefined }),
        runContext: () => assert.fail("check is offline"),
      });
      await fc.assert(
        fc.asyncProperty(fc.oneof(validArguments, anyObject), async (news) => {
          const { inputs } = await hooks.check({}, news);
          Struct.fromJavaScript(inputs as Parameters<typeof Struct.fromJavaScript>[0]);
        }),
      );
    });

    it("leaves checked inputs as they are when they are checked again", () => {
      fc.assert(
        fc.property(validArguments, autoName, context, (args, name, given) => {
          const { inputs } = checked({ autoName: name, ...args }, {}, given);
          assert.deepEqual(checked(inputs, {}, given).inputs, inputs);
          assert.deepEqual(checked(inputs, inputs, given).inputs, inputs);
          assert.deepEqual(checked({ autoName: name, ...args }, inputs, given).inputs, inputs);
        }),
      );
    });

    it("keeps the default name, whatever the class proposes later", () => {
      fc.assert(
        fc.property(validArguments, autoName, autoName, (given, first, later) => {
          const args = without(given, "name");
          const { inputs } = checked({ autoName: first, ...args });
          assert.deepEqual(checked({ autoName: later, ...args }, inputs).inputs, inputs);
        }),
      );
    });

    it("adds nothing but name, nameIsDefault, region and regionFrom", () => {
      fc.assert(
        fc.property(validArguments, autoName, context, (args, proposal, given) => {
          const { name, nameIsDefault, region, regionFrom, ...rest } = checked(
            { autoName: proposal, ...args },
            {},
            given,
          ).inputs;
          assert.deepEqual(rest, without(args, "name", "region"));
          assert.equal(name, args.name ?? proposal);
          assert.equal(nameIsDefault, args.name === undefined);
          assert.equal(region, args.region ?? given.configuredRegion ?? given.machineRegion);
          assert.equal(regionFrom === undefined, region === undefined);
        }),
      );
    });
  });
