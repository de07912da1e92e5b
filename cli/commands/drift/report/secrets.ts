/** Keeps secrets out of a report: by where they stand, and by what they are. */
import { isObject, type PropertyMap, type Path } from "../../../../provider/common/json";
import type { ResourceDefinition } from "../../../../provider/core/contract";
import { secretPaths } from "../../../../provider/core/schema/secrets";
import { covers } from "../../../common/property-path";

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
