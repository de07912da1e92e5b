/** Which values of a resource are known to be sensitive, by the schema and not by what the program marked. */
import { z } from "zod";
import { isObject, type Path } from "../../common/json";
import { hasCredentials, tellsCredentials } from "../../common/redaction";
import { metaOf, type FieldMeta } from "./field";
import { childrenOf, schemaOf } from "./walk";

export { hasCredentials };

/** Paths of the sensitive leaves of a value. Total: what does not fit the schema is passed over. */
export function secretPaths(
  schema: z.core.$ZodType,
  value: unknown,
  path: Path = [],
  inherited?: FieldMeta["secret"],
): Path[] {
  const secret = metaOf(schema)?.secret ?? inherited;
  if (typeof value === "string") {
    return isSecret(value, secret) ? [path] : [];
  }
  const inner = schemaOf(schema, value);
  if (inner instanceof z.ZodDiscriminatedUnion && isObject(value)) {
    // Without a known type the value may be any of them: whatever one of them calls secret is secret.
    return inner.options.flatMap((candidate) => secretPaths(candidate, value, path, secret));
  }
  return childrenOf(inner, value).flatMap((child) =>
    secretPaths(child.schema, child.value, [...path, child.part], secret),
  );
}

/** What is a URL as a whole may have no scheme; any other text may hold some. */
function isSecret(text: string, secret: FieldMeta["secret"]): boolean {
  if (secret === undefined) return tellsCredentials(text);
  return secret === "value" || hasCredentials(text);
}
