/** Plain JSON values, of which arguments, outputs and bodies consist. */

/** Levels of nesting that any value of this package may have; the documented arguments have fewer than ten. */
export const MAX_DEPTH = 100;

export type PropertyMap = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value of an own key: what every object inherits (`constructor`, `__proto__`) is no property of a program. */
export function own(value: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Structural equality; a key with the value undefined equals an absent key, and -0 equals 0 as in JSON. */
export function deepEqual(a: unknown, b: unknown): boolean {
  if (a === b || Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => deepEqual(item, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  return (
    Object.keys(a).every((key) => deepEqual(a[key], own(b, key))) &&
    Object.keys(b).every((key) => Object.hasOwn(a, key) || b[key] === undefined)
  );
}

/** A copy without keys whose value is undefined, at every depth. */
export function withoutUndefined<T>(value: T): T {
  if (Array.isArray(value)) return value.map((item: unknown) => withoutUndefined(item)) as T;
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, withoutUndefined(item)]),
  ) as T;
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the keys whose value is undefined. */
export function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as Defined<T>;
}

export type Path = readonly (string | number)[];

/** A value inside another one. */
interface Place {
  readonly value: unknown;
  readonly path: Path;
}

/**
 * All values inside one, itself included. Without recursion, since it may be deeper than the stack.
 *
 * @param isOpened whether the values inside that one follow; by default always
 */
export function* placesIn(
  root: unknown,
  isOpened: (value: unknown, path: Path) => boolean = () => true,
): Generator<Place> {
  const left: Place[] = [{ value: root, path: [] }];
  for (let place = left.pop(); place !== undefined; place = left.pop()) {
    yield place;
    const { value, path } = place;
    if (typeof value !== "object" || value === null || !isOpened(value, path)) continue;
    const parts = Array.isArray(value) ? value.entries() : Object.entries(value);
    for (const [part, item] of parts) left.push({ value: item as unknown, path: [...path, part] });
  }
}

/** A property path as Pulumi prints it: `input.data[0].url`, `config["my key"]`. */
export function formatPath(path: Path): string {
  return path
    .map((part, index) => {
      if (typeof part === "number") return `[${part}]`;
      if (!/^[A-Za-z_$][\w$]*$/.test(part)) return `[${JSON.stringify(part)}]`;
      return index === 0 ? part : `.${part}`;
    })
    .join("");
}

export function getAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((current, part) => {
    if (Array.isArray(current)) return typeof part === "number" ? (current as unknown[])[part] : undefined;
    return isObject(current) ? own(current, String(part)) : undefined;
  }, value);
}

/** A copy with another value at a path. A value whose surroundings are not there has no place: all stays as it is. */
export function setAt(value: unknown, path: Path, item: unknown): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return item;
  if (Array.isArray(value)) {
    return value.map((old: unknown, index) => (index === part ? setAt(old, rest, item) : old));
  }
  if (!isObject(value) || (rest.length > 0 && !Object.hasOwn(value, part))) return value;
  return { ...value, [part]: setAt(value[part], rest, item) };
}
