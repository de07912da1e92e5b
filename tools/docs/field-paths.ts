/** The paths of a resource's arguments as the reference pages write them: `input<vcn>.data[].deviceId`. */
import { z } from "zod";
import { metaOf, unwrap } from "../../provider/core/schema/field";
import type { Schema } from "../../provider/core/schema/walk";

/** Fields inside a field; undefined for a leaf. Lists of single values and free maps are leaves. */
export function fieldsIn(schema: Schema, field: string): (readonly [string, Schema])[] | undefined {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodObject) {
    return Object.entries(inner.shape as Record<string, z.ZodType>).map(
      ([key, child]) => [`${field}.${key}`, child] as const,
    );
  }
  if (inner instanceof z.ZodDiscriminatedUnion) {
    return inner.options.flatMap((option) => {
      const name = option instanceof z.ZodObject ? nameOf(option, inner.def.discriminator) : "?";
      return fieldsIn(option, `${field}<${name}>`) ?? [];
    });
  }
  if (inner instanceof z.ZodArray) {
    const inside = fieldsIn(inner.element, `${field}[]`);
    return inside !== undefined && metaOf(inner.element)?.unordered === true
      ? [[`${field}[]`, inner.element]]
      : inside;
  }
  return undefined;
}

function nameOf(option: z.ZodObject, discriminator: string): string {
  const literal: unknown = option.shape[discriminator];
  return literal instanceof z.ZodLiteral ? [...literal.values].join("|") : "?";
}

/** Whether a value may hold what is known to be sensitive. */
export const hasSecret = (schema: Schema): boolean =>
  metaOf(schema)?.secret !== undefined || (fieldsIn(schema, "") ?? []).some(([, child]) => hasSecret(child));
