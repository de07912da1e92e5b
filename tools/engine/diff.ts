/** Differences between inputs, and what they lead to. */
import { deepEquals, isMap, type PropertyMap, type PropertyValue, withoutSecrets } from "./property-value";
import { containsPath, formatPath, parsePath, type PropertyPath } from "./property-path";

export type DiffKind = "add" | "add-replace" | "delete" | "delete-replace" | "update" | "update-replace";

export interface PropertyDiff {
  readonly kind: DiffKind;
  /** True when old and new inputs were compared, false when old outputs and new inputs were. */
  readonly inputDiff: boolean;
}

/** The changed paths, in Pulumi's path syntax. */
export type DetailedDiff = Record<string, PropertyDiff>;

/** A provider's answer about a change, or the engine's own comparison where there is none. */
export interface DiffResult {
  readonly changes: "unknown" | "none" | "some";
  readonly replaceKeys: readonly string[];
  readonly changedKeys: readonly string[];
  readonly detailedDiff?: DetailedDiff;
  readonly deleteBeforeReplace: boolean;
}

/** The path under which `replaceOnChanges` can name an unfinished creation. */
const INIT_ERROR_KEY = "#initerror";

/** A difference without any detail. */
export function bareDiff(changes: DiffResult["changes"], replaceKeys: readonly string[] = []): DiffResult {
  return { changes, replaceKeys, changedKeys: [], deleteBeforeReplace: false };
}

export function isReplace(diff: DiffResult): boolean {
  return (
    diff.replaceKeys.length > 0 ||
    Object.values(diff.detailedDiff ?? {}).some(({ kind }) => kind.endsWith("-replace"))
  );
}

/** Compares two sets of inputs, ignoring which of the values are secret. */
export function diffInputs(
  olds: PropertyMap,
  news: PropertyMap,
): { readonly changedKeys: string[]; readonly detailedDiff: DetailedDiff } {
  const detailedDiff: DetailedDiff = {};
  diffMaps([], withoutSecrets(olds), withoutSecrets(news), detailedDiff);
  const changed = new Set(Object.keys(detailedDiff).map((path) => String(parsePath(path)?.[0] ?? path)));
  return { changedKeys: [...changed].sort(), detailedDiff };
}

function diffMaps(path: PropertyPath, olds: PropertyMap, news: PropertyMap, into: DetailedDiff): void {
  for (const key of new Set([...Object.keys(olds), ...Object.keys(news)])) {
    diffValues([...path, key], olds[key] ?? null, news[key] ?? null, into);
  }
}

function diffValues(path: PropertyPath, old: PropertyValue, fresh: PropertyValue, into: DetailedDiff): void {
  if (Array.isArray(old) && Array.isArray(fresh)) {
    for (let index = 0; index < Math.max(old.length, fresh.length); index++) {
      const element: PropertyPath = [...path, index];
      if (index >= old.length) record(element, "add", into);
      else if (index >= fresh.length) record(element, "delete", into);
      else diffValues(element, old[index] ?? null, fresh[index] ?? null, into);
    }
  } else if (isMap(old) && isMap(fresh)) {
    diffMaps(path, old, fresh, into);
  } else if (!deepEquals(old, fresh)) {
    record(path, old === null ? "add" : fresh === null ? "delete" : "update", into);
  }
}

function record(path: PropertyPath, kind: DiffKind, into: DetailedDiff): void {
  into[formatPath(path)] = { kind, inputDiff: true };
}

const INVERSE: Readonly<Record<DiffKind, DiffKind>> = {
  add: "delete",
  "add-replace": "delete-replace",
  delete: "add",
  "delete-replace": "add-replace",
  update: "update",
  "update-replace": "update-replace",
};

/** The same difference seen from the other side: a refresh shows what the service changed. */
export function invertDiff(diff: DiffResult): DiffResult {
  if (diff.detailedDiff === undefined) return diff;
  const detailedDiff: DetailedDiff = {};
  for (const [path, { kind, inputDiff }] of Object.entries(diff.detailedDiff)) {
    detailedDiff[path] = { kind: INVERSE[kind], inputDiff };
  }
  return { ...diff, detailedDiff };
}

function toReplace(diff: PropertyDiff): PropertyDiff {
  const kind = diff.kind.endsWith("-replace") ? diff.kind : (`${diff.kind}-replace` as DiffKind);
  return { ...diff, kind };
}

/** Turns changes under the given paths into replacements; an initialization error counts as a change of its own. */
export function applyReplaceOnChanges(
  diff: DiffResult,
  replaceOnChanges: readonly string[],
  hasInitErrors: boolean,
): DiffResult {
  if (diff.changes !== "some" && !hasInitErrors) return diff;
  const paths = replaceOnChanges.map((text) => {
    const path = parsePath(text);
    if (path === undefined) throw new Error(`invalid property path in replaceOnChanges: "${text}"`);
    return path;
  });
  const matches = (text: string): boolean => {
    const other = parsePath(text);
    return other !== undefined && paths.some((path) => containsPath(path, other));
  };
  const replaceKeys = new Set([...diff.replaceKeys, ...diff.changedKeys.filter(matches)]);
  const detailedDiff = diff.detailedDiff === undefined ? undefined : { ...diff.detailedDiff };
  for (const [path, property] of Object.entries(detailedDiff ?? {})) {
    if (detailedDiff !== undefined && matches(path)) detailedDiff[path] = toReplace(property);
  }
  const replaceForInitErrors = hasInitErrors && matches(INIT_ERROR_KEY);
  if (replaceForInitErrors) {
    replaceKeys.add(INIT_ERROR_KEY);
    if (detailedDiff !== undefined) {
      detailedDiff[INIT_ERROR_KEY] = { kind: "update-replace", inputDiff: false };
    }
  }
  return {
    ...diff,
    changes: replaceForInitErrors ? "some" : diff.changes,
    replaceKeys: [...replaceKeys],
    ...(detailedDiff === undefined ? {} : { detailedDiff }),
  };
}
