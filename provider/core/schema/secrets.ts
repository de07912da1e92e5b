/** Finds the values of a resource that the schema, not the program, calls sensitive. */
import { z } from "zod";
import { isObject, type Path } from "../../common/json";
import { hasCredentials, tellsCredentials } from "../../common/secrets";
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
  if (typeof value !== "object" || value === null) return [];
  const inner = schemaOf(schema, value);
  if (inner instanceof z.ZodDiscriminatedUnion && isObject(value)) {
    // Without a known type the value may be any of them: a value that one of them calls secret is secret.
    return inner.options.flatMap((candidate) => secretPaths(candidate, value, path, secret));
  }
  return childrenOf(inner, value).flatMap((child) =>
    secretPaths(child.schema, child.value, [...path, child.part], secret),
  );
}

/** A URL field may have no scheme; any other text may hold some URLs. */
function isSecret(text: string, secret: FieldMeta["secret"]): boolean {
  if (secret === undefined) return tellsCredentials(text);
  return secret === "value" || hasCredentials(text);
}
