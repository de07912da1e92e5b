/** Pairs of arguments that differ in exactly one field. */
import { z } from "zod";
import { deepEqual, getAt, isObject, type PropertyMap, type Path } from "../../../provider/common/json";
import { metaOf, unwrap } from "../../../provider/core/schema/field";
import { withAt } from "../../support/arguments";
import { placesIn, type Place } from "./walk";

export const KINDS = [
  "changed",
  "grown",
  "shrunk",
  "removed",
  "added",
  "respelled",
  "reordered",
  "swapped",
] as const;
export type Kind = (typeof KINDS)[number];

export interface Variant {
  readonly pattern: string;
  readonly kind: Kind;
  /** Name of the sample it was made from. */
  readonly sample: string;
  readonly path: Path;
  readonly before: PropertyMap;
  readonly after: PropertyMap;
}

/** The next character of its own kind, so that patterns still match. */
function rotated(letter: string): string {
  if (letter === "9" || letter === "f" || letter === "F" || letter === "z" || letter === "Z") {
    return { "9": "1", f: "a", F: "A", z: "a", Z: "A" }[letter];
  }
  return /[0-9A-Za-z]/.test(letter) ? String.fromCharCode(letter.charCodeAt(0) + 1) : letter;
}

function otherTexts(text: string): string[] {
  const all = Array.from(
    text,
    (letter, index) => text.slice(0, index) + rotated(letter) + text.slice(index + 1),
  );
  return [...all.reverse(), `${text}x`];
}

/** Other values of a leaf, or of a free map with one value changed; most likely valid ones first. */
function others(schema: z.core.$ZodType, value: unknown): unknown[] {
  const inner = unwrap(schema);
  const listed = inner instanceof z.ZodEnum ? inner.options : (metaOf(schema)?.values ?? []);
  if (listed.length > 0) return [...listed];
  if (typeof value === "string") return otherTexts(value);
  if (typeof value === "number") return [value + 1, value - 1];
  if (typeof value === "boolean") return [!value];
  if (inner instanceof z.ZodObject || inner instanceof z.ZodArray || !isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    others(z.unknown(), item).map((other) => ({ ...value, [key]: other })),
  );
}

/** A list with one element more. */
function grown(schema: z.core.$ZodType, value: unknown): unknown[] {
  const inner = unwrap(schema);
  if (Array.isArray(value) && inner instanceof z.ZodArray) {
    const last: unknown = value.at(-1);
    const leaves = placesIn(inner.element, last).filter(({ path }) => !isObject(getAt(last, path)));
    const changed = leaves.flatMap(({ schema: leaf, path }) =>
      others(leaf, getAt(last, path)).map((other) => withAt(last, path, other)),
    );
    return [...others(inner.element, last), ...changed].map((item) => [...(value as unknown[]), item]);
  }
  if (inner instanceof z.ZodRecord && isObject(value)) return [{ ...value, "X-Added": "added" }];
  return [];
}

function shrunk(schema: z.core.$ZodType, value: unknown): unknown[] {
  if (Array.isArray(value)) return value.length > 1 ? [value.slice(0, -1)] : [];
  if (!(unwrap(schema) instanceof z.ZodRecord) || !isObject(value)) return [];
  const entries = Object.entries(value);
  return entries.length > 1 ? [Object.fromEntries(entries.slice(1))] : [];
}

function candidates(kind: Kind, { schema, path }: Place, value: unknown): unknown[] {
  switch (kind) {
    case "changed":
      return others(schema, value);
    case "grown":
      return grown(schema, value);
    case "shrunk":
      return shrunk(schema, value);
    case "removed":
      return schema instanceof z.ZodOptional && typeof path.at(-1) === "string" ? [undefined] : [];
    case "respelled":
      return typeof value === "string" ? [value.toUpperCase()] : [];
    case "reordered":
      return Array.isArray(value) ? [[...(value as unknown[])].reverse()] : [];
    default:
      return [];
  }
}

/**
 * For every field and kind of change one pair, from the first sample that allows it.
 *
 * @param accepts whether arguments pass the check
 */
export function variantsOf(
  schema: z.ZodObject,
  samples: Readonly<Record<string, PropertyMap>>,
  accepts: (args: PropertyMap) => boolean,
): Variant[] {
  const found = new Map<string, Variant>();
  const keep = (variant: Variant): void => {
    const key = `${variant.kind} ${variant.pattern}`;
    if (!found.has(key)) found.set(key, variant);
  };
  for (const [sample, args] of Object.entries(samples)) {
    for (const place of placesIn(schema, args)) {
      const { pattern, path } = place;
      const value = getAt(args, path);
      if (value === undefined) continue;
      for (const kind of KINDS) {
        if (found.has(`${kind} ${pattern}`)) continue;
        const other = candidates(kind, place, value)
          .filter((candidate) => !deepEqual(candidate, value))
          .map((candidate) => withAt(args, path, candidate))
          .find(accepts);
        if (other === undefined) continue;
        keep({ pattern, kind, sample, path, before: args, after: other });
        if (kind === "removed") keep({ pattern, kind: "added", sample, path, before: other, after: args });
      }
      const swapped = swap(place, args, Object.values(samples), accepts);
      if (swapped !== undefined)
        keep({ pattern, kind: "swapped", sample, path, before: args, after: swapped });
    }
  }
  return [...found.values()];
}

/** Fields that no value can change alone, such as a discriminator: the argument around it is another sample's. */
function swap(
  { path }: Place,
  args: PropertyMap,
  samples: readonly PropertyMap[],
  accepts: (args: PropertyMap) => boolean,
): PropertyMap | undefined {
  const [top] = path;
  return samples
    .filter((other) => getAt(other, path) !== undefined && !deepEqual(getAt(other, path), getAt(args, path)))
    .map((other) => withAt(args, [top ?? ""], other[String(top)]))
    .find(accepts);
}
