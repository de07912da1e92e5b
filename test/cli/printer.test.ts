/** The printer of programs against prettier itself. */
import assert from "node:assert/strict";
import * as fc from "fast-check";
import { format } from "prettier";
import { Call, Commented, construction, print } from "../../cli/import/printer";

const key = fc.oneof(
  fc.constantFrom(
    "id",
    "url",
    "streamName",
    "a key",
    "Content-Type",
    "aVeryLongKeyOfSomeFreeMapThatNobodyShortened",
  ),
  fc.string({ maxLength: 12 }).filter((text) => text !== "__proto__" && !/^\d/.test(text)),
);
const text = fc.oneof(
  fc.string({ maxLength: 90 }),
  fc.string({ unit: "grapheme-ascii", maxLength: 90 }),
  fc.stringMatching(/^[a-z/:."'\\]{0,90}$/),
  fc.stringMatching(/^[\u4e00-\u9fa5a-z]{0,60}$/),
);
const scalar = fc.oneof(
  text,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);
const call = fc
  .tuple(fc.constantFrom("fillIn", "config.requireSecret"), text)
  .map(([callee, argument]) => new Call(callee, argument));

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    scalar,
    call,
    fc.array(fc.oneof(fc.integer(), fc.integer({ max: 31, min: 1 })), { maxLength: 40 }),
    fc.array(fc.array(fc.integer({ max: 99, min: 0 }), { maxLength: 3 }), { maxLength: 4 }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(key, tie("value"), { maxKeys: 4 }),
    fc
      .tuple(
        fc.array(fc.stringMatching(/^[\w .]{1,90}$/), { maxLength: 2, minLength: 1 }),
        fc.dictionary(key, tie("value"), { maxKeys: 3, minKeys: 1 }),
      )
      .map(
        ([comments, members]) =>
          new Commented(
            comments.map((line) => line.trim() || "x"),
            members,
          ),
      ),
  ),
}));

const formatted = (program: string): Promise<string> => format(program, { parser: "typescript" });

describe("import: programs are what prettier prints", () => {
  it("for any arguments, with and without options", async () => {
    const members = fc.dictionary(key, value, { minKeys: 1, maxKeys: 4 });
    const name = fc.stringMatching(/^[\w-]{1,70}$/);
    await fc.assert(
      fc.asyncProperty(
        name,
        members,
        fc.constantFrom(undefined, "{ protect: true }"),
        async (logical, args, options) => {
          const program = `${construction("va.ServiceTask", logical, args, options, 0)}\n`;
          assert.equal(program, await formatted(program));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("for values that only just fit, or only just not", async () => {
    for (let length = 50; length < 80; length += 1) {
      const long = "x".repeat(length);
      const args = {
        url: long,
        id: long,
        path: long,
        paths: long,
        call: new Call("fillIn", long),
        list: [long],
        numbers: Array.from({ length: length / 2 }, () => 12),
      };
      const program = `const args = ${print(args, 0)};\n`;
      assert.equal(program, await formatted(program));
    }
  });
});
