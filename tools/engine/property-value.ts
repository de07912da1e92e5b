/** Values as JSON: on the gRPC wire inside `google.protobuf.Struct`, and in the state file. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A JSON object. */
export type JsonMap = Record<string, Json>;

/** A resource property as the engine holds it: JSON plus the special values, decoded from their envelopes. */
export type PropertyValue =
  | null
  | boolean
  | number
  | string
  | PropertyValue[]
  | PropertyMap
  | Secret
  | Unknown
  | Asset
  | ResourceReference;

/** The properties of a resource. A key whose value is null counts as absent wherever maps are compared. */
export interface PropertyMap {
  [key: string]: PropertyValue;
}

/** A value that is encrypted in the state and never shown. */
export class Secret {
  constructor(readonly element: PropertyValue) {}
}

/** A value that a preview cannot know. There is one instance: `UNKNOWN`. */
export class Unknown {
  readonly unknown = true;
}

export const UNKNOWN = new Unknown();

/** An asset or archive. Its fields are passed on as they came, with a content hash where one can be computed. */
export class Asset {
  constructor(readonly fields: JsonMap) {}
}

/** A reference to another resource; `id` is undefined for components. */
export class ResourceReference {
  constructor(
    readonly urn: string,
    readonly id: string | Unknown | undefined,
    readonly packageVersion: string | undefined,
  ) {}
}

/** Whether the value is a plain object, not one of the special values. */
export function isMap(value: PropertyValue | undefined): value is PropertyMap {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Secret) &&
    !(value instanceof Unknown) &&
    !(value instanceof Asset) &&
    !(value instanceof ResourceReference)
  );
}

/** Whether any value below, this one included, satisfies the test. */
function some(value: PropertyValue, test: (value: PropertyValue) => boolean): boolean {
  if (test(value)) return true;
  if (value instanceof Secret) return some(value.element, test);
  if (value instanceof ResourceReference) return value.id instanceof Unknown && test(value.id);
  if (Array.isArray(value)) return value.some((element) => some(element, test));
  return isMap(value) && Object.values(value).some((element) => some(element, test));
}

export function containsSecrets(value: PropertyValue): boolean {
  return some(value, (inner) => inner instanceof Secret);
}

export function containsUnknowns(value: PropertyValue): boolean {
  return some(value, (inner) => inner instanceof Unknown);
}

/** A copy without secret marks, so that only plain values are compared. */
export function withoutSecrets(value: PropertyMap): PropertyMap;
export function withoutSecrets(value: PropertyValue): PropertyValue;
export function withoutSecrets(value: PropertyValue): PropertyValue {
  if (value instanceof Secret) return withoutSecrets(value.element);
  if (Array.isArray(value)) return value.map((element) => withoutSecrets(element));
  return isMap(value) ? mapValues(value, (element) => withoutSecrets(element)) : value;
}

/** A copy that shares no array and no object with the original. */
export function deepCopy(value: PropertyMap): PropertyMap;
export function deepCopy(value: PropertyValue): PropertyValue;
export function deepCopy(value: PropertyValue): PropertyValue {
  if (value instanceof Secret) return new Secret(deepCopy(value.element));
  if (Array.isArray(value)) return value.map((element) => deepCopy(element));
  return isMap(value) ? mapValues(value, (element) => deepCopy(element)) : value;
}

export function mapValues(map: PropertyMap, change: (value: PropertyValue) => PropertyValue): PropertyMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}

/** Equality as the engine defines it: null and absent keys are the same, a secret equals only a secret. */
export function deepEquals(left: PropertyValue, right: PropertyValue): boolean {
  if (Array.isArray(left)) {
    return (
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((element, index) => deepEquals(element, right[index] ?? null))
    );
  }
  if (left instanceof Secret) return right instanceof Secret && deepEquals(left.element, right.element);
  if (left instanceof Unknown) return right instanceof Unknown;
  if (left instanceof Asset) return right instanceof Asset && sameAsset(left, right);
  if (left instanceof ResourceReference) {
    return right instanceof ResourceReference && left.urn === right.urn && left.id === right.id;
  }
  if (isMap(left)) return isMap(right) && mapsEqual(left, right);
  return left === right;
}

function mapsEqual(left: PropertyMap, right: PropertyMap): boolean {
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].every((key) => deepEquals(left[key] ?? null, right[key] ?? null));
}

function sameAsset(left: Asset, right: Asset): boolean {
  if (left.fields["hash"] !== undefined && left.fields["hash"] !== "") {
    return left.fields["hash"] === right.fields["hash"];
  }
  return JSON.stringify(left.fields) === JSON.stringify(right.fields);
}

/** Placeholder of a secret in records, diagnostics and events. */
const SECRET_MARK = "[secret]";

/** Placeholder of an unknown value there. */
const UNKNOWN_MARK = "[unknown]";

/** The value as plain JSON for people and assertions; with `reveal`, secrets appear in plain text. */
export function toPlain(value: PropertyMap, reveal?: boolean): JsonMap;
export function toPlain(value: PropertyValue, reveal?: boolean): Json;
export function toPlain(value: PropertyValue, reveal = false): Json {
  if (value instanceof Secret) return reveal ? toPlain(value.element, reveal) : SECRET_MARK;
  if (value instanceof Unknown) return UNKNOWN_MARK;
  if (value instanceof Asset) return value.fields;
  if (value instanceof ResourceReference) {
    const id = value.id instanceof Unknown ? UNKNOWN_MARK : value.id;
    return { urn: value.urn, ...(id === undefined ? {} : { id }) };
  }
  if (Array.isArray(value)) return value.map((element) => toPlain(element, reveal));
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, element]) => [key, toPlain(element, reveal)]));
}
