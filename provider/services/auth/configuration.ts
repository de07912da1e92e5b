/** Where settings come from: the stack's configuration, the environment, files. */
import {
  CONFIGURATION,
  CONFIGURATION_NAMESPACE,
  type ConfigurationKey,
  type ConfigurationKeyInfo,
} from "../configuration";

/**
 * One place that may know settings. Values are texts as Pulumi configuration has them: `endpoints` is JSON.
 */
export interface SettingsSource {
  /** For messages: "the stack configuration". */
  readonly name: string;
  /**
   * `provider` and `configuration` belong to the stack, `environment` and `file` to the machine. `state` is what only a
   * state file says, which anyone may have written: it leads no credentials of others to a host.
   */
  readonly origin: "provider" | "configuration" | "state" | "environment" | "file";
  get(key: ConfigurationKey): string | undefined;
  /** Of a file: the source that names it by `cloudName` or `profile`, and whose rank it has; no one by default. */
  readonly namedBy?: SettingsSource;
  /** Of a file: why it cannot be used. That matters only where nothing of a higher rank has credentials. */
  readonly problem?: Error;
  /** How the key is written there, for messages: `HW_USER_NAME`. Without it `video-analysis:<key>` is used. */
  spelling?(key: ConfigurationKey): string;
}

export type Environment = Readonly<Record<string, string | undefined>>;
type Dialect = keyof NonNullable<ConfigurationKeyInfo["variables"]>;

const ENDPOINT_VARIABLES = {
  modelarts: "VIDEO_ANALYSIS_ENDPOINT_MODELARTS",
  vias: "VIDEO_ANALYSIS_ENDPOINT_VIAS",
  iva: "VIDEO_ANALYSIS_ENDPOINT_IVA",
  iam: "VIDEO_ANALYSIS_ENDPOINT_IAM",
} as const;

function filled(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === "" ? undefined : value;
}

/** The endpoint variables as the JSON text that the key `endpoints` has elsewhere. */
function endpointsOf(env: Environment): string | undefined {
  const entries = Object.entries(ENDPOINT_VARIABLES).flatMap(([service, variable]) => {
    const value = filled(env[variable]);
    return value === undefined ? [] : [[service, value] as const];
  });
  return entries.length === 0 ? undefined : JSON.stringify(Object.fromEntries(entries));
}

function environmentSource(name: string, dialect: Dialect, env: Environment): SettingsSource {
  const variablesOf = (key: ConfigurationKey): readonly string[] => {
    const { variables }: ConfigurationKeyInfo = CONFIGURATION[key];
    return variables?.[dialect] ?? [];
  };
  const found = (key: ConfigurationKey): string | undefined =>
    variablesOf(key).find((variable) => filled(env[variable]) !== undefined);
  return {
    name,
    origin: "environment",
    get(key) {
      const variable = found(key);
      return variable === undefined ? undefined : filled(env[variable]);
    },
    spelling: (key) => found(key) ?? variablesOf(key)[0] ?? key,
  };
}

/** The environment as two sources: `HW_*` (with the endpoint variables), then `OS_*`. Empty counts as unset. */
export function environmentSources(env: Environment): readonly SettingsSource[] {
  const huawei = environmentSource("the environment (HW_*)", "huawei", env);
  const openstack = environmentSource("the environment (OS_*)", "openstack", env);
  return [
    {
      ...huawei,
      get: (key) => (key === "endpoints" ? endpointsOf(env) : huawei.get(key)),
      spelling: (key) =>
        key === "endpoints" ? "VIDEO_ANALYSIS_ENDPOINT_*" : (huawei.spelling?.(key) ?? key),
    },
    openstack,
  ];
}

/** A source made of plain values, such as the stack configuration or the arguments of a `Provider`. */
export function recordSource(
  name: string,
  origin: SettingsSource["origin"],
  values: Readonly<Partial<Record<ConfigurationKey, string>>>,
): SettingsSource {
  return { name, origin, get: (key) => filled(values[key]) };
}

/** A key as that source writes it. */
export function spellingOf(source: SettingsSource, key: ConfigurationKey): string {
  return source.spelling?.(key) ?? `${CONFIGURATION_NAMESPACE}:${key}`;
}
