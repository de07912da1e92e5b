/** Values as the mock monitor hands them over, in the form in which the engine hands them to a provider's hook. */
import * as pulumi from "@pulumi/pulumi";
import { isObject, type PropertyMap } from "../../provider/common/json";

const { specialSecretSig, specialSigKey, unknownValue } = pulumi.runtime;

const isSecret = (value: unknown): value is { readonly value: unknown } =>
  isObject(value) && value[specialSigKey] === specialSecretSig;

/** Without the envelopes of secrets; what is not known yet is the engine's sentinel. */
export function toHook(value: unknown): unknown {
  if (pulumi.isUnknown(value)) return unknownValue;
  if (isSecret(value)) return toHook(value.value);
  if (Array.isArray(value)) return value.map(toHook);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toHook(item)]));
}

/** The arguments of a resource of this package: what it registers beside them is the text that loads the provider. */
export function argumentsIn(inputs: PropertyMap): PropertyMap {
  return Object.fromEntries(
    Object.entries(toHook(inputs) as PropertyMap).filter(([key]) => key !== "__provider"),
  );
}

export const isUnknownValue = (value: unknown): boolean => value === unknownValue;

/** The properties that the program made secret: the monitor lifts what is secret inside a property to its top. */
export function secretKeys(inputs: PropertyMap): ReadonlySet<string> {
  return new Set(Object.keys(inputs).filter((key) => isSecret(inputs[key])));
}
