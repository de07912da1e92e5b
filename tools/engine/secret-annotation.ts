/** Carries the marks of secrets from what a provider was given to what it brought back. */
import { containsSecrets, isMap, type PropertyMap, Secret } from "./property-value";

/** Marks as secret what has the key of a secret; an array with a secret inside becomes one as a whole. */
export function annotated(outs: PropertyMap, ins: PropertyMap): PropertyMap {
  const result = { ...outs };
  for (const [key, source] of Object.entries(ins)) {
    const value = result[key];
    if (value === undefined) continue;
    if (isMap(value) && isMap(source)) result[key] = annotated(value, source);
    else if (!(value instanceof Secret) && containsSecrets(source)) result[key] = new Secret(value);
  }
  return result;
}
