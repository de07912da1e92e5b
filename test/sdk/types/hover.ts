/**
 * What an editor shows on hovering over each argument of a program, at every level: the meaning, the bounds and what
 * a change does. The programs are made from the schemas, one for each variant of an input; the language service is
 * asked as an editor asks it.
 */
import assert from "node:assert/strict";
import { z } from "zod";
import { catalog, type CatalogEntry, metaOf } from "../../../provider/services/catalog";
import { unwrap } from "../../../provider/core/schema/field";
import { CONFIGURATION, type ConfigurationKeyInfo } from "../../../provider/services/configuration";
import { typeChecker, type TypeChecker } from "./type-checker";

/** Time for the language service on a busy machine, in milliseconds. */
const TIMEOUT = 120_000;

/** Changes that replace, written out here; all other arguments replace nothing by themselves. */
const REPLACING: Readonly<Record<string, readonly string[]>> = {
  ServiceTask: [
    ...["serviceId", "name", "description", "schedule", "input", "output", "config"],
    ...["sourceUsageEstimate", "region", "triggers"],
  ],
  BatchTask: ["serviceName", "serviceVersion", "region", "triggers"],
  VideoAnalysisJob: [
    ...["serviceName", "serviceVersion", "edgePoolId", "resourceOrderId", "region", "triggers"],
  ],
};
const SOMETIMES: Readonly<Record<string, readonly string[]>> = {
  VideoAnalysisJob: ["input", "timing", "serviceConfig"],
};

interface Argument {
  /** Names from the top: the way to the property in the program. */
  readonly path: readonly string[];
  readonly schema: z.core.$ZodType;
}

interface Sample {
  readonly text: string;
  readonly inside: readonly Argument[];
}

/** Values of a schema in the words of a program, one for each variant, with the arguments inside of them. */
function samples(schema: z.core.$ZodType, path: readonly string[]): Sample[] {
  const leaf = (value: unknown): Sample[] => [{ text: JSON.stringify(value), inside: [] }];
  const [spelling] = metaOf(schema)?.values ?? [];
  if (spelling !== undefined) return leaf(spelling);
  const inner = unwrap(schema);
  if (inner instanceof z.ZodObject) return objects(inner, path);
  if (inner instanceof z.ZodDiscriminatedUnion) {
    return inner.options.flatMap((option) => samples(option, path));
  }
  if (inner instanceof z.ZodArray) {
    return samples(inner.element, path).map(({ text, inside }) => ({ text: `[${text}]`, inside }));
  }
  if (inner instanceof z.ZodRecord)
    return [{ text: `{ "a key": ${samples(inner.valueType, path)[0]!.text} }`, inside: [] }];
  if (inner instanceof z.ZodLiteral) return leaf([...inner.values][0]);
  if (inner instanceof z.ZodEnum) return leaf(inner.options[0]);
  if (inner instanceof z.ZodNumber) return leaf(1);
  return leaf(inner instanceof z.ZodBoolean ? true : "x");
}

/** As many objects as the property with most variants has; of two that exclude each other only one is there. */
function objects(schema: z.ZodObject, path: readonly string[]): Sample[] {
  const { exclusive = [] } = metaOf(schema) ?? {};
  const without = exclusive.length === 0 ? [undefined] : exclusive;
  return without.flatMap((absent) => objectsOf(schema, path, absent));
}

function objectsOf(schema: z.ZodObject, path: readonly string[], absent: string | undefined): Sample[] {
  const shape = Object.entries(schema.shape as Record<string, z.ZodType>).filter(([key]) => key !== absent);
  const properties = shape.map(([key, property]) => ({
    key,
    argument: { path: [...path, key], schema: property },
    values: samples(property, [...path, key]),
  }));
  const count = Math.max(1, ...properties.map(({ values }) => values.length));
  return Array.from({ length: count }, (_, index) => {
    const chosen = properties.map(({ key, argument, values }) => ({
      key,
      argument,
      value: values[Math.min(index, values.length - 1)]!,
    }));
    return {
      text: `{ ${chosen.map(({ key, value }) => `${key}: ${value.text}`).join(", ")} }`,
      inside: chosen.flatMap(({ argument, value }) => [argument, ...value.inside]),
    };
  });
}

