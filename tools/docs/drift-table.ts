/**
 * Which arguments a refresh compares with the service, how, and why not the others: read off the definitions and
 * what their schemas say of each field, so that the reference page and the test speak of the same thing.
 */
import { z } from "zod";
import type { ResourceDefinition } from "../../provider/core/contract";
import { metaOf, unwrap, type FieldMeta } from "../../provider/core/schema/field";
import type { Schema } from "../../provider/core/schema/walk";
import { fieldsIn } from "./field-paths";

/**
 * `drift-checked`: a change at the service shows. `write-only`: sent, but no read returns it, so the recorded value
 * is kept. `never drifts`: there is nothing at the service that could differ.
 */
export type DriftClass = "drift-checked" | "write-only" | "never drifts";

/** Differences of a drift-checked field that mean nothing. */
export const NOISE = {
  case: "letter case",
  order: "order",
  time: "spelling of a time",
  offset: "spelling of an offset",
  keys: "keys that the service adds",
  mask: "a masked value",
  absence: "an answer without it",
} as const;
export type Noise = keyof typeof NOISE;

export interface DriftRow {
  /** Such as `input<vcn>.data[].deviceId`, the type of a variant in angle brackets. */
  readonly field: string;
  readonly class: DriftClass;
  /** A sentence. */
  readonly why: string;
  /** Whether a value that appears where the program has none is drift. */
  readonly whenUnset: boolean;
  readonly noise: readonly Noise[];
}

/** A row for each leaf, and for each set and each object that may be left out. Throws for a field of no class. */
export function driftRows(definition: ResourceDefinition): DriftRow[] {
  return Object.entries(definition.arguments.shape as Record<string, z.ZodType>).flatMap(([key, schema]) =>
    rowsOf(schema, key, { type: definition.type, observed: definition.observed.includes(key), key }),
  );
}

/** Rules that a field has from the fields around it. */
interface Around extends Pick<FieldMeta, "writeOnly" | "neverDrifts"> {
  readonly type: string;
  readonly observed: boolean;
  /** The argument that the field is or is inside of. */
  readonly key: string;
}

function rowsOf(schema: Schema, field: string, above: Around): DriftRow[] {
  const { writeOnly = above.writeOnly, neverDrifts = above.neverDrifts } = metaOf(schema) ?? {};
  const around: Around = {
    ...above,
    ...(writeOnly === undefined ? {} : { writeOnly }),
    ...(neverDrifts === undefined ? {} : { neverDrifts }),
  };
  const below = fieldsIn(schema, field);
  const counts = below === undefined || schema instanceof z.ZodOptional || metaOf(schema)?.unordered === true;
  const own = counts ? [rowOf(schema, field, around)] : [];
  return [...own, ...(below ?? []).flatMap(([path, child]) => rowsOf(child, path, around))];
}

function rowOf(schema: Schema, field: string, around: Around): DriftRow {
  const { type, observed, key, writeOnly, neverDrifts } = around;
  const meta = metaOf(schema);
  const unchecked = { field, whenUnset: false, noise: [] };
  if (neverDrifts !== undefined) return { ...unchecked, class: "never drifts", why: sentence([neverDrifts]) };
  if (writeOnly !== undefined) return { ...unchecked, class: "write-only", why: sentence([writeOnly]) };
  if (!observed && meta?.observedAs === undefined) {
    throw new Error(
      `${type}: no read observes ${field}; give its schema writeOnly, neverDrifts or observedAs with the reason.`,
    );
  }
  const whenUnset = meta?.observedWhenUnset === true;
  // Nothing says what it means when an answer lacks an argument that has no fixed meaning when it is unset.
  const unsaid = observed && field === key && schema instanceof z.ZodOptional && !whenUnset;
  const lacking = unsaid || meta?.implied === true;
  const noise = [...noiseOf(schema, meta), ...(lacking ? (["absence"] as const) : [])];
  const why = sentence([
    meta?.observedAs ?? "reads return it",
    whenUnset && "a value where the program has none is drift, too",
    !whenUnset && schema instanceof z.ZodOptional && "only where the program has a value",
    noise.length > 0 && `no drift: ${noise.map((kind) => NOISE[kind]).join(", ")}`,
  ]);
  return { field, class: "drift-checked", why, whenUnset, noise };
}

function noiseOf(schema: Schema, meta: FieldMeta | undefined): Noise[] {
  const kinds: readonly [boolean, Noise][] = [
    // Services print the literals that choose a variant in capitals, too.
    [meta?.compare === "case-insensitive" || unwrap(schema) instanceof z.ZodLiteral, "case"],
    [meta?.unordered === true, "order"],
    [meta?.compare === "time", "time"],
    [meta?.compare === "timezone", "offset"],
    [meta?.ownKeysOnly === true, "keys"],
    [meta?.secret !== undefined, "mask"],
  ];
  return kinds.filter(([applies]) => applies).map(([, kind]) => kind);
}

function sentence(parts: readonly (string | false)[]): string {
  const text = parts.filter((part) => part !== false).join("; ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
