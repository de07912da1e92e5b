/** Arguments against their schema and rules, tolerant of values that a preview does not know yet. */
import { z } from "zod";
import { closest } from "../../common/closest";
import { deepEqual, getAt, MAX_DEPTH, type PropertyMap, type Path } from "../../common/json";
import { unwrap } from "./field";
import { schemaAt, schemaOf } from "./walk";
import { camelCase } from "./wire";
import type { Failure, ResourceDefinition } from "../contract";
import { tooDeep, unsendable } from "./unsendable";

export type IsUnknown = (value: unknown) => boolean;

/** Failures of the arguments, one per property; empty when they are fine. Pure and total. */
export function validate(
  definition: Pick<ResourceDefinition, "arguments" | "rules">,
  args: PropertyMap,
  isUnknown: IsUnknown,
): Failure[] {
  const deep = tooDeep(args);
  // It is too deep for the recursion of a schema as well.
  if (deep !== undefined) return [{ path: deep, reason: `nested deeper than ${MAX_DEPTH} levels` }];
  const unsent = unsendable(args);
  const failures = [...unsent];
  const unknownAt = (path: Path): boolean => isUnknownAlong(args, path, isUnknown);
  const fail = (path: Path, reason: string): void => {
    if (!unknownAt(path)) failures.push({ path, reason });
  };
  const result = definition.arguments.safeParse(args);
  for (const issue of result.success ? [] : result.error.issues) {
    const path = issue.path.filter((part) => typeof part !== "symbol");
    // The schema says less of the values around such a one.
    if (unsent.some((failure) => deepEqual(failure.path.slice(0, path.length), path))) continue;
    const found = explain(definition.arguments, args, issue, path);
    // A misspelt property is wrong with any value.
    if (issue.code === "unrecognized_keys") failures.push(...found);
    else for (const failure of found) fail(failure.path, failure.reason);
  }
  for (const rule of definition.rules) rule({ args, isUnknown: unknownAt, fail });
  return unique(failures);
}

function isUnknownAlong(args: PropertyMap, path: Path, isUnknown: IsUnknown): boolean {
  return path.some((_, index) => isUnknown(getAt(args, path.slice(0, index + 1)))) || isUnknown(args);
}

function unique(failures: readonly Failure[]): Failure[] {
  const seen = new Set<string>();
  return failures.filter(({ path }) => {
    const key = JSON.stringify(path);
    return seen.has(key) ? false : seen.add(key);
  });
}

function explain(schema: z.ZodObject, args: PropertyMap, issue: z.core.$ZodIssue, path: Path): Failure[] {
  const value = getAt(args, path);
  if (issue.code === "unrecognized_keys") {
    const known = Object.keys(objectAt(schema, args, path)?.shape ?? {});
    return issue.keys.map((key) => ({ path: [...path, key], reason: unknownProperty(key, known) }));
  }
  if (issue.code === "invalid_union") {
    const options = discriminators(schema, args, path);
    const expected =
      options.length === 0 ? "a JSON value" : `one of ${options.map((option) => `"${option}"`).join(", ")}`;
    return [{ path, reason: `expected ${expected}` }];
  }
  if (value === undefined && issue.code !== "custom") {
    return [{ path, reason: `required, but missing: ${lowerFirst(issue.message)}` }];
  }
  return [{ path, reason: lowerFirst(issue.message) }];
}

function lowerFirst(text: string): string {
  return text.replace(/^Invalid input: /, "").replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
}

function objectAt(schema: z.core.$ZodType, args: PropertyMap, path: Path): z.ZodObject | undefined {
  const found = schemaAt(schema, args, path);
  const object = found === undefined ? undefined : schemaOf(found, getAt(args, path));
  return object instanceof z.ZodObject ? object : undefined;
}

/** The literals that select an option of the union whose discriminator is at the path. */
function discriminators(schema: z.core.$ZodType, args: PropertyMap, path: Path): string[] {
  const found = schemaAt(schema, args, path) ?? schemaAt(schema, args, path.slice(0, -1));
  const union = found === undefined ? undefined : unwrap(found);
  if (!(union instanceof z.ZodDiscriminatedUnion)) return [];
  return union.options.flatMap((option) => {
    const literal: unknown =
      option instanceof z.ZodObject ? option.shape[union.def.discriminator] : undefined;
    return literal instanceof z.ZodLiteral ? [...literal.values].map(String) : [];
  });
}

function unknownProperty(key: string, known: readonly string[]): string {
  const camel = camelCase(key);
  const suggestion = known.includes(camel) && camel !== key ? camel : closest(key, known);
  if (suggestion !== undefined) return `unknown property; did you mean \`${suggestion}\`?`;
  return `unknown property; expected ${known.map((name) => `\`${name}\``).join(", ") || "none here"}`;
}