/** The numbers that a schema sets as bounds; that a text is not empty goes without saying. */
function boundsOf(schema: z.core.$ZodType): number[] {
  const inner = unwrap(schema);
  const checks = inner._zod.def.checks ?? [];
  return checks.flatMap((check) => {
    const {
      minimum,
      maximum,
      value,
      check: kind,
      inclusive,
    } = check._zod.def as {
      check: string;
      minimum?: number;
      maximum?: number;
      value?: unknown;
      inclusive?: boolean;
    };
    if (kind === "min_length") return minimum === undefined || minimum <= 1 ? [] : [minimum];
    if (kind === "max_length") return maximum === undefined ? [] : [maximum];
    const isBound = (kind === "greater_than" || kind === "less_than") && inclusive === true;
    return isBound && typeof value === "number" && Math.abs(value) < Number.MAX_SAFE_INTEGER ? [value] : [];
  });
}

function problems({ type }: CatalogEntry, { path, schema }: Argument, hover: string): string[] {
  const place = `${type} ${path.join(".")}`;
  const [top = ""] = path;
  const plain = hover.replaceAll(/\s+/g, " ");
  const meaning = metaOf(schema)?.description.replaceAll(/\s+/g, " ") ?? "";
  const replaces = REPLACING[type]!.includes(top);
  const sometimes = SOMETIMES[type]?.includes(top) ?? false;
  const saysReplaces = /replaces the (?:resource|job)/.test(plain);
  return [
    meaning === "" ? "no meaning in the schema" : "",
    plain.includes(meaning) ? "" : `does not show "${meaning}"`,
    ...boundsOf(schema).map((bound) => (new RegExp(`\\b${bound}\\b`).test(plain) ? "" : `no bound ${bound}`)),
    /\bchange\b/i.test(plain) ? "" : "does not say what a change does",
    replaces && !saysReplaces ? "does not say that a change replaces" : "",
    !replaces && !sometimes && saysReplaces ? "says that a change replaces" : "",
    sometimes && path.length === 1 && !saysReplaces ? "does not say when a change replaces" : "",
  ]
    .filter((problem) => problem !== "")
    .map((problem) => `${place}: ${problem}`);
}

describe("hovering over an argument", function () {
  this.timeout(TIMEOUT);
  let checker: TypeChecker;
  before(() => (checker = typeChecker()));

  for (const entry of catalog) {
    it(`of ${entry.type} shows meaning, bounds and what a change does, at every level`, () => {
      const variants = samples(entry.arguments, []);
      const seen = new Set<string>();
      // One call for each variant, all in one program.
      const program = variants.map(({ text }) => `new va.${entry.type}("t", ${text});`).join("\n");
      assert.deepEqual(checker.errors(program), []);
      const hovers = checker.properties(program);
      const found = variants.flatMap(({ inside }, index) =>
        inside.flatMap((argument) => {
          const way = argument.path.join(".");
          seen.add(way);
          const hover = hovers[index]?.get(way);
          return hover === undefined ? [`${way} is not in the program`] : problems(entry, argument, hover);
        }),
      );
      assert.ok(seen.size > 25);
      assert.deepEqual([...new Set(found)], []);
    });
  }

  it("of Provider shows meaning, key and what a change does", () => {
    const keys: Readonly<Record<string, ConfigurationKeyInfo>> = CONFIGURATION;
    const value = ({ values, members, type }: ConfigurationKeyInfo): string => {
      if (members !== undefined)
        return `{ ${Object.keys(members)
          .map((member) => `${member}: "x"`)
          .join(", ")} }`;
      return values === undefined
        ? { string: '"x"', number: "1", boolean: "true" }[type ?? "string"]
        : `"${values[0]}"`;
    };
    const args = Object.entries(keys).map(([key, info]) => `${key}: ${value(info)}`);
    const program = `new va.Provider("p", { ${args.join(", ")} });`;
    assert.deepEqual(checker.errors(program), []);
    const [hovers = new Map<string, string>()] = checker.properties(program);
    for (const [key, { description, members = {}, secret }] of Object.entries(keys)) {
      const hover = hovers.get(key)?.replaceAll(/\s+/g, " ") ?? "";
      assert.ok(hover.includes(description), key);
      assert.ok(hover.includes(`\`video-analysis:${key}\``), key);
      assert.match(hover, /A change replaces/, key);
      if (secret === true) assert.match(hover, /Always a secret/, key);
      for (const [member, text] of Object.entries(members)) {
        assert.ok(hovers.get(`${key}.${member}`)?.includes(text), member);
      }
    }
    assert.match(hovers.get("region") ?? "", /replaces the resources/);
    assert.match(hovers.get("token") ?? "", /replaces nothing/);
  });
});
