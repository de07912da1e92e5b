/** When two argument values mean the same: letter case, time spellings, order of sets, empty against absent. */
import { z } from "zod";
import { deepEqual, isObject } from "../../common/json";
import { metaOf, unwrap } from "./field";
import { childrenOf, schemaOf, type Child } from "./walk";

/** Absent in meaning: undefined, null, an empty text, list or object. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.values(value).every((item) => item === undefined);
}

/** The same for the value of a field: some objects mean something by being there; others are empty all through. */
export function isAbsent(schema: z.core.$ZodType, value: unknown): boolean {
  if (!isObject(value)) return isEmpty(value);
  if (metaOf(schema)?.presence === true) return false;
  const inner = unwrap(schema);
  if (!(inner instanceof z.ZodObject)) return isEmpty(value);
  return childrenOf(inner, value).every(
    (child) => child.value === undefined || (isObject(child.value) && isAbsent(child.schema, child.value)),
  );
}

/** `08:00` and `08:00:00`, `2021-01-01 08:00:00` and `2021-01-01T08:00:00` are the same time. */
function canonicalTime(value: string): string {
  const match = /^(?:(\d{4}-\d{2}-\d{2})[T ])?(\d{2}:\d{2})(?::(\d{2})(?:\.0+)?)?Z?$/i.exec(value.trim());
  if (match === null) return value;
  const [, date, minutes = "", seconds = "00"] = match;
  return `${date === undefined ? "" : `${date}T`}${minutes}:${seconds}`;
}

/** `+08:00`, `+0800`, `GMT+08:00` and `UTC+8` are the same offset. */
function canonicalOffset(value: string): string {
  const match = /^(?:GMT|UTC)?([+-])(\d{1,2})(?::?(\d{2}))?$/i.exec(value.trim());
  if (match === null) return value;
  const [, sign = "+", hours = "0", minutes = "00"] = match;
  return `${sign}${hours.padStart(2, "0")}:${minutes}`;
}

/** The normal form in which two values are compared. Total: a value of another shape passes as it is. */
export function canonical(schema: z.core.$ZodType, value: unknown): unknown {
  const meta = metaOf(schema);
  if (typeof value === "string") {
    if (meta?.compare === "case-insensitive") return value.toLowerCase();
    if (meta?.compare === "time") return canonicalTime(value);
    if (meta?.compare === "timezone") return canonicalOffset(value);
    return value;
  }
  if (Array.isArray(value)) {
    const items = childrenOf(schema, value).map((child) => canonical(child.schema, child.value));
    return meta?.unordered === true ? sorted(items) : items;
  }
  const inner = schemaOf(schema, value);
  if (!(inner instanceof z.ZodObject)) return value;
  return Object.fromEntries(
    childrenOf(inner, value)
      .filter((child) => !isLeftOut(child))
      .map((child) => [child.part, canonical(child.schema, child.value)]),
  );
}

const isLeftOut = ({ schema, value }: Child): boolean =>
  value === undefined || (schema instanceof z.ZodOptional && isAbsent(schema, value));

/** One order for equal sets, with the keys inside their elements in any order. */
function sorted(items: readonly unknown[]): unknown[] {
  return items
    .map((item): [string, unknown] => [JSON.stringify(item, sortedKeys), item])
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, item]) => item);
}

/** A replacer of `JSON.stringify`: the same text for equal objects. */
export function sortedKeys(_key: string, value: unknown): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether two values of a field mean the same. */
export function equivalent(schema: z.core.$ZodType, a: unknown, b: unknown): boolean {
  if (deepEqual(a, b)) return true;
  if (schema instanceof z.ZodOptional && isAbsent(schema, a) && isAbsent(schema, b)) return true;
  return deepEqual(canonical(schema, a), canonical(schema, b));
}
