/** Keeps secrets out of messages, wherever a service, a proxy or a runtime repeats them. */
import { toUSVString } from "node:util";
import { isObject } from "./json";

/** What stands in the place of a secret in messages. */
export const MASK = "***";

/** What stands in its place in reports, as in those of the engine. */
export const SECRET = "[secret]";

/** Keys whose string values are secret in any request body (`vcn.password`, credentials of IAM). */
const SECRET_KEY = /password|passwd|passcode|secret|token/i;

/** Runs of what a URL in a text may consist of. Looked through by hand, so that no long answer costs much time. */
const WORD = /[^\s"'<>]+/g;
const URL_WITH_USER_INFO = /^[a-z][a-z0-9+.-]*:\/\/(.*)@/is;

/** Shorter secrets are not looked for in other texts: they would tear holes everywhere. */
const MIN_FOUND_SECRET = 3;

/**
 * Drops everything from `//` to the last `@`. Cameras are given passwords with slashes and hash signs, so this takes
 * too much (a path with an `@`) rather than too little.
 */
function withoutUserInfo(url: string): string {
  const authority = url.indexOf("//");
  const at = url.lastIndexOf("@");
  return authority < 0 || at < authority ? url : `${url.slice(0, authority)}//${url.slice(at + 1)}`;
}

/** A URL without user name, password and fragment, and with the names of its query parameters only. */
export function redactUrl(text: string): string {
  const [address = ""] = withoutUserInfo(text).split("#", 1);
  const mark = address.indexOf("?");
  if (mark < 0) return address;
  const pairs = address.slice(mark + 1).split("&");
  // A pair without "=" may be a bare token, so it is masked whole.
  const masked = pairs.map((pair) =>
    pair.includes("=") ? `${pair.slice(0, pair.indexOf("="))}=${MASK}` : MASK,
  );
  return `${address.slice(0, mark)}?${masked.join("&")}`;
}

/** The ways a secret may be written in an answer: as it is, in a URL, in a form, inside JSON. */
function spellings(secret: string): readonly string[] {
  const encoded = encodeURIComponent(toUSVString(secret));
  return [secret, encoded, encoded.replaceAll("%20", "+"), JSON.stringify(secret).slice(1, -1)];
}

/** Replaces the secrets in texts, however they are spelled there. */
function hider(secrets: readonly string[], mask: string): (text: string) => string {
  const all = [...new Set(secrets.flatMap(spellings))].filter((secret) => secret !== "");
  // Longest first: a secret that contains another one must not leave its rest behind.
  all.sort((a, b) => b.length - a.length);
  return (text) => all.reduce((current, secret) => current.replaceAll(secret, mask), text);
}

/** The text without the given secrets, and with every URL in it redacted. */
export function redactText(text: string, secrets: readonly string[]): string {
  return hider(
    secrets,
    MASK,
  )(text).replace(WORD, (word) => (word.includes("://") ? redactUrl(word) : withoutUserInfo(word)));
}

/** Makes copies of JSON in whose texts and keys none of the secrets occurs; URLs stay as they are otherwise. */
export function scrubber(secrets: Iterable<string>): <T>(value: T) => T {
  const hide = hider(
    [...secrets].filter(({ length }) => length >= MIN_FOUND_SECRET),
    SECRET,
  );
  const scrub = (value: unknown): unknown => {
    if (typeof value === "string") return hide(value);
    if (Array.isArray(value)) return value.map(scrub);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [hide(key), scrub(item)]));
  };
  return <T>(value: T): T => scrub(value) as T;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

function secretsOfUrl(text: string): readonly string[] {
  const [, userInfo] = URL_WITH_USER_INFO.exec(text) ?? [];
  const password = userInfo?.slice(userInfo.indexOf(":") + 1);
  const query = URL.canParse(text) ? [...new URL(text).searchParams] : [];
  const parameters = query.filter(([name]) => SECRET_KEY.test(name)).map(([, value]) => value);
  return userInfo === undefined || password === undefined
    ? parameters
    : [userInfo, password, decoded(password), ...parameters];
}

function collect(value: unknown, key: string, found: Set<string>): void {
  if (typeof value === "string") {
    const secrets = key === "headers" || SECRET_KEY.test(key) ? [value] : secretsOfUrl(value);
    for (const secret of secrets) if (secret.length >= MIN_FOUND_SECRET) found.add(secret);
  } else if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) collect(item, key, found);
  } else if (isObject(value)) {
    // Every value of a `headers` object is taken for a secret, whatever its name.
    for (const [name, item] of Object.entries(value)) collect(item, key === "headers" ? key : name, found);
  }
}

/** A copy of a JSON value without secrets: those given, those in URLs, and those that their key tells to be some. */
export function maskedJson(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === "string") return redactText(value, secrets);
  if (Array.isArray(value)) return value.map((item: unknown) => maskedJson(item, secrets));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => {
    // Free maps may have any text for a key, so keys are looked through too.
    const name = redactText(key, secrets);
    if (key === "headers") return [name, maskedLeaves(item)] as const;
    return [name, SECRET_KEY.test(key) ? maskedSecret(item, secrets) : maskedJson(item, secrets)] as const;
  });
  return Object.fromEntries(entries);
}

/** IAM's answer has an object under `token`, which itself is not there. */
function maskedSecret(value: unknown, secrets: readonly string[]): unknown {
  return isObject(value) ? maskedJson(value, secrets) : maskedLeaves(value);
}

function maskedLeaves(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskedLeaves);
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskedLeaves(item)]));
  }
  return value === null ? null : MASK;
}

/** The secrets of a request body: a service may repeat them when it complains about a field. */
export function secretsOf(body: unknown): readonly string[] {
  const found = new Set<string>();
  collect(body, "", found);
  return [...found];
}
