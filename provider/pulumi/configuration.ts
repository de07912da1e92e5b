/** Configuration as the engine hands it to a dynamic provider: texts under `video-analysis:<key>` (pulumi.md 1.8). */
import {
  CONFIGURATION_KEYS,
  CONFIGURATION_NAMESPACE,
  type ConfigurationKey,
  recordSource,
  type SettingsSource,
} from "../auth/configuration";
import { isUnknown } from "./unknowns";

export interface ConfigureRequest {
  readonly config: { get(key: string): unknown };
}

/** The stack configuration, or the arguments of an explicit `Provider`: the engine does not tell them apart. */
export function configurationSource(request: ConfigureRequest | undefined): SettingsSource {
  const values: Partial<Record<ConfigurationKey, string>> = {};
  for (const key of CONFIGURATION_KEYS) {
    const value = configured(request, `${CONFIGURATION_NAMESPACE}:${key}`);
    if (typeof value === "string" && value !== "" && !isUnknown(value)) values[key] = value;
  }
  return recordSource("the stack configuration or provider", "configuration", values);
}

/** A provider that the engine never configured has nothing: the SDK then fails inside `get`, check must not. */
function configured(request: ConfigureRequest | undefined, key: string): unknown {
  try {
    return request?.config.get(key);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return undefined;
  }
}
