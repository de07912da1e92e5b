import assert from "node:assert/strict";
import fc from "fast-check";
import { formatPath, getAt, isObject, type PropertyMap, type Path } from "../../provider/common/json";
import { compareWithLive, describeDifferences } from "../../provider/core/drift/compare";
import { hasCredentials, secretPaths } from "../../provider/core/schema/secrets";
import { isUnknown } from "../../provider/fronts/engine/unknowns";
import { sanitize, withSecrets } from "../../provider/fronts/engine/values";
import { anyObject, pathsIn } from "../support/arbitraries";
import { withAt } from "../support/arguments";
import { plainly } from "../support/echo";
import { SUBJECTS } from "../support/subjects";

/** Secrets by the reference: header values, the password, and URLs with credentials. */
function isSensitive(args: PropertyMap, path: Path): boolean {
  const value = getAt(args, path);
  if (typeof value !== "string" || (path[0] !== "input" && path[0] !== "output")) return false;
  const [field, parent] = [path[path.length - 1], path[path.length - 2]];
  if (parent === "headers" || formatPath(path) === "input.vcn.password") return true;
  return field === "url" && parent !== "tag" && hasCredentials(value);
}

for (const { definition, validArguments, withPassword = validArguments, echo } of SUBJECTS)
  describe(`property: secrets of ${definition.type}`, () => {
    it("finds all header values, passwords and URLs with credentials, and nothing else", () => {
      fc.assert(
        fc.property(validArguments, (args) => {
          const expected = pathsIn(args).filter((path) => isSensitive(args, path));
          assert.deepEqual(
            secretPaths(definition.arguments, args).map(formatPath).sort(),
            expected.map(formatPath).sort(),
          );
        }),
      );
    });

    it("is total", () => {
      fc.assert(
        fc.property(anyObject, (args) => {
          for (const path of secretPaths(definition.arguments, args)) {
            assert.equal(typeof getAt(args, path), "string");
          }
        }),
      );
    });

    it("puts every known one of them into an envelope, and nothing else out of place", () => {
      fc.assert(
        fc.property(validArguments, (args) => {
          const clean = sanitize(args) as Record<string, unknown>;
          const sealed = withSecrets(clean, secretPaths(definition.arguments, clean));
          const envelopes: string[] = [];
          const open = (value: unknown, path: Path): unknown => {
            if (Array.isArray(value)) return value.map((item, index) => open(item, [...path, index]));
            if (!isObject(value)) return value;
            if (value["4dabf18193072939515e22adb298388d"] === "1b47061264138c4ac30d75fd1eb44270") {
              envelopes.push(formatPath(path));
              return value.value;
            }
            return Object.fromEntries(
              Object.entries(value).map(([key, item]) => [key, open(item, [...path, key])]),
            );
          };
          assert.deepEqual(open(sealed, []), clean);
          const sensitive = pathsIn(args).filter(
            (path) => isSensitive(args, path) && !isUnknown(getAt(args, path)),
          );
          assert.deepEqual(envelopes.sort(), sensitive.map(formatPath).sort());
        }),
      );
    });

    it("never prints one in a text of differences", () => {
      const canary = "canary-91f3c0de";
      const hide = (args: PropertyMap, suffix: string): PropertyMap =>
        secretPaths(definition.arguments, args).reduce<PropertyMap>((bag, path) => {
          const old = String(getAt(args, path));
          return withAt(
            bag,
            path,
            hasCredentials(old) ? `rtsp://user:${canary}${suffix}@host/x` : `${canary}${suffix}`,
          );
        }, args);
      fc.assert(
        fc.property(
          fc.oneof(validArguments, withPassword),
          fc.oneof(validArguments, withPassword),
          (mine, theirs) => {
            const here = hide(mine, "-here");
            const there = echo(hide({ ...theirs, name: "x" }, "-there"), plainly);
            const text = describeDifferences(compareWithLive(definition, here, there));
            assert.ok(!text.includes(canary), text);
          },
        ),
      );
    });
  });
