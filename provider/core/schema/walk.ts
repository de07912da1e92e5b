/** The one walk over schemas beside the values that they describe. */
import { z } from "zod";
import { getAt, isObject, own, type Path } from "../../common/json";
import { unwrap } from "./field";

export type Schema = z.core.$ZodType;

/** A part of a value: a field of an object, declared or not, or an element of a list. */
export interface Child {
  readonly part: string | number;
  readonly schema: Schema;
  /** Undefined where an object lacks a field that its schema declares. */
  readonly value: unknown;
}

/** The schema of values that no schema describes. */
export const ANYTHING: Schema = z.unknown();

/** By union, the options that selectors have selected. */
const selected = new WeakMap<z.ZodDiscriminatedUnion, Map<unknown, z.ZodObject>>();

/** The option of a discriminated union that a value selects, or undefined when it selects none. */
function unionOption(schema: z.ZodDiscriminatedUnion, value: unknown): z.ZodObject | undefined {
  if (!isObject(value)) return undefined;
  const key = schema.def.discriminator;
  const known = selected.get(schema) ?? new Map<unknown, z.ZodObject>();
  selected.set(schema, known);
  const selector = value[key];
  const option =
    known.get(selector) ??
    schema.options
      .filter((candidate): candidate is z.ZodObject => candidate instanceof z.ZodObject)
      .find((candidate) => (candidate.shape[key] as z.ZodType).safeParse(selector).success);
  if (option !== undefined) known.set(selector, option);
  return option;
}

/** The schema inside any wrappers; of a union the option that the value selects, if it selects one. */
export function schemaOf(schema: Schema, value: unknown): Schema {
  const inner = unwrap(schema);
  return inner instanceof z.ZodDiscriminatedUnion ? (unionOption(inner, value) ?? inner) : inner;
}

/** The parts of a value: declared fields in the order of the schema, whether they are there or not, then others. */
export function childrenOf(schema: Schema, value: unknown): Child[] {
  const inner = schemaOf(schema, value);
  if (Array.isArray(value)) {
    const element = inner instanceof z.ZodArray ? inner.element : ANYTHING;
    return value.map((item: unknown, part) => ({ part, schema: element, value: item }));
  }
  if (!isObject(value)) return [];
  const declared = inner instanceof z.ZodObject ? (inner.shape as Readonly<Record<string, Schema>>) : {};
  return [...new Set([...Object.keys(declared), ...Object.keys(value)])].map((part) => ({
    part,
    schema: Object.hasOwn(declared, part) ? (declared[part] ?? ANYTHING) : ANYTHING,
    value: own(value, part),
  }));
}

/** The schema of one part of a value, whether the value has it or not; undefined where none is declared. */
export function childSchema(schema: Schema, value: unknown, part: string | number): Schema | undefined {
  const inner = schemaOf(schema, value);
  if (inner instanceof z.ZodArray) return inner.element;
  if (!(inner instanceof z.ZodObject) || !Object.hasOwn(inner.shape, part)) return undefined;
  return inner.shape[part] as Schema;
}

/** The schema at a path of a value; undefined where none is declared. */
export function schemaAt(schema: Schema, value: unknown, path: Path): Schema | undefined {
  const [part, ...rest] = path;
  if (part === undefined) return schema;
  const child = childSchema(schema, value, part);
  return child === undefined ? undefined : schemaAt(child, getAt(value, [part]), rest);
}
