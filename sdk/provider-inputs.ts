/** The inputs of an explicit provider: its arguments, and the keys that it takes over from the stack. */
import * as pulumi from "@pulumi/pulumi";
import { CONFIGURATION, CONFIGURATION_KEYS, takenOver } from "../provider/services/configuration";
import type { ConfigurationKey, ConfigurationKeyInfo } from "../provider/services/configuration";
import { NAMESPACE } from "./package-info";
import type { ProviderArgs } from "./types/input";

/** A value of the stack configuration; an output where it is a secret. */
export type StackConfiguration = (key: ConfigurationKey) => pulumi.Input<string> | undefined;

/**
 * The engine gives an explicit provider nothing but its own arguments, so the rest is copied: see {@link takenOver}.
 *
 * @param prefix of the names: the package of dynamic resources, which is not this one, keeps the whole keys
 */
export function providerInputs(
  args: ProviderArgs,
  stack: StackConfiguration,
  prefix = `${NAMESPACE}:`,
): Record<string, pulumi.Input<string | undefined>> {
  const given = (key: ConfigurationKey): boolean => args[key] !== undefined;
  const inherited = new Set(takenOver(given));
  const inputs: Record<string, pulumi.Input<string | undefined>> = {};
  for (const key of CONFIGURATION_KEYS) {
    const info: ConfigurationKeyInfo = CONFIGURATION[key];
    const value = given(key) ? toText(args[key]) : inherited.has(key) ? stack(key) : undefined;
    if (value !== undefined) inputs[`${prefix}${key}`] = info.secret ? pulumi.secret(value) : value;
  }
  return inputs;
}

/** Configuration is text: objects as JSON, numbers and booleans spelled out. */
function toText(value: pulumi.Input<unknown>): pulumi.Input<string | undefined> {
  return typeof value === "object" ? pulumi.output(value).apply(spell) : spell(value);
}

function spell(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The configuration of the running stack. Secret values stay secret. */
export function stackConfiguration(): StackConfiguration {
  const config = new pulumi.Config(NAMESPACE);
  return (key) => (isSecret(key) ? config.getSecret(key) : config.get(key));
}

/** Asks Pulumi, whose declarations do not list the function; where a version lacks it, all is secret. */
function isSecret(key: ConfigurationKey): boolean {
  const ask: unknown = Reflect.get(pulumi.runtime, "isConfigSecret");
  return typeof ask !== "function" || Reflect.apply(ask, undefined, [`${NAMESPACE}:${key}`]) !== false;
}
