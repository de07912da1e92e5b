/**
 * Drift: the service's report, in the program's own spelling and on the program's own keys.
 *
 * A field that means the same stays as the program wrote it. Members that the service added do not appear. Values that
 * no read returns, or only masked, stay as recorded.
 */
import { z } from "zod";
import { deepEqual, isObject, own } from "../../common/json";
import { metaOf, type FieldMeta } from "../schema/field";
import { schemaOf } from "../schema/walk";
import { equivalent, isAbsent, isEmpty } from "../schema/equivalence";

/** Services print a withheld value as asterisks, or leave it out (docs/api-notes.md, "Write-only and masked values"). */
const MASK = /^\*+$|\*{3,}/;

/** `secret` says that this value, or a map around it, may come back masked. */
export function isMasked(live: unknown, secret: FieldMeta["secret"]): boolean {
  if (secret === "value" && (live === "" || live === null)) return true;
  return secret !== undefined && typeof live === "string" && MASK.test(live);
}

/** Whether the live value is masked and may be the recorded one: a mask in a longer text hides only itself. */
function isHidden(recorded: unknown, live: unknown, secret: FieldMeta["secret"]): boolean {
  if (!isMasked(live, secret)) return false;
  if (typeof live !== "string" || typeof recorded !== "string") return true;
  const [start = "", ...others] = live.split(MASK);
  const end = others.pop() ?? "";
  if (recorded.length < start.length + end.length) return false;
  if (!recorded.startsWith(start) || !recorded.endsWith(end)) return false;
  let place = start.length;
  return others.every((part) => {
    const found = recorded.indexOf(part, place);
    place = found + part.length;
    return found >= 0 && place <= recorded.length - end.length;
  });
}

/**
 * @param schema the field's schema
 * @param recorded its value in the state
 * @param live its value at the service, undefined when the answer lacks it
 * @returns the value to record now; `recorded` itself where nothing drifted
 */
export function project(
  schema: z.core.$ZodType,
  recorded: unknown,
  live: unknown,
  inherited?: FieldMeta["secret"],
): unknown {
  const meta = metaOf(schema);
  const secret = meta?.secret ?? inherited;
  if (meta?.writeOnly !== undefined || isHidden(recorded, live, secret)) return recorded;
  if (isAbsent(schema, live)) {
    if (meta?.implied === true) return recorded;
    // A required field cannot be absent at the service, nor a required secret empty: the answer withholds it.
    if (!(schema instanceof z.ZodOptional) && (live === undefined || secret !== undefined)) return recorded;
    if (isAbsent(schema, recorded)) return recorded;
    return live === undefined || schema instanceof z.ZodOptional ? undefined : live;
  }
  if (recorded === undefined) return live;
  if (equivalent(schema, recorded, live)) return recorded;
  const inner = schemaOf(schema, recorded);
  if (inner !== schemaOf(schema, live)) return live;
  if (inner instanceof z.ZodObject && isObject(recorded) && isObject(live)) {
    return projectObject(inner, recorded, live, secret);
  }
  if (inner instanceof z.ZodRecord && isObject(recorded) && isObject(live)) {
    return projectMap(recorded, live, secret, meta?.ownKeysOnly === true);
  }
  if (inner instanceof z.ZodArray && Array.isArray(recorded) && Array.isArray(live)) {
    return meta?.unordered === true
      ? projectSet(inner.element, recorded, live)
      : projectList(inner.element, recorded, live, secret);
  }
  return live;
}

function projectObject(
  schema: z.ZodObject,
  recorded: Record<string, unknown>,
  live: Record<string, unknown>,
  secret: FieldMeta["secret"],
): Record<string, unknown> {
  const result: Record<string, unknown> = { ...recorded };
  for (const [key, child] of Object.entries(schema.shape) as [string, z.ZodType][]) {
    if (recorded[key] === undefined && metaOf(child)?.observedWhenUnset !== true) continue;
    const value = project(child, recorded[key], live[key], secret);
    if (value === undefined) Reflect.deleteProperty(result, key);
    else result[key] = value;
  }
  return deepEqual(result, recorded) ? recorded : result;
}

/** A free map: values are compared as JSON. `ownKeysOnly` leaves out keys that the service added. */
function projectMap(
  recorded: Record<string, unknown>,
  live: Record<string, unknown>,
  secret: FieldMeta["secret"],
  ownKeysOnly: boolean,
): Record<string, unknown> {
  // Names of headers have no letter case; only they are secret maps.
  const spelling = new Map(Object.keys(recorded).map((key) => [key.toLowerCase(), key]));
  const spelled = Object.entries(live).map(([key, item]): [string, unknown] => {
    const spelt =
      secret === "value" && !Object.hasOwn(recorded, key) ? spelling.get(key.toLowerCase()) : undefined;
    return [spelt ?? key, item];
  });
  const without = Object.entries(recorded).filter(([, item]) => isEmpty(item));
  const entries = Object.fromEntries([...without, ...spelled]);
  const keys = Object.keys(entries).filter((key) => Object.hasOwn(recorded, key) || !ownKeysOnly);
  const result = Object.fromEntries(
    keys.map((key) => [
      key,
      isHidden(own(recorded, key), own(entries, key), secret)
        ? (own(recorded, key) ?? own(entries, key))
        : projectJson(own(recorded, key), own(entries, key), ownKeysOnly),
    ]),
  );
  return deepEqual(result, recorded) ? recorded : result;
}

function projectJson(recorded: unknown, live: unknown, ownKeysOnly: boolean): unknown {
  if (isEmpty(recorded) && isEmpty(live)) return recorded;
  if (!ownKeysOnly || !isObject(recorded) || !isObject(live))
    return deepEqual(recorded, live) ? recorded : live;
  return projectMap(recorded, live, undefined, true);
}

/**
 * An element that only moved keeps its own recorded value, write-only parts included; one that is new is compared
 * with what stood in its place, unless that is elsewhere now.
 */
function projectList(
  element: z.core.$ZodType,
  recorded: readonly unknown[],
  live: readonly unknown[],
  secret: FieldMeta["secret"],
): unknown[] {
  const isSame = (index: number, item: unknown): boolean =>
    index < recorded.length && equivalent(element, recorded[index], item);
  const places = live.map((item, index) =>
    isSame(index, item) ? index : recorded.findIndex((_, other) => isSame(other, item)),
  );
  return live.map((item, index) => {
    const place = places[index] ?? -1;
    if (place >= 0) return recorded[place];
    return project(element, places.includes(index) ? undefined : recorded[index], item, secret);
  });
}

/** Elements that mean the same keep the program's spelling and order; new ones follow. */
function projectSet(
  element: z.core.$ZodType,
  recorded: readonly unknown[],
  live: readonly unknown[],
): unknown[] {
  const left = [...live];
  const kept = recorded.filter((item) => {
    const index = left.findIndex((candidate) => equivalent(element, item, candidate));
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  });
  return [...kept, ...left];
}
