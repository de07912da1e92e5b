/** Configuration as texts under `video-analysis:<key>`, which fronts, lookups and commands have in common. */
import {
  type Environment,
  environmentSources,
  recordSource,
  type SettingsSource,
} from "./auth/configuration";
import { CONFIGURATION_KEYS, CONFIGURATION_NAMESPACE, type ConfigurationKey } from "./configuration";

interface Values {
  get(key: string): unknown;
}

export interface Configured {
  readonly config: Values;
  /** Options of a command, which come before it. */
  readonly options?: Values;
  /** Read from a state file, which anyone may have written; absent where the user chose all of it. */
  readonly recorded?: Values;
  /** Where relative files begin: of a command that of the program; default: where the process runs. */
  readonly directory?: string;
}

/** The stack configuration, or the arguments of an explicit `Provider`: the engine does not distinguish them. */
export function configurationSource(configured: Configured | undefined): SettingsSource {
  return recordSource("the stack configuration or provider", "configuration", valuesIn(configured?.config));
}

/** The configured sources, highest first. */
export function configurationSources(configured: Configured | undefined): readonly SettingsSource[] {
  const { options, recorded } = configured ?? {};
  return [
    ...(options === undefined ? [] : [recordSource("--config", "configuration", valuesIn(options))]),
    configurationSource(configured),
    ...(recorded === undefined ? [] : [recordSource("the state", "state", valuesIn(recorded))]),
  ];
}

/** The settings chain, highest first: configuration, then the environment. */
export const settingsChain = (
  configured: Configured | undefined,
  env: Environment,
): readonly SettingsSource[] => [...configurationSources(configured), ...environmentSources(env)];

function valuesIn(values: Values | undefined): Partial<Record<ConfigurationKey, string>> {
  const found: Partial<Record<ConfigurationKey, string>> = {};
  for (const key of CONFIGURATION_KEYS) {
    const value = values?.get(`${CONFIGURATION_NAMESPACE}:${key}`);
    if (typeof value === "string" && value !== "") found[key] = value;
  }
  return found;
}
