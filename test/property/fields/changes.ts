/** The changes that another client could make to each field, and where they show. */
import { getAt, isObject, type Path, type PropertyMap } from "../../../provider/common/json";
import { check } from "../../../provider/core/operations/check";
import { metaOf } from "../../../provider/core/schema/field";
import { isUnknown } from "../../../provider/fronts/engine/unknowns";
import type { DriftRow, Noise } from "../../../tools/docs/drift-table";
import { withAt } from "../../support/arguments";
import type { FieldTable } from "./table";
import { type Kind, type Variant, variantsOf } from "./variants";
import { placesIn } from "./walk";

/** A pair of arguments of which another client makes the second from the first. */
export interface Change extends Omit<Variant, "kind"> {
  readonly kind: Kind | Noise;
}

/** Kinds of a change that mean nothing where the table says so. */
const MEANINGLESS: Partial<Record<Change["kind"], Noise>> = {
  respelled: "case",
  reordered: "order",
  grown: "keys",
  time: "time",
  offset: "offset",
  mask: "mask",
  removed: "absence",
};

const accepted =
  ({ definition }: FieldTable) =>
  (args: PropertyMap): boolean =>
    check(definition, {}, args, { isUnknown, defaultName: "auto", warn: () => undefined }).failures.length ===
    0;

/** Changes that programs could make, and those that only others could: services may say what no check accepts. */
export function changesOf(table: FieldTable): Change[] {
  const { definition, samples } = table;
  const isValid = accepted(table);
  const own = variantsOf(definition.arguments, samples, isValid);
  const others = variantsOf(definition.arguments, samples, () => true).filter(({ before }) =>
    isValid(before),
  );
  const known = new Set(own.map(({ kind, pattern }) => `${kind} ${pattern}`));
  const more = others.filter(({ kind, pattern }) => !known.has(`${kind} ${pattern}`));
  return [...own, ...more, ...spellingsOf(table)];
}

/** Other spellings of the same, and masks in the place of secrets. */
function spellingsOf({ definition, samples }: FieldTable): Change[] {
  return Object.entries(samples).flatMap(([sample, before]) =>
    placesIn(definition.arguments, before).flatMap(({ pattern, schema, path }): Change[] => {
      const value = getAt(before, path);
      const meta = metaOf(schema);
      const change = (kind: Noise, other: unknown): Change[] => [
        { pattern, kind, sample, path, before, after: withAt(before, path, other) },
      ];
      if (meta?.secret !== undefined && isObject(value)) {
        return change("mask", Object.fromEntries(Object.keys(value).map((key) => [key, "******"])));
      }
      if (typeof value !== "string") return [];
      if (meta?.secret !== undefined) return change("mask", "******");
      if (meta?.compare === "time") return change("time", value.replace("T", " ").replace(/:00$/, ""));
      return meta?.compare === "timezone" ? change("offset", `GMT${value}`) : [];
    }),
  );
}

/** Where a change shows: at a set as a whole, at an object that it leaves empty, and at all of another input. */
export function shownAt({ definition }: FieldTable, { kind, path, pattern, before, after }: Change): Path {
  const [top] = path;
  if (kind === "swapped" || pattern.endsWith(">.type") || top === "batchInput") return path.slice(0, 1);
  const sets = placesIn(definition.arguments, before).filter(
    ({ schema }) => metaOf(schema)?.unordered === true,
  );
  const around = sets
    .map((set) => set.path)
    .filter((set) => set.every((part, index) => path[index] === part));
  const parent = path.slice(0, -1);
  const isLeft = parent.length > 0 && Object.values(getAt(after, parent) as PropertyMap).length === 0;
  return around.reduce(
    (shortest, set) => (set.length < shortest.length ? set : shortest),
    isLeft ? parent : path,
  );
}

/** Whether a read shows a change. */
export function drifts(row: DriftRow, { kind, path }: Change, recorded: PropertyMap): boolean {
  if (row.class !== "drift-checked") return false;
  if (getAt(recorded, path) === undefined) return row.whenUnset;
  const noise = MEANINGLESS[kind];
  return noise === undefined || !row.noise.includes(noise);
}

/** Not what cannot happen at a service: a type that no document names, a task without a name or without a state. */
export const isPossible = ({ pattern, kind }: Change): boolean =>
  pattern.endsWith(">.type")
    ? kind === "swapped" || kind === "respelled"
    : kind !== "removed" || (pattern !== "desiredState" && pattern !== "name");
