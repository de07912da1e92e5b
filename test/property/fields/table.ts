/** The form of the tables of update and replacement, one for each resource. */
import type { PropertyMap } from "../../../provider/common/json";
import type { ResourceDefinition } from "../../../provider/core/contract";
import type { Kind } from "./variants";

/**
 * `replace`: a new resource. `put`: one update call for each task. `record`: an update that calls neither create
 * nor update of the API. `nothing`: no step at all.
 */
export type Outcome = "replace" | "put" | "record" | "nothing";

export interface FieldTable {
  readonly definition: ResourceDefinition;
  /** Valid arguments that together have every field. */
  readonly samples: Readonly<Record<string, PropertyMap>>;
  /** By argument: what a change of it does. */
  readonly outcomes: Readonly<
    Record<string, Outcome | ((before: PropertyMap, after: PropertyMap) => Outcome)>
  >;
  /** The name, and what names are unique in. */
  readonly uniqueBy: readonly string[];
  /** Fields in which letter case means nothing. */
  readonly caseless: readonly string[];
  /** Fields in which order means nothing. */
  readonly sets: readonly string[];
  /** Changes of a field that mean nothing all the same: what is left out stands for what was written. */
  readonly meaningless: Readonly<Record<string, readonly Kind[]>>;
  /** Fields that no valid arguments can have or lack while all others stay. */
  readonly inseparable: readonly string[];
  /** Pairs that mean the same: a sample, an argument path, and its other value. */
  readonly equal: readonly (readonly [sample: string, path: string, value: unknown])[];
  /** The documented update body; absent where the API has none. */
  readonly put?: (before: PropertyMap, after: PropertyMap, changed: string) => PropertyMap;
}

/**
 * Another region replaces. Left out it is the configured one, here the same: then only the record of where it came
 * from changes.
 */
export const regionOutcome = (before: PropertyMap, after: PropertyMap): Outcome =>
  before.region === undefined || after.region === undefined ? "record" : "replace";

/** Maps whose keys are the program's own. */
const FREE_MAPS = new Set(["headers", "common"]);
const CASELESS = new Set(["schedule.type", "timing.type"]);

/** Arguments as the documents spell a body; written for the tests, apart from the package's own mapping. */
export const documented = (value: unknown): unknown =>
  spelled(value, (text, path) => (CASELESS.has(path) ? text.toLowerCase() : text));

/** The same for what others than the package write: letter case as it is. */
export function spelled(
  value: unknown,
  respell: (text: string, path: string) => string = (text) => text,
  path = "",
): unknown {
  if (Array.isArray(value)) return value.map((item) => spelled(item, respell, path));
  if (typeof value === "string") return respell(value, path);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]: [string, unknown]) => {
        const name = key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
        const inside = path === "" ? key : `${path}.${key}`;
        return [name, FREE_MAPS.has(key) ? item : spelled(item, respell, inside)];
      }),
  );
}
