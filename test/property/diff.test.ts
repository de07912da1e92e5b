import assert from "node:assert/strict";
import fc from "fast-check";
import type { PropertyMap } from "../../provider/common/json";
import { isVideoAnalysisError } from "../../provider/common/errors";
import { anyObject, autoName, pathsIn, sentinel } from "../support/arbitraries";
import { withAt } from "../support/arguments";
import { SUBJECTS, type Subject } from "../support/subjects";

const inputsOf = ({ validArguments, checked }: Subject): fc.Arbitrary<PropertyMap> =>
  fc.tuple(validArguments, autoName).map(([args, name]) => checked({ autoName: name, ...args }).inputs);

/** Removing them replaces, adding them does not. */
const ONE_WAY = new Set(["timing", "serviceConfig"]);

for (const subject of SUBJECTS)
  describe(`property: diff of ${subject.definition.type}`, () => {
    const { diffed, replaces: isReplacing } = subject;
    const inputs = inputsOf(subject);

    it("finds no change between the same arguments", () => {
      fc.assert(
        fc.property(inputs, (news) => {
          const { changes, replaces } = diffed(news, news);
          assert.deepEqual(replaces, []);
          assert.notEqual(changes, true);
        }),
      );
    });

    it("never throws but for reasons of its own", () => {
      fc.assert(
        fc.property(anyObject, anyObject, (olds, news) => {
          try {
            diffed(olds, news, "eu-de");
          } catch (error) {
            assert.ok(isVideoAnalysisError(error), String(error));
          }
        }),
      );
    });

    it("replaces for an unknown in a replacing argument, and for none elsewhere", () => {
      fc.assert(
        fc.property(inputs, fc.nat(), sentinel, (olds, pick, unknown) => {
          const paths = pathsIn(olds).filter(
            ([key]) => key !== "nameIsDefault" && key !== "regionFrom" && key !== "name",
          );
          const path = paths[pick % paths.length] ?? [];
          const { replaces, changes } = diffed(olds, withAt(olds, path, unknown));
          assert.deepEqual(replaces, isReplacing(olds, path) ? [path[0]] : []);
          assert.notEqual(changes, false);
        }),
      );
    });

    it("is symmetric in what replaces", () => {
      fc.assert(
        fc.property(inputs, inputs, (a, b) => {
          const pinned = (bag: PropertyMap): PropertyMap => ({ ...bag, nameIsDefault: false });
          const replaced = (olds: PropertyMap, news: PropertyMap): string[] =>
            diffed(pinned(olds), pinned(news)).replaces.filter((key) => !ONE_WAY.has(key));
          assert.deepEqual(replaced(a, b), replaced(b, a));
        }),
      );
    });
  });
