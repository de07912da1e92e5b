/** Masks the secrets of a body for the request log. */
import { isObject, type Json, type JsonObject } from "./json";

/** Placeholder of a secret in the request log. */
export const MASK = "******";

/** Members whose values are secret wherever they occur in a body. */
const SECRET_KEYS = new Set(["password", "passcode", "secret", "token", "securitytoken"]);

/** Userinfo in a URL; the scheme is bounded, or long texts would take a time that grows with their square. */
const USERINFO = /(\w{1,30}:\/\/)[^/?#@\s]+@/g;

/** A copy without secrets: passwords, tokens, header values, credentials in URLs. */
export function masked(value: Json): Json {
  if (typeof value === "string") return value.replace(USERINFO, `$1${MASK}@`);
  if (Array.isArray(value)) return value.map(masked);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, found]) => [key, maskedMember(key.toLowerCase(), found)]),
  );
}

function maskedMember(key: string, value: Json): Json {
  if (SECRET_KEYS.has(key) && !isObject(value)) return MASK;
  // The method "token" of IAM has an object with the token as its id.
  if ((key === "headers" || key === "token") && isObject(value)) return maskedMap(value);
  return masked(value);
}

function maskedMap(map: JsonObject): JsonObject {
  return Object.fromEntries(Object.keys(map).map((key) => [key, MASK]));
}
