/** The formats of a report: total for whatever a service answers. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { markdownOf } from "../../cli/commands/drift/formats/markdown";
import type { Reading } from "../../cli/commands/drift/report/readings";
import { driftReport as schema } from "../../cli/commands/drift/report/schema";
import { formats, live, report, resource, TYPES } from "./reports";

describe("drift: the formats of a report", () => {
  const other = live({ description: "a" }, { description: "b" });
  const bag = fc.dictionary(
    fc.constantFrom("description", "input", "output", "name", "x|y<`"),
    fc.jsonValue(),
  );
  const path = fc.array(fc.oneof(fc.constantFrom("input", "output", "data"), fc.nat(3)), {
    minLength: 1,
    maxLength: 3,
  });
  const reading: fc.Arbitrary<Reading> = fc.oneof(
    fc.record({
      outcome: fc.constant("live" as const),
      recorded: bag,
      live: bag,
      failed: fc.array(
        fc.record({
          id: fc.string({ unit: "binary" }),
          state: fc.constant("FAILED"),
          message: fc.string({ unit: "binary" }),
        }),
        { maxLength: 2 },
      ),
      notRunning: fc.array(
        fc.record({
          id: fc.string({ unit: "binary" }),
          state: fc.string({ unit: "binary" }),
          message: fc.string({ unit: "binary" }),
        }),
        { maxLength: 2 },
      ),
    }),
    fc.constant({ outcome: "gone" as const }),
    fc.record({ outcome: fc.constant("unreachable" as const), reason: fc.string({ unit: "binary" }) }),
  );
  const anyResource = fc
    .tuple(
      fc.record({
        urn: fc.string({ unit: "binary" }),
        id: fc.string({ unit: "binary" }),
        secrets: fc.array(path),
        sealed: fc.array(path),
        ignoreChanges: fc.array(fc.string()),
      }),
      fc.constantFrom(...TYPES),
    )
    .map(([more, type]) => resource(more, type));

  it("is total, fits its schema, and every format of it is made", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyResource, reading), { maxLength: 4 }), (entries) => {
        const found = report(entries, {
          unmanaged: {
            tasks: [{ type: "ServiceTask", id: "</script>", name: "|`<b>\u202e" }],
            problems: ["\n::error::x"],
          },
        });
        schema.parse(JSON.parse(JSON.stringify(found)));
        assert.equal(found.resources.length, entries.length);
        const [, table = "", , markdown = "", html = ""] = formats(found);
        // eslint-disable-next-line no-control-regex -- nothing that could play with a terminal
        assert.doesNotMatch(table, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
        assert.equal(html.split("<script").length, 2);
        assert.equal(html.split("</script>").length, 2);
        assert.ok(markdown.length < 65_536);
      }),
      { numRuns: 150 },
    );
  });

  it("keeps a comment on a pull request below the length that is accepted, and counts what it leaves out", () => {
    const many = Array.from({ length: 2000 }, () => [resource(), other] as const);
    const markdown = markdownOf(report(many));
    assert.ok(markdown.length < 65_536);
    assert.match(markdown, /\d+ more lines/);
    assert.match(markdown, /2000 resources: 2000 changed/);
  });

  it("keeps its columns whatever a value has in it", () => {
    const odd = live({ description: "a|b`c\n| d" }, { description: "<img src=x onerror=alert(1)> @team" });
    const row = markdownOf(report([[resource(), odd]]))
      .split("\n")
      .find((line) => line.includes("changed") && line.startsWith("|"));
    assert.equal(row?.split("|").length, 7);
    assert.doesNotMatch(row, /[<]img|@team|`/);
  });
});
