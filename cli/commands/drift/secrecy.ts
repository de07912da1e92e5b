/** Keeps secrets out of a report: by where they stand, and by what they are. */
import { isObject, type PropertyMap, type Path } from "../../../provider/common/json";
import { SECRET } from "../../../provider/common/redaction";
import type { ResourceDefinition } from "../../../provider/core/contract";
import { secretPaths } from "../../../provider/core/schema/secrets";
import { covers } from "../../stack/deployment/property-path";

/** Paths of one resource whose values are secret, in the state's marks and by the schema. */
export function secretsOfResource(
  definition: ResourceDefinition,
  marked: readonly Path[],
  values: readonly PropertyMap[],
): readonly Path[] {
  return [...marked, ...values.flatMap((value) => secretPaths(definition.arguments, value))];
}

/** The texts of secret values, to be found wherever a service repeats them. */
export function secretTexts(secrets: readonly Path[], values: readonly PropertyMap[]): string[] {
  const found = new Set<string>();
  const collect = (value: unknown, path: Path): void => {
    if (typeof value === "string") {
      if (secrets.some((secret) => covers(secret, path))) found.add(value);
    } else if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) collect(item, [...path, index]);
    } else if (isObject(value)) {
      for (const [key, item] of Object.entries(value)) collect(item, [...path, key]);
    }
  };
  for (const value of values) collect(value, []);
  return [...found];
}

/** The value without what is secret, and whether anything was. */
export function withoutSecrets(
  value: unknown,
  path: Path,
  secrets: readonly Path[],
): { readonly value: unknown; readonly hidden: boolean } {
  if (value === undefined) return { value, hidden: false };
  if (secrets.some((secret) => covers(secret, path))) return { value: SECRET, hidden: true };
  const inside = secrets.filter((secret) => covers(path, secret));
  if (inside.length === 0) return { value, hidden: false };
  if (Array.isArray(value)) {
    const items = value.map((item: unknown, index) => withoutSecrets(item, [...path, index], inside));
    return { value: items.map((item) => item.value), hidden: items.some(({ hidden }) => hidden) };
  }
  if (!isObject(value)) return { value, hidden: false };
  const entries = Object.entries(value).map(
    ([key, item]) => [key, withoutSecrets(item, [...path, key], inside)] as const,
  );
  return {
    value: Object.fromEntries(entries.map(([key, item]) => [key, item.value])),
    hidden: entries.some(([, { hidden }]) => hidden),
  };
}
