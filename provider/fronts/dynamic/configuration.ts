/** Configuration as the engine hands it to a dynamic provider: texts under `video-analysis:<key>`. */
import {
  CONFIGURATION_KEYS,
  CONFIGURATION_NAMESPACE,
  type ConfigurationKey,
  recordSource,
  type SettingsSource,
} from "../../services/auth/configuration";
import { isUnknown } from "../engine/unknowns";

interface Values {
  get(key: string): unknown;
}

export interface ConfigureRequest {
  readonly config: Values;
  /** What only a state file says; the engine, which asks with what its user chose, gives none. */
  readonly recorded?: Values;
  /** Where relative files begin: of a command that of the program; default: where the process runs. */
  readonly directory?: string;
}

/** The stack configuration, or the arguments of an explicit `Provider`: the engine does not tell them apart. */
export function configurationSource(request: ConfigureRequest | undefined): SettingsSource {
  return recordSource("the stack configuration or provider", "configuration", valuesIn(request?.config));
}

/** All that a request says, highest first. */
export function configurationSources(request: ConfigureRequest): readonly SettingsSource[] {
  const configured = configurationSource(request);
  if (request.recorded === undefined) return [configured];
  return [configured, recordSource("the state", "state", valuesIn(request.recorded))];
}

function valuesIn(values: Values | undefined): Partial<Record<ConfigurationKey, string>> {
  const found: Partial<Record<ConfigurationKey, string>> = {};
  for (const key of CONFIGURATION_KEYS) {
    const value = configured(values, `${CONFIGURATION_NAMESPACE}:${key}`);
    if (typeof value === "string" && value !== "" && !isUnknown(value)) found[key] = value;
  }
  return found;
}

/** A provider that the engine never configured has nothing: the SDK then fails inside `get`, check must not. */
function configured(values: Values | undefined, key: string): unknown {
  try {
    return values?.get(key);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return undefined;
  }
}
