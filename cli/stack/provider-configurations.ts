/** The configuration of each provider in a stack. */
import type { ConfigurationLayer, Configuration } from "./configuration/layers";
import { configurationOf } from "./configuration/layers";
import type { ExportedResource } from "./deployment/export-file";
import { openProperties } from "./deployment/properties";
import type { OpenedStack } from "./opened-stack";
import {
  CONFIGURATION,
  CONFIGURATION_NAMESPACE,
  DYNAMIC_PROVIDER,
  PLUGIN_PROVIDER,
} from "../../provider/services/configuration";

export interface Configurations {
  /** By the URN of a provider; the empty text stands for the engine's own. */
  readonly of: (urn: string) => Configuration;
  /** Values that no report may show, of all configurations that were asked for. */
  readonly secrets: () => string[];
}

/** @param given what the command's own options say; it counts for the engine's own provider only */
export function configurationsOf(stack: OpenedStack, given: ConfigurationLayer): Configurations {
  const { state, configuration, complete, directory } = stack;
  const byProvider = new Map<string, Configuration>();
  const make = (urn: string): Configuration => {
    const recorded = providerConfiguration(
      state.resources.find((resource) => resource.urn === urn),
      stack,
    );
    // An explicit provider has its arguments only; the others have the stack's configuration, as it is today if known.
    if (!isDefaultProvider(urn)) return configurationOf([recorded], directory);
    const today = configuration === undefined ? [] : [configuration];
    return configurationOf([given, ...today, ...(complete ? [] : [recorded])], directory);
  };
  return {
    of: (urn) => {
      const known = byProvider.get(urn) ?? make(urn);
      byProvider.set(urn, known);
      return known;
    },
    secrets: () => [...byProvider.values()].flatMap(({ secrets }) => secrets),
  };
}

/** The configuration of the engine's own provider, as the stack's program has it without an explicit one. */
export function ownConfiguration(stack: OpenedStack, given: ConfigurationLayer): Configuration {
  return configurationsOf(stack, given).of(ownProvider(stack)?.urn ?? "");
}

/** The engine's own provider of the resources of this package. */
export const ownProvider = ({ state }: Pick<OpenedStack, "state">): ExportedResource | undefined =>
  state.resources.find(
    ({ type, urn }) => (type === PLUGIN_PROVIDER || type === DYNAMIC_PROVIDER) && isDefaultProvider(urn),
  );

/**
 * What the state records of a provider: its arguments, or the stack configuration at the last `up`.
 *
 * @param source a state file may come from anywhere; a stack was chosen with its backend
 */
export function providerConfiguration(
  provider: ExportedResource | undefined,
  { decrypt, source: { kind } }: Pick<OpenedStack, "decrypt" | "source">,
): ConfigurationLayer {
  const { value, sealed, secrets } = openProperties(provider?.inputs, decrypt);
  const namespace = provider?.type === PLUGIN_PROVIDER ? `${CONFIGURATION_NAMESPACE}:` : "";
  const texts = Object.entries(value).flatMap(([key, item]) => {
    // Among the plugin's arguments, which have no namespace, the engine keeps some of its own.
    if (namespace !== "" && !Object.hasOwn(CONFIGURATION, key)) return [];
    if (typeof item === "string") return [[`${namespace}${key}`, item]];
    return namespace === "" ? [] : [[`${namespace}${key}`, JSON.stringify(item)]];
  });
  const keys = (paths: typeof sealed): string[] => paths.map(([key]) => `${namespace}${key}`);
  return {
    values: Object.fromEntries(texts) as Record<string, string>,
    sealed: keys(sealed),
    secrets: keys(secrets),
    ...(kind === "state" ? { origin: "state" as const } : {}),
  };
}

/** The engine's own provider, which has the stack configuration; explicit ones have their arguments only. */
export function isDefaultProvider(urn: string): boolean {
  return urn === "" || /::default(?:_[^:]*)?$/.test(urn);
}
