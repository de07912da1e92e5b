/**
 * Between the arguments (camelCase) and the bodies of the APIs (snake_case), led by the schemas: free maps keep
 * their keys, fields that no schema names are left out, enumerations are sent in their canonical letter case.
 */
import { z } from "zod";
import { isObject } from "../../common/json";
import { metaOf, unwrap } from "./field";
import { childrenOf, schemaOf } from "./walk";

export function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export function camelCase(key: string): string {
  return key.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** The body that an argument value is sent as. */
export function toWire(schema: z.core.$ZodType, value: unknown): unknown {
  if (Array.isArray(value))
    return childrenOf(schema, value).map((child) => toWire(child.schema, child.value));
  const inner = schemaOf(schema, value);
  if (isObject(value) && inner instanceof z.ZodObject) {
    const sent = childrenOf(inner, value).filter((child) => child.value !== undefined);
    return Object.fromEntries(
      sent.map((child) => [snakeCase(String(child.part)), toWire(child.schema, child.value)]),
    );
  }
  if (metaOf(schema)?.compare === "case-insensitive" && typeof value === "string") return value.toLowerCase();
  return value;
}

/** The argument value that a body stands for. Null counts as absent; a value of another shape stays as it is. */
export function fromWire(schema: z.core.$ZodType, value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  const inner = unwrap(schema);
  if (typeof value === "string") return fromText(inner, value);
  if (inner instanceof z.ZodArray && Array.isArray(value))
    return value.map((item) => fromWire(inner.element, item));
  if (!isObject(value)) return value;
  const body = inner instanceof z.ZodDiscriminatedUnion ? withPlainSelector(inner, value) : value;
  const object = schemaOf(inner, body);
  if (!(object instanceof z.ZodObject)) return value;
  const declared = wireKeys(object).map(([key, wireKey]) => [key, body[wireKey]]);
  const known = childrenOf(object, Object.fromEntries(declared)).map((child): [string, unknown] => [
    String(child.part),
    fromWire(child.schema, child.value),
  ]);
  return Object.fromEntries(known.filter(([, item]) => item !== undefined));
}

const knownKeys = new WeakMap<z.ZodObject, readonly (readonly [string, string])[]>();

/** The fields of an object, each with its spelling in bodies. */
function wireKeys(schema: z.ZodObject): readonly (readonly [string, string])[] {
  const known =
    knownKeys.get(schema) ?? Object.keys(schema.shape).map((key) => [key, snakeCase(key)] as const);
  knownKeys.set(schema, known);
  return known;
}

/** Services print some enumerations in capitals; all that the documents list are in lower case. */
function withPlainSelector(
  { def }: z.ZodDiscriminatedUnion,
  body: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const selector = body[def.discriminator];
  return typeof selector === "string" ? { ...body, [def.discriminator]: selector.toLowerCase() } : body;
}

/** A number or truth value that a service prints as text. */
function fromText(schema: z.core.$ZodType, text: string): unknown {
  if (schema instanceof z.ZodNumber && /^-?\d+(?:\.\d+)?$/.test(text)) return Number(text);
  if (schema instanceof z.ZodBoolean && /^(?:true|false)$/i.test(text)) return text.toLowerCase() === "true";
  return text;
}
