/** Which values of a resource are known to be sensitive, by the schema and not by what the program marked. */
import { z } from "zod";
import { isObject, type Path } from "../common/json";
import { metaOf, unionOption, unwrap, type FieldMeta } from "../schemas/field";

const CREDENTIAL_PARAMETER =
  /(?:^|[?&;])[^=&]*(?:token|secret|passw|signature|credential|apikey|api_key|access_?key|auth)[^=&]*=[^&]/i;

/** Whether a URL carries user name and password, or a query parameter that grants access. */
export function hasCredentials(url: string): boolean {
  const [beforeQuery = "", ...query] = url.split("?");
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/]*)/i.exec(beforeQuery)?.[1] ?? "";
  return authority.includes("@") || CREDENTIAL_PARAMETER.test(`?${query.join("?")}`);
}

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
    return secret === "value" || (secret === "url" && hasCredentials(value)) ? [path] : [];
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
  const shape = inner instanceof z.ZodObject ? inner.shape : {};
  return Object.entries(value).flatMap(([key, item]) =>
    secretPaths((shape[key] ?? z.unknown()) as z.ZodType, item, [...path, key], secret),
  );
}
