/** Which values of a resource are known to be sensitive, by the schema and not by what the program marked. */
import { z } from "zod";
import { isObject, type Path } from "../../common/json";
import { hasCredentials, tellsCredentials } from "../../common/redaction";
import { metaOf, propertyOf, unionOption, unwrap, type FieldMeta } from "./field";

export { hasCredentials };

/** Paths of the sensitive leaves of a value. Total: what does not fit the schema is passed over. */
export function secretPaths(
  schema: z.core.$ZodType,
  value: unknown,
  path: Path = [],
  inherited?: FieldMeta["secret"],
): Path[] {
  const secret = metaOf(schema)?.secret ?? inherited;
  const inner = unwrap(schema);
  if (typeof value === "string") {
    return isSecret(value, secret) ? [path] : [];
  }
  if (Array.isArray(value)) {
    const element = inner instanceof z.ZodArray ? inner.element : z.unknown();
    return value.flatMap((item, index) => secretPaths(element, item, [...path, index], secret));
  }
  if (!isObject(value)) return [];
  if (inner instanceof z.ZodDiscriminatedUnion) {
    // Without a known type the value may be any of them: whatever one of them calls secret is secret.
    const option = unionOption(inner, value);
    const options = option === undefined ? inner.options : [option];
    return options.flatMap((candidate) => secretPaths(candidate, value, path, secret));
  }
  return Object.entries(value).flatMap(([key, item]) => {
    const child = inner instanceof z.ZodObject ? propertyOf(inner, key) : undefined;
    return secretPaths(child ?? z.unknown(), item, [...path, key], secret);
  });
}

/** What is a URL as a whole may have no scheme; any other text may hold some. */
function isSecret(text: string, secret: FieldMeta["secret"]): boolean {
  if (secret === undefined) return tellsCredentials(text);
  return secret === "value" || hasCredentials(text);
}
