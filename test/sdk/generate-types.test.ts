import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { z } from "zod";
import { catalog, fields, type CatalogEntry, type FieldMeta } from "../../provider/services/catalog";
import { renderInputTypes } from "../../tools/types/input-types";
import { CONFIGURATION } from "../../provider/services/configuration";
import { listInputs, optional } from "../../provider/services/lookups/inputs";
import { listLookup } from "../../provider/services/lookups/lookup";
import { LOOKUPS } from "../../provider/services/lookups/registry";
import { lookupsPage } from "../../tools/docs/lookups-page";
import { renderLookupTypes } from "../../tools/types/lookup-types";
import { REPOSITORY } from "./support";

function described<T extends z.ZodType>(schema: T, meta: Partial<FieldMeta> = {}): T {
  fields.add(schema, { description: "Meaning.", ...meta });
  return schema;
}

const entry = (shape: Record<string, z.ZodType>, immutable: string[] = []): CatalogEntry => ({
  type: "Thing",
  arguments: described(z.strictObject(shape)),
  outputs: z.object({}),
  immutable,
  updatable: [],
  updatableAlone: [],
});

const render = (shape: Record<string, z.ZodType>, immutable?: string[]): string =>
  renderInputTypes([entry(shape, immutable)], {});

describe("the generator of argument types", () => {
  it("wrote the types of the present catalog", () => {
    const text = renderInputTypes(catalog, CONFIGURATION);
    assert.equal(readFileSync(path.join(REPOSITORY, "sdk", "types", "input.ts"), "utf8"), text);
    assert.equal(renderInputTypes(catalog, CONFIGURATION), text);
  });

  for (const [what, schema, type] of [
    ["a string", z.string(), "a: pulumi.Input<string>;"],
    ["an integer", z.int(), "a: pulumi.Input<number>;"],
    ["an optional boolean", z.boolean().optional(), "a?: pulumi.Input<boolean | undefined>;"],
    ["a value with a default", z.number().default(1), "a?: pulumi.Input<number | undefined>;"],
    ["an enumeration", z.enum(["x", "y"]), 'a: pulumi.Input<"x" | "y">;'],
    ["an array", z.array(z.string()), "a: pulumi.Input<pulumi.Input<string>[]>;"],
    ["a map", z.record(z.string(), z.string()), "a: pulumi.Input<Record<string, pulumi.Input<string>>>;"],
    ["JSON", z.record(z.string(), z.json()), "a: pulumi.Input<Record<string, unknown>>;"],
    ["any values", z.array(z.unknown()), "a: pulumi.Input<unknown[]>;"],
    ["any value", z.unknown().optional(), "a?: unknown;"],
    ["a nullable string", z.string().nullable(), "a: pulumi.Input<string | null>;"],
    [
      "text in any letter case",
      described(z.string(), { values: ["low"] }).optional(),
      'a?: pulumi.Input<"low" | "LOW" | undefined>;',
    ],
    [
      "text in any letter case, described as a whole",
      described(z.string().optional(), { values: ["low"] }),
      'a?: pulumi.Input<"low" | "LOW" | undefined>;',
    ],
    ["a nested object", z.object({ b: z.string() }), "a: pulumi.Input<ThingArgsA>;"],
    ["a named object", described(z.object({}), { typeName: "Part" }), "a: pulumi.Input<Part>;"],
  ] as const) {
    it(`knows ${what}`, () => {
      assert.ok(render({ a: schema }).includes(`  ${type}\n`), render({ a: schema }));
    });
  }

  it("keeps the discriminator of a union plain, and only there", () => {
    const text = render({
      a: described(
        z.discriminatedUnion("kind", [
          described(z.object({ kind: z.literal("x"), size: z.int() }), { typeName: "X" }),
          described(z.object({ kind: z.literal("y") }), { typeName: "Y" }),
        ]),
        { typeName: "Either" },
      ),
    });
    assert.match(text, /export type Either = X \| Y;/);
    assert.match(text, /kind: "x";\n\n {2}[^\n]*\n {2}size: pulumi\.Input<number>;/);
  });

  it("lets only one of two fields be there where they exclude each other", () => {
    const shape = z.object({ x: z.string().optional(), y: z.string().optional() });
    const text = render({ a: described(shape, { typeName: "Either", exclusive: ["x", "y"] }) });
    assert.ok(text.includes("export type Either = EitherFields & ({ x?: undefined } | { y?: undefined });"));
    assert.match(text, /export interface EitherFields \{[^}]*x\?: [^}]*y\?: /);
  });

  it("says what the metadata and the schema know", () => {
    const text = render(
      {
        a: described(z.array(z.string()).min(2).max(9).optional(), {
          description: "Names.",
          defaultsTo: "none",
          writeOnly: "no read returns it",
          secret: "value",
          source: "page 1",
        }),
        b: described(z.int().min(5).max(720), { description: "Minutes, 5 to 720." }),
      },
      ["a"],
    );
    const words = text.replaceAll(/\s*\n\s*\* ?/g, " ");
    assert.ok(
      words.includes(
        "Names. 2 to 9 entries.  Default: none. A change replaces the resource. A secret. Not drift-checked: no read returns it. Source: page 1.",
      ),
      words,
    );
    assert.ok(text.includes("/** Minutes, 5 to 720. A change replaces nothing. */"));
  });

  it("cannot be left by a comment's end in a description", () => {
    assert.ok(!render({ a: described(z.string(), { description: "x */ y" }) }).includes("x */"));
  });

  it("refuses two shapes of one name and schemas that it does not know", () => {
    const twice = {
      a: described(z.object({ b: z.string() }), { typeName: "Same" }),
      c: described(z.object({ d: z.string() }), { typeName: "Same" }),
    };
    assert.throws(() => render(twice), /"Same"/);
    assert.throws(() => render({ a: z.date() }), /ThingArgsA: schemas of type "date"/);
  });

  it("shares one declaration between resources", () => {
    const shared = described(z.object({ b: z.string() }), { typeName: "Shared" });
    const first = entry({ a: shared });
    const text = renderInputTypes([first, { ...first, type: "Second" }], {});
    assert.equal(text.match(/export interface Shared /g)?.length, 1);
    assert.ok(text.includes("export interface SecondArgs "));
  });
});

