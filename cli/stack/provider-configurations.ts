/** The configuration of each provider in a stack. */
import type { ConfigurationLayer, Configuration } from "./configuration/layers";
import { configurationOf } from "./configuration/layers";
import type { ExportedResource } from "./deployment/export-file";
import { openProperties } from "./deployment/properties";
import type { OpenedStack } from "./opened-stack";

/** Of dynamic resources. */
export const PROVIDER_TYPE = "pulumi:providers:pulumi-nodejs";

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
  const own = stack.state.resources.find(({ type, urn }) => type === PROVIDER_TYPE && isDefaultProvider(urn));
  return configurationsOf(stack, given).of(own?.urn ?? "");
}

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
  const texts = Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  const keys = (paths: typeof sealed): string[] => paths.map(([key]) => String(key));
  return {
    values: Object.fromEntries(texts),
    sealed: keys(sealed),
    secrets: keys(secrets),
    ...(kind === "state" ? { origin: "state" as const } : {}),
  };
}

/** The engine's own provider, which has the stack configuration; explicit ones have their arguments only. */
export function isDefaultProvider(urn: string): boolean {
  return urn === "" || /::default(?:_[^:]*)?$/.test(urn);
}
