/** Changes of the engine to property values between a provider and the state. */
import { isDeepStrictEqual } from "node:util";

export type Props = Record<string, unknown>;

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** A string that a preview does not know yet. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function isProps(value: unknown): value is Props {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isSecret(value: unknown): value is { value: unknown } & Props {
  return isProps(value) && value[SIGNATURE] === SECRET;
}

export const secret = (value: unknown): Props => ({ [SIGNATURE]: SECRET, value });

/** Whether a value is a secret or holds one. */
export function holdsSecret(value: unknown): boolean {
  if (isSecret(value)) return true;
  if (Array.isArray(value)) return value.some(holdsSecret);
  return isProps(value) && Object.values(value).some(holdsSecret);
}

/** The values that a provider sees that does not accept secrets. */
export function plain(value: unknown): Props {
  return stripped(value) as Props;
}

function stripped(value: unknown): unknown {
  if (isSecret(value)) return stripped(value.value);
  if (Array.isArray(value)) return value.map(stripped);
  if (!isProps(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, stripped(item)]));
}

/**
 * Marks what came back under the same key as a secret that went in. Objects are followed; an array that went in
 * with a secret comes back as one secret, around whatever envelopes it already has.
 */
export function annotate(returned: Props, reference: Props): Props {
  const marked = Object.entries(returned).map(([key, value]): [string, unknown] => {
    const before = reference[key];
    if (isObject(value) && isObject(before)) return [key, annotate(value, before)];
    return [key, !isSecret(value) && holdsSecret(before) ? secret(value) : value];
  });
  return Object.fromEntries(marked);
}

const isObject = (value: unknown): value is Props => isProps(value) && !isSecret(value);

/** Paths that differ for the engine, which opens all secrets before it compares inputs. */
export function changedPaths(before: unknown, after: unknown, path = ""): string[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isSecret(before)) return changedPaths(before.value, after, path);
  if (isSecret(after)) return changedPaths(before, after.value, path);
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => changedPaths(before[key], after[key], path === "" ? key : `${path}.${key}`));
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const longest = before.length > after.length ? before : after;
    return [...longest.keys()].flatMap((index) =>
      changedPaths(before[index], after[index], `${path}[${index}]`),
    );
  }
  return [path];
}

/** Every text inside a value, secrets left out. */
export function visibleTexts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (isSecret(value)) return [];
  if (Array.isArray(value)) return value.flatMap(visibleTexts);
  return isProps(value) ? Object.values(value).flatMap(visibleTexts) : [];
}
