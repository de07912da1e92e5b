/** Keeps secrets out of messages, wherever a service, a proxy or a runtime repeats them. */
import { toUSVString } from "node:util";
import { isObject } from "./json";

/** Stands in the place of a secret in messages. */
export const MASK = "***";

/** Stands in its place in reports, as in those of the engine. */
export const SECRET = "[secret]";

/** Runs of the characters that a URL in a text may consist of. Searched by hand, so that no long answer costs much time. */
export const WORD = /[^\s"'<>]+/g;

/** Shorter secrets are not looked for in other texts: they would tear holes everywhere. */
export const MIN_FOUND_SECRET = 3;

/** A part of a text that is left out, and what stands there instead. */
interface Cut {
  readonly start: number;
  readonly end: number;
  readonly mask: string;
}

/** The text without these parts. Those that overlap are one: no secret shows because a part of it was left out before. */
function withoutCuts(text: string, cuts: readonly Cut[]): string {
  let kept = "";
  let last: Cut = { start: 0, end: 0, mask: "" };
  for (const cut of [...cuts].sort((a, b) => a.start - b.start)) {
    if (cut.start < last.end) {
      last = { ...last, end: Math.max(last.end, cut.end), mask: last.mask || cut.mask };
    } else {
      kept += last.mask + text.slice(last.end, cut.start);
      last = cut;
    }
  }
  return kept + last.mask + text.slice(last.end);
}

/**
 * Everything from `//` to the last `@`. Cameras are given passwords with slashes and hash signs, so this takes too much (a
 * path with an `@`) rather than too little.
 */
function userInfoOf(url: string): Cut {
  const authority = url.indexOf("//");
  const at = url.lastIndexOf("@");
  return authority < 0 || at < authority
    ? { start: 0, end: 0, mask: "" }
    : { start: authority + 2, end: at + 1, mask: "" };
}

/** Pages and orders say where a list was read, and nothing else. */
const PAGING =
  /^(?:(?:offset|limit|page|page_?(?:size|num))=\d{1,7}|is_paged=true|nocatalog=true|(?:order|order_by|sort_dir)=(?:asc|desc)|sort_(?:by|name|key)=(?:created_at|create_at|publish_at))$/i;

/** User name, password, fragment and the values of query parameters. */
function urlCuts(url: string): readonly Cut[] {
  const userInfo = userInfoOf(url);
  const rest = withoutCuts(url, [userInfo]);
  const length = userInfo.end - userInfo.start;
  const cut = (start: number, end: number, mask: string): Cut => {
    const place = (index: number): number => (index < userInfo.start ? index : index + length);
    return { start: place(start), end: place(end), mask };
  };
  const [address = ""] = rest.split("#", 1);
  const cuts = [userInfo, cut(address.length, rest.length, "")];
  let start = address.indexOf("?") + 1;
  if (start === 0) return cuts;
  for (const pair of address.slice(start).split("&")) {
    // A pair without "=" may be a bare token, so it is masked whole.
    if (!PAGING.test(pair)) cuts.push(cut(start + pair.indexOf("=") + 1, start + pair.length, MASK));
    start += pair.length + 1;
  }
  return cuts;
}

/** A URL without user name, password and fragment, and with the names of its query parameters only. */
export const redactUrl = (text: string): string => withoutCuts(text, urlCuts(text));

/** What every URL in a text must not show. */
function credentialCuts(text: string): readonly Cut[] {
  return [...text.matchAll(WORD)].flatMap(({ 0: word, index }) => {
    const cuts = word.includes("://") ? urlCuts(word) : [userInfoOf(word)];
    return cuts.map(({ start, end, mask }) => ({ start: index + start, end: index + end, mask }));
  });
}

/** The ways a secret may be written in an answer: as it is, in a URL, in a form, inside JSON. */
function spellings(secret: string): readonly string[] {
  const encoded = encodeURIComponent(toUSVString(secret));
  return [secret, encoded, encoded.replaceAll("%20", "+"), JSON.stringify(secret).slice(1, -1)];
}

/** Finds the secrets in texts, however they are spelled there. */
function finder(secrets: readonly string[], mask: string): (text: string) => Cut[] {
  const all = [...new Set(secrets.flatMap(spellings))]
    .filter((secret) => secret !== "")
    .sort((a, b) => a.length - b.length);
  return (text) => {
    const cuts: Cut[] = [];
    for (const secret of all) {
      if (secret.length > text.length) break;
      let start = text.indexOf(secret);
      while (start >= 0) {
        cuts.push({ start, end: start + secret.length, mask });
        start = text.indexOf(secret, start + secret.length);
      }
    }
    return cuts;
  };
}

/** The text without the given secrets, and with every URL in it redacted. */
export const redactText = (text: string, secrets: readonly string[]): string => redactor(secrets)(text);

export type Redact = (text: string) => string;

/** The same for many texts: a batch has thousands of sources, which are prepared for the search once. */
export function redactor(secrets: readonly string[]): Redact {
  // A service may repeat a secret URL without what grants access, or the text may have been redacted before.
  const rests = secrets.map((secret) => withoutCuts(secret, credentialCuts(secret)));
  const find = finder([...secrets, ...rests.filter(({ length }) => length >= MIN_FOUND_SECRET)], MASK);
  return (text) => withoutCuts(text, [...find(text), ...credentialCuts(text)]);
}

/** Makes copies of JSON in whose texts and keys none of the secrets occurs; URLs stay as they are otherwise. */
export function scrubber(secrets: Iterable<string>): <T>(value: T) => T {
  const find = finder(
    [...secrets].filter(({ length }) => length >= MIN_FOUND_SECRET),
    SECRET,
  );
  const hide = (text: string): string => withoutCuts(text, find(text));
  const scrub = (value: unknown): unknown => {
    if (typeof value === "string") return hide(value);
    if (Array.isArray(value)) return value.map(scrub);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [hide(key), scrub(item)]));
  };
  return <T>(value: T): T => scrub(value) as T;
}
