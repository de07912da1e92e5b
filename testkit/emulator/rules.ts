/** Rules for values that come as data: bodies of requests and of the control API, start-up files. */
import { isObject, type Json, type JsonObject } from "./json";

/** A value that a document forbids: where it is, and what is wrong in words that follow the field's name. */
export class InvalidField extends Error {
  constructor(
    readonly path: string,
    readonly problem: string,
  ) {
    super(`[${path}] ${problem}`);
    this.name = "InvalidField";
  }
}

/** Checks one value; throws {@link InvalidField}. */
export type Rule = (value: Json, path: string) => void;

/** A member of an object with its rule. */
export interface Field {
  readonly rule: Rule;
  readonly required: boolean;
}

/** The problem of an absent mandatory field; the create page words its own example so. */
const MISSING = "is required and cannot be empty.";

export const required = (rule: Rule): Field => ({ rule, required: true });
export const optional = (rule: Rule): Field => ({ rule, required: false });

function fail(path: string, problem: string): never {
  throw new InvalidField(path, problem);
}

/** Refuses an absent or empty value of a field that another field makes mandatory. */
export function demand(object: JsonObject, key: string, path: string): void {
  const value = object[key];
  if (value === undefined || value === "") fail(join(path, key), MISSING);
}

/** Refuses a field that another field rules out. */
export function forbid(object: JsonObject, key: string, path: string, why: string): void {
  if (object[key] !== undefined) fail(join(path, key), why);
}

/** The path of a member, in the dotted form used in messages. */
export function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

/** An object with exactly these members; `also` sees it once every member is valid by itself. */
export function object(
  fields: Record<string, Field>,
  also?: (value: JsonObject, path: string) => void,
): Rule {
  return (value, path) => {
    if (!isObject(value)) fail(path === "" ? "body" : path, "should be an object.");
    for (const key of Object.keys(value)) {
      if (!Object.hasOwn(fields, key)) fail(join(path, key), "is not supported.");
    }
    for (const [key, field] of Object.entries(fields)) {
      const found = value[key];
      if (found !== undefined) field.rule(found, join(path, key));
      else if (field.required) fail(join(path, key), MISSING);
    }
    also?.(value, path);
  };
}

/** Any object, content not looked at. */
export const freeObject: Rule = (value, path) => {
  if (!isObject(value)) fail(path, "should be an object.");
};

/** A map of strings with a number of pairs within bounds. */
export function stringMap(min: number, max: number): Rule {
  return (value, path) => {
    if (!isObject(value)) fail(path, "should be an object.");
    const entries = Object.entries(value);
    if (entries.length < min || entries.length > max) {
      fail(path, `should have ${min} to ${max} key-value pairs.`);
    }
    for (const [key, found] of entries) {
      if (typeof found !== "string") fail(join(path, key), "should be a string.");
    }
  };
}

const entries = (count: number): string => `${count} ${count === 1 ? "entry" : "entries"}`;

/** A list of `min` to `max` entries. */
export function list(rule: Rule, min = 0, max = Infinity): Rule {
  return (value, path) => {
    if (!Array.isArray(value)) fail(path, "should be an array.");
    if (value.length < min) fail(path, min === 1 ? MISSING : `should have at least ${entries(min)}.`);
    if (value.length > max) fail(path, `should have at most ${entries(max)}.`);
    value.forEach((entry, index) => rule(entry, `${path}[${index}]`));
  };
}

/** A {@link list} without equal entries, for numbers and strings. */
export function distinct(rule: Rule, min = 0, max = Infinity): Rule {
  return (value, path) => {
    list(rule, min, max)(value, path);
    if (new Set(value as Json[]).size < (value as Json[]).length) fail(path, "should have no equal entries.");
  };
}

/** A string, optionally bounded in length and shaped by a pattern; length counts characters, not code units. */
export function text(limits: { min?: number; max?: number; pattern?: RegExp } = {}): Rule {
  return (value, path) => {
    if (typeof value !== "string") fail(path, "should be a string.");
    const length = Array.from(value).length;
    if (length < (limits.min ?? 0)) fail(path, MISSING);
    if (limits.max !== undefined && length > limits.max)
      fail(path, `is longer than ${limits.max} characters.`);
    if (limits.pattern !== undefined && !limits.pattern.test(value)) {
      fail(path, `should match the regular expression ${limits.pattern.source}.`);
    }
  };
}

/** A mandatory string is never empty. */
export const someText: Rule = text({ min: 1 });

/** One of a few exact strings; letter case counts. */
export function oneOf(values: readonly string[]): Rule {
  return (value, path) => {
    if (typeof value !== "string" || !values.includes(value)) {
      fail(path, `should be one of [${values.join(", ")}].`);
    }
  };
}

export const bool: Rule = (value, path) => {
  if (typeof value !== "boolean") fail(path, "should be true or false.");
};

export const float: Rule = (value, path) => {
  if (typeof value !== "number" || !Number.isFinite(value)) fail(path, "should be a number.");
};

/** A whole number within optional bounds. */
export function integer(min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER): Rule {
  return (value, path) => {
    if (typeof value !== "number" || !Number.isSafeInteger(value)) fail(path, "should be an integer.");
    if (value < min || value > max) fail(path, `should be between ${min} and ${max}.`);
  };
}
