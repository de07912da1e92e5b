/** The printer of programs against the compiler: what it prints means the values that it was given. */
import assert from "node:assert/strict";
import * as fc from "fast-check";
import ts from "typescript";
import { Call, Commented, construction, print } from "../../cli/commands/import/printer";

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.stringMatching(/^[`$'"\\{}/*\r\n\u2028\u2029]{0,20}$/),
);
const key = fc.oneof(fc.constantFrom("id", "streamName", "a key", "Content-Type", "__proto__"), text);
const scalar = fc.oneof(
  text,
  fc.integer(),
  // JSON, from which all values come, has no negative zero.
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
  fc.boolean(),
  fc.constant(null),
);
const call = text.map((argument) => new Call("fillIn", argument));

const membersOf = (values: fc.Arbitrary<unknown>) =>
  fc.array(fc.tuple(key, values), { maxLength: 4 }).map((entries) => Object.fromEntries(entries));

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    scalar,
    call,
    fc.array(fc.array(fc.integer()), { maxLength: 4 }),
    fc.array(tie("value"), { maxLength: 4 }),
    membersOf(tie("value")),
    fc
      .tuple(fc.array(text, { maxLength: 2 }), membersOf(tie("value")))
      .map(([comments, members]) => new Commented(comments, members)),
  ),
}));

/** The value as the program has it: the text of a call in place of the call, no comments. */
function meant(value: unknown): unknown {
  if (value instanceof Call) return `called with ${value.argument}`;
  if (Array.isArray(value)) return value.map(meant);
  if (typeof value !== "object" || value === null) return value;
  const members = value instanceof Commented ? value.members : value;
  return Object.fromEntries(Object.entries(members).map(([name, member]) => [name, meant(member)]));
}

/** Runs a program whose only names are `fillIn` and the class `va.Task`. */
function run(program: string): unknown[] {
  const { outputText, diagnostics } = ts.transpileModule(program, {
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2022 },
  });
  assert.deepEqual(diagnostics, []);
  const made: unknown[] = [];
  const va = {
    Task: function (...args: unknown[]) {
      made.push(...args);
    },
  };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the printed program is what is tested
  const start = new Function("va", "fillIn", outputText) as (...names: unknown[]) => void;
  start(va, (argument: string) => `called with ${argument}`);
  return made;
}

describe("import: the printer", () => {
  it("keeps every value, key and name", () => {
    fc.assert(
      fc.property(text, value, fc.constantFrom("", "  "), (name, args, indent) => {
        assert.deepEqual(run(construction("va.Task", name, { args, options: undefined, indent })), [
          name,
          meant(args),
        ]);
      }),
      { numRuns: 100 },
    );
  });

  it("gives each member a line, and short lists of plain values one", () => {
    const args = new Commented(["a note"], {
      name: "door",
      empty: {},
      url: new Call("fillIn", "url"),
      days: [1, 2, 3],
      "a key": [{ id: 1 }, []],
      long: ["x".repeat(50), "y".repeat(50)],
    });
    assert.equal(
      construction("va.ServiceTask", "door", { args, options: "{ protect: true }", indent: "  " }),
      `  new va.ServiceTask("door", {
    // a note
    name: "door",
    empty: {},
    url: fillIn("url"),
    days: [1, 2, 3],
    "a key": [
      {
        id: 1,
      },
      [],
    ],
    long: [
      "${"x".repeat(50)}",
      "${"y".repeat(50)}",
    ],
  }, { protect: true });`,
    );
    assert.equal(print([], ""), "[]");
  });
});