describe("the generator of lookups", () => {
  const things = listLookup({
    inputs: z.strictObject({ colour: optional(z.string(), "Only of this colour."), ...listInputs.shape }),
    entry: described(z.object({ weight: described(z.number().optional(), { description: "In grams." }) }), {
      description: "A thing.",
      typeName: "ThingEntry",
    }),
    summary: "Lists things.",
    example: { colour: "red" },
    errors: { NOT_FOUND: "there are none" },
    source: "Things, ListThings",
    open: () => Promise.reject(new Error("no service has things")),
  });

  it("wrote the present lookups", () => {
    const text = renderLookupTypes(catalog, LOOKUPS);
    assert.equal(readFileSync(path.join(REPOSITORY, "sdk", "types", "lookups.ts"), "utf8"), text);
  });

  it("makes arguments, entry and both forms of one declaration", () => {
    const text = renderLookupTypes(catalog, { listThings: things });
    assert.match(
      text,
      /interface ListThingsArgs extends ListArgs \{\n[^}]*colour\?: string \| undefined;\n\}/,
    );
    assert.match(
      text,
      /\/\*\* A thing\. \*\/\nexport interface ThingEntry \{\n[^}]*In grams[^}]*weight\?: number;\n\}/,
    );
    assert.match(
      text,
      /Lists things\.[^/]*Source: Things, ListThings\.[^/]*@throws `NOT_FOUND` where there are none\./,
    );
    assert.match(text, /function listThings\(args\?: ListThingsArgs,.*\): LookupList<ThingEntry>/);
    assert.match(
      text,
      /function listThingsOutput\(args\?: LookupInputs<ListThingsArgs>,.*\): pulumi\.Output<ThingEntry\[\]>/,
    );
  });

  it("has its section of the reference page", () => {
    const page = lookupsPage({ listThings: things });
    assert.match(page, /### listThings\n\nLists things\. Answers a list of `ThingEntry`\./);
    assert.ok(page.includes("| `colour` | `string` |  | Only of this colour. |"));
    assert.ok(page.includes("| `weight?` | `number` | In grams. |"));
  });

  it("has a second type for entries without details", () => {
    const summaryEntry = described(z.object({}), { typeName: "ThingSummary" });
    const text = renderLookupTypes(catalog, { listThings: { ...things, summaryEntry } });
    assert.match(
      text,
      /listThings\(args: ListThingsArgs & \{ details: true \},.*\): LookupList<ThingEntry>;/,
    );
    assert.match(text, /listThings\(args\?: ListThingsArgs,.*\): LookupList<ThingSummary>;/);
    assert.match(text, /interface ThingEntry extends ThingSummary/);
  });

  it("refuses an entry without a name", () => {
    const nameless = { ...things, entry: z.object({}) };
    assert.throws(() => renderLookupTypes(catalog, { listThings: nameless }), /typeName/);
  });
});
