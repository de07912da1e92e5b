/** The configuration of each provider in a stack. */
import type { StackConfiguration } from "./deployment/stack-file";
import {
  configurationOf,
  isDefaultProvider,
  providerConfiguration,
  type Configuration,
} from "./configuration";
import type { Source } from "./source";

export interface Configurations {
  /** By the URN of a provider; the empty text stands for the engine's own. */
  readonly of: (urn: string) => Configuration;
  /** Values that no report may show, of all configurations that were asked for. */
  readonly secrets: () => string[];
}

/** @param given what the command's own options say; it counts for the engine's own provider only */
export function configurationsOf(source: Source, given: StackConfiguration): Configurations {
  const { state, configuration, complete, directory } = source;
  const byProvider = new Map<string, Configuration>();
  const make = (urn: string): Configuration => {
    const recorded = providerConfiguration(
      state.resources.find((resource) => resource.urn === urn),
      source,
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
