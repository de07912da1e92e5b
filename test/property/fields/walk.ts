/** Every field of a schema, and where a value has them. */
import { z } from "zod";
import type { Path } from "../../../provider/common/json";
import { unwrap } from "../../../provider/core/schema/field";
import { ANYTHING, childrenOf, schemaOf } from "../../../provider/core/schema/walk";

export interface Field {
  /** Such as `input<vcn>.data[].deviceId`. */
  readonly pattern: string;
  readonly schema: z.core.$ZodType;
}

/** A field inside a value; its own value may be absent. */
export interface Place extends Field {
  readonly path: Path;
}

const below = (pattern: string, key: string): string => (pattern === "" ? key : `${pattern}.${key}`);

function optionPattern(union: z.ZodDiscriminatedUnion, option: z.ZodObject, pattern: string): string {
  const literal: unknown = option.shape[union.def.discriminator];
  return `${pattern}<${literal instanceof z.ZodLiteral ? [...literal.values].join("|") : "?"}>`;
}

/** All fields of a schema: leaves, objects, variants and elements of lists. */
export function fieldsOf(schema: z.core.$ZodType, pattern = ""): Field[] {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodObject) {
    return Object.entries(inner.shape as Record<string, z.ZodType>).flatMap(([key, child]) => {
      const own = below(pattern, key);
      return [{ pattern: own, schema: child }, ...fieldsOf(child, own)];
    });
  }
  if (inner instanceof z.ZodDiscriminatedUnion) {
    return inner.options.flatMap((option) =>
      option instanceof z.ZodObject ? fieldsOf(option, optionPattern(inner, option, pattern)) : [],
    );
  }
  if (inner instanceof z.ZodArray) {
    const own = `${pattern}[]`;
    return [{ pattern: own, schema: inner.element }, ...fieldsOf(inner.element, own)];
  }
  return [];
}

/** The fields of a value, the absent ones of its objects included. */
export function placesIn(
  schema: z.core.$ZodType,
  value: unknown,
  pattern = "",
  path: Path = [],
): readonly Place[] {
  const union = unwrap(schema);
  const inner = schemaOf(schema, value);
  const isOption = union instanceof z.ZodDiscriminatedUnion && inner instanceof z.ZodObject;
  const base = isOption ? optionPattern(union, inner, pattern) : pattern;
  return childrenOf(inner, value)
    .filter((child) => child.schema !== ANYTHING)
    .flatMap(({ part, ...child }) => {
      const place = {
        pattern: typeof part === "number" ? `${base}[]` : below(base, part),
        schema: child.schema,
        path: [...path, part],
      };
      return [place, ...placesIn(child.schema, child.value, place.pattern, place.path)];
    });
}
