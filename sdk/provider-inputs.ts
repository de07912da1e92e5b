/** The inputs of an explicit provider: its arguments, and the keys that it takes over from the stack. */
import * as pulumi from "@pulumi/pulumi";
import { CONFIGURATION } from "../provider/services/configuration";
import type { ConfigurationKey, ConfigurationKeyInfo } from "../provider/services/configuration";
import { NAMESPACE } from "./package-info";
import type { ProviderArgs } from "./types/input";

/** A value of the stack configuration; an output where it is a secret. */
export type StackConfiguration = (key: ConfigurationKey) => pulumi.Input<string> | undefined;

const keys = Object.keys(CONFIGURATION) as ConfigurationKey[];

/**
 * The engine gives an explicit provider nothing but its own arguments, so the rest is copied:
 * - who calls (`accessKey` … `cloudName`): all of it or, where an argument says any of it, nothing, so that
 *   no key of one account meets a secret of another;
 * - the cloud (`cloud`, `authUrl`, `endpoints`) and the project: not where an argument says who calls, or
 *   names a region or cloud, for they belong to the stack's account and region; nor a project name beside
 *   a given project id, or the other way round;
 * - everything else: where no argument is given.
 *
 * @param prefix of the names: the package of dynamic resources, which is not this one, keeps the whole keys
 */
export function providerInputs(
  args: ProviderArgs,
  stack: StackConfiguration,
  prefix = `${NAMESPACE}:`,
): Record<string, pulumi.Input<string | undefined>> {
  const given = (key: ConfigurationKey): boolean => args[key] !== undefined;
  const givenOf = (group: ConfigurationKeyInfo["group"]): boolean =>
    keys.some((key) => CONFIGURATION[key].group === group && given(key));
  const otherAccount = givenOf("identity");
  const elsewhere = otherAccount || given("region") || given("cloud");
  const refused = {
    identity: otherAccount,
    place: elsewhere,
    project: elsewhere || givenOf("project"),
    general: false,
  };

  const inputs: Record<string, pulumi.Input<string | undefined>> = {};
  for (const key of keys) {
    const info: ConfigurationKeyInfo = CONFIGURATION[key];
    const value = given(key) ? toText(args[key]) : refused[info.group] ? undefined : stack(key);
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
