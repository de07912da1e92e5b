/** Paths of properties, and changes that are ignored. */
import { deepCopy, isMap, type PropertyMap, type PropertyValue, Secret } from "./property-value";

/** A path into properties; `"*"` matches every element. */
export type PropertyPath = readonly (string | number)[];

const PLAIN_KEY = /^[A-Za-z0-9_]+$/;

/** Writes a path in Pulumi's syntax, e.g. `input.data[0]["a key"]`. */
export function formatPath(path: PropertyPath): string {
  return path
    .map((element, index) => {
      if (typeof element === "number") return `[${element}]`;
      if (!PLAIN_KEY.test(element)) return `["${element.replaceAll('"', '\\"')}"]`;
      return index === 0 ? element : `.${element}`;
    })
    .join("");
}

const PATH_TOKEN = /\.?\["((?:\\"|[^"])*)"\]|\.?\[(\d+|\*)\]|\.?([^.[]+)/y;

/** Reads a path; undefined when it is not one. */
export function parsePath(text: string): PropertyPath | undefined {
  const path: (string | number)[] = [];
  PATH_TOKEN.lastIndex = 0;
  while (PATH_TOKEN.lastIndex < text.length) {
    const match = PATH_TOKEN.exec(text);
    if (match === null) return undefined;
    const [, quoted, index, plain] = match;
    if (quoted !== undefined) path.push(quoted.replaceAll('\\"', '"'));
    else if (index !== undefined) path.push(index === "*" ? "*" : Number(index));
    else path.push(plain ?? "");
  }
  return path;
}

/** Whether `other` is at or below `path`. */
export function containsPath(path: PropertyPath, other: PropertyPath): boolean {
  return (
    other.length >= path.length && path.every((element, index) => element === "*" || element === other[index])
  );
}

/**
 * A copy of `news` in which every ignored path has its old value again. Paths that lead into elements which were
 * added or removed cannot be ignored; they are listed.
 */
export function ignoreChanges(
  news: PropertyMap,
  olds: PropertyMap,
  paths: readonly string[],
): { readonly inputs: PropertyMap; readonly invalid: string[] } {
  const inputs = deepCopy(news);
  const invalid = paths.filter((text) => {
    const path = parsePath(text);
    return path !== undefined && path.length > 0 && !reset(path, secretFree(olds), secretFree(inputs));
  });
  return { inputs, invalid };
}

interface Side {
  readonly value: PropertyValue | undefined;
  readonly secret: boolean;
}

function secretFree(value: PropertyValue | undefined, secret = false): Side {
  return value instanceof Secret ? secretFree(value.element, true) : { value, secret };
}

/** Writes the old value into the new one at the path; false when the two do not have the path in common. */
function reset(path: PropertyPath, old: Side, fresh: Side): boolean {
  const [key, ...rest] = path;
  if (key === undefined) return false;
  if (key === "*") return resetAll(rest, old, fresh);
  return typeof key === "number" ? resetIndex(key, rest, old, fresh) : resetKey(key, rest, old, fresh);
}

/** An old value keeps its secrecy when it moves into a container that is not secret itself. */
function carried(value: PropertyValue, old: Side, fresh: Side): PropertyValue {
  const copy = deepCopy(value);
  return old.secret && !fresh.secret && !(copy instanceof Secret) ? new Secret(copy) : copy;
}

function resetIndex(index: number, rest: PropertyPath, old: Side, fresh: Side): boolean {
  if (!Array.isArray(old.value) || !Array.isArray(fresh.value)) {
    return !Array.isArray(old.value) && !Array.isArray(fresh.value);
  }
  const inOld = index < old.value.length;
  const inFresh = index < fresh.value.length;
  if (!inOld || !inFresh) return rest.length === 0 && !inOld && !inFresh;
  if (rest.length === 0) {
    fresh.value[index] = carried(old.value[index] ?? null, old, fresh);
    return true;
  }
  return reset(rest, secretFree(old.value[index], old.secret), secretFree(fresh.value[index], fresh.secret));
}

function resetKey(key: string, rest: PropertyPath, old: Side, fresh: Side): boolean {
  const oldMap = isMap(old.value) ? old.value : undefined;
  const freshMap = isMap(fresh.value) ? fresh.value : undefined;
  const before = oldMap?.[key];
  if (rest.length === 0) {
    if (before === undefined) {
      if (freshMap !== undefined) Reflect.deleteProperty(freshMap, key);
      return true;
    }
    if (freshMap === undefined) return false;
    freshMap[key] = carried(before, old, fresh);
    return true;
  }
  if (oldMap === undefined || freshMap === undefined) return oldMap === undefined && freshMap === undefined;
  const after = freshMap[key];
  if (before !== undefined && after === undefined) return false;
  if (before === undefined && after === undefined) return true;
  return reset(rest, secretFree(before, old.secret), secretFree(after, fresh.secret));
}

function resetAll(rest: PropertyPath, old: Side, fresh: Side): boolean {
  if (Array.isArray(fresh.value)) {
    if (!Array.isArray(old.value)) return rest.length === 0;
    const shared = Math.min(old.value.length, fresh.value.length);
    for (let index = 0; index < shared; index++) {
      if (!resetIndex(index, rest, old, fresh)) return false;
    }
    return old.value.length === fresh.value.length;
  }
  if (!isMap(fresh.value)) return false;
  if (!isMap(old.value)) return rest.length === 0;
  const keys = new Set(Object.keys(old.value));
  if (rest.length === 0) Object.keys(fresh.value).forEach((key) => keys.add(key));
  for (const key of keys) {
    if (rest.length > 0 && fresh.value[key] === undefined) return false;
    if (!resetKey(key, rest, old, fresh)) return false;
  }
  return true;
}
