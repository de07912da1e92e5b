/** Which values of a resource are known to be sensitive, by the schema and not by what the program marked. */
import { z } from "zod";
import { isObject, type Path } from "../common/json";
import { metaOf, unionOption, unwrap, type FieldMeta } from "../schemas/field";

/** Cameras and storage services spell such parameters in many ways: `pwd`, `loginpas`, `sig`, `X-Amz-Signature`. */
const CREDENTIAL_PARAMETER =
  /[?&;#][^=&;#]*(?:token|secret|pas|pwd|sig|credential|api_?key|access_?key|auth)[^=&;#]*=[^&;#]/i;

/** Passwords of cameras contain slashes and question marks: a path with an `@` is rather taken for one, too. */
const USER_INFO = /\/\/.*@/s;

/** Whether a URL carries user name and password, or a parameter that grants access. */
export function hasCredentials(url: string): boolean {
  return USER_INFO.test(url) || CREDENTIAL_PARAMETER.test(url);
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
