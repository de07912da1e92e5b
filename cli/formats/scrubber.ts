/** Takes secrets out of what is printed, wherever they are repeated. */
import { toUSVString } from "node:util";
import { isObject } from "../../provider/common/json";

/** What stands in the place of a secret. */
export const SECRET = "[secret]";

/** Shorter secrets are hidden where they stand, but not looked for in other texts: they would tear holes everywhere. */
const MIN_FOUND_SECRET = 3;

/** The ways a secret may be written in a text: as it is, in a URL, inside JSON. */
function spellings(secret: string): string[] {
  return [secret, encodeURIComponent(toUSVString(secret)), JSON.stringify(secret).slice(1, -1)];
}

/** A copy of a JSON value in whose texts and keys none of the secrets occurs. */
export function scrubber(secrets: Iterable<string>): (value: unknown) => unknown {
  const texts = [
    ...new Set([...secrets].filter((text) => text.length >= MIN_FOUND_SECRET).flatMap(spellings)),
  ];
  // Longest first: a secret that contains another one must not leave its rest behind.
  texts.sort((a, b) => b.length - a.length);
  const scrubText = (text: string): string =>
    texts.reduce((current, secret) => current.replaceAll(secret, () => SECRET), text);
  const scrub = (value: unknown): unknown => {
    if (typeof value === "string") return scrubText(value);
    if (Array.isArray(value)) return value.map(scrub);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [scrubText(key), scrub(item)]));
  };
  return texts.length === 0 ? (value) => value : scrub;
}
