/**
 * Between the arguments (camelCase) and the bodies of the APIs (snake_case), led by the schemas: free maps keep
 * their keys, fields that no schema names are left out, enumerations are sent in their canonical letter case.
 */
import { z } from "zod";
import { isObject } from "../../common/json";
import { metaOf, propertyOf, unionOption, unwrap } from "./field";

export function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export function camelCase(key: string): string {
  return key.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** The body that an argument value is sent as. */
export function toWire(schema: z.core.$ZodType, value: unknown): unknown {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodObject && isObject(value)) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => [snakeCase(key), toWire(propertyOf(inner, key) ?? z.unknown(), item)]),
    );
  }
  if (inner instanceof z.ZodDiscriminatedUnion && isObject(value)) {
    return toWire(unionOption(inner, value) ?? z.unknown(), value);
  }
  if (inner instanceof z.ZodArray && Array.isArray(value))
    return value.map((item) => toWire(inner.element, item));
  if (metaOf(schema)?.compare === "case-insensitive" && typeof value === "string") return value.toLowerCase();
  return value;
}

/** The argument value that a body stands for. Null counts as absent; what has another shape passes as it is. */
export function fromWire(schema: z.core.$ZodType, value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  const inner = unwrap(schema);
  if (inner instanceof z.ZodObject && isObject(value)) {
    const known = Object.entries(inner.shape).map(([key, child]): [string, unknown] => [
      key,
      fromWire(child as z.ZodType, value[snakeCase(key)]),
    ]);
    return Object.fromEntries(known.filter(([, item]) => item !== undefined));
  }
  if (inner instanceof z.ZodDiscriminatedUnion && isObject(value)) {
    const key = inner.def.discriminator;
    const selector = value[key];
    // Services print some enumerations in capitals; all that the documents list are in lower case.
    const spelled = typeof selector === "string" ? { ...value, [key]: selector.toLowerCase() } : value;
    const option = unionOption(inner, spelled);
    return option === undefined ? value : fromWire(option, spelled);
  }
  if (inner instanceof z.ZodArray && Array.isArray(value))
    return value.map((item) => fromWire(inner.element, item));
  return typeof value === "string" ? fromText(inner, value) : value;
}

/** A number or truth value that a service prints as text. */
function fromText(schema: z.core.$ZodType, text: string): unknown {
  if (schema instanceof z.ZodNumber && /^-?\d+(?:\.\d+)?$/.test(text)) return Number(text);
  if (schema instanceof z.ZodBoolean && /^(?:true|false)$/i.test(text)) return text.toLowerCase() === "true";
  return text;
}
