/** The meaning of one argument beyond its shape: drift, comparison, secrecy, defaults and its source. */
import { z } from "zod";

export interface FieldMeta {
  /** Meaning, units and bounds, as a sentence for hover texts and reference pages. */
  readonly description: string;
  /** Why no read returns it: the recorded value is kept and drift is not checked. */
  readonly writeOnly?: string;
  /** Why nothing at the service can differ from it: no API field, or part of where the resource is. */
  readonly neverDrifts?: string;
  /** The comparison of a read, where no answer repeats the argument as it was sent. */
  readonly observedAs?: string;
  /** `value`: always a secret. `url`: secret when the URL carries credentials. */
  readonly secret?: "value" | "url";
  /** Order carries no meaning: two orders of the same elements are equal. */
  readonly unordered?: boolean;
  /** How two spellings are compared; the canonical one is sent. */
  readonly compare?: "case-insensitive" | "time" | "timezone";
  /** Absence has a fixed meaning at the service, so a value that appears there is drift. */
  readonly observedWhenUnset?: boolean;
  /** It follows from the fields around it, so an answer without it says nothing. */
  readonly implied?: boolean;
  /** An object that says something by being there, also without any content. */
  readonly presence?: boolean;
  /** A free map that the service may complete: only the keys the program wrote are compared. */
  readonly ownKeysOnly?: boolean;
  /** The default the service or this package applies when the field is left out. */
  readonly defaultsTo?: string;
  /** Of an output: an answer that lacks it says nothing, so that the recorded value stays. */
  readonly keepsRecorded?: boolean;
  /** The document the field comes from. */
  readonly source?: string;
  /** The values of a string that the type may spell out, where the schema itself takes any letter case. */
  readonly values?: readonly string[];
  /** Of an object: two optional fields of which only one may be there. */
  readonly exclusive?: readonly [string, string];
  /** Name of the generated TypeScript interface. */
  readonly typeName?: string;
}

/** Every field's metadata, keyed by its schema. */
export const fields = z.registry<FieldMeta>();

/** Keeps metadata by schema, since checks and comparisons ask for that of each value many times. */
const known = new WeakMap<z.core.$ZodType, FieldMeta | undefined>();

/** Attaches metadata to a schema. Apply it last: refinements and wrappers make new schemas. */
export function field<T extends z.ZodType>(schema: T, meta: FieldMeta): T {
  fields.add(schema, meta);
  known.delete(schema);
  return schema;
}

/** Metadata of a schema, looking through `optional` wrappers, outermost first. */
export function metaOf(schema: z.core.$ZodType): FieldMeta | undefined {
  if (known.has(schema)) return known.get(schema);
  const own = fields.get(schema as z.ZodType);
  const meta = own ?? (schema instanceof z.ZodOptional ? metaOf(schema.unwrap()) : undefined);
  known.set(schema, meta);
  return meta;
}

/** The schema inside any `optional` wrappers. */
export function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional ? unwrap(schema.unwrap()) : schema;
}

/** The schema of one property, or undefined where the object knows none of that name. */
export function propertyOf(schema: z.ZodObject, key: string): z.ZodType | undefined {
  return Object.hasOwn(schema.shape, key) ? (schema.shape[key] as z.ZodType) : undefined;
}
