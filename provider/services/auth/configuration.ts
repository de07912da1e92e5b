/** Where settings come from: keys, sources and the environment's spellings. */

export const CONFIGURATION_NAMESPACE = "video-analysis";

export const CONFIGURATION_KEYS = [
  "region",
  "cloud",
  "projectId",
  "projectName",
  "accessKey",
  "secretKey",
  "securityToken",
  "token",
  "userName",
  "password",
  "domainName",
  "domainId",
  "agencyName",
  "agencyDomainName",
  "authUrl",
  "endpoints",
  "profile",
  "cloudName",
  "signing",
  "maxRetries",
  "maxConcurrency",
  "caCertFile",
  "batchDetail",
  "waitFor",
  "nameSeed",
  "allowDuplicateNames",
] as const;
export type ConfigurationKey = (typeof CONFIGURATION_KEYS)[number];

/**
 * One place that may know settings. Values are texts as Pulumi configuration has them: `endpoints` is JSON.
 */
export interface SettingsSource {
  /** For messages: "the stack configuration". */
  readonly name: string;
  /**
   * `provider` and `configuration` belong to the stack, `environment` and `file` to the machine. `state` is what only a
   * state file says, which may be anybody's: it leads no credentials of others to a host.
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
type Spellings = Readonly<Partial<Record<ConfigurationKey, readonly string[]>>>;

/** The vendor's Terraform provider takes the account of an agency by its id too. */
export const AGENCY_DOMAIN_ID = "HW_ASSUME_ROLE_DOMAIN_ID";

const HUAWEI_SPELLINGS: Spellings = {
  region: ["HW_REGION_NAME"],
  cloud: ["HW_CLOUD"],
  projectId: ["HW_PROJECT_ID"],
  projectName: ["HW_PROJECT_NAME"],
  accessKey: ["HW_ACCESS_KEY"],
  secretKey: ["HW_SECRET_KEY"],
  securityToken: ["HW_SECURITY_TOKEN"],
  token: ["HW_AUTH_TOKEN"],
  userName: ["HW_USER_NAME"],
  password: ["HW_USER_PASSWORD"],
  domainName: ["HW_DOMAIN_NAME"],
  domainId: ["HW_DOMAIN_ID"],
  // The spellings of the vendor's Terraform provider, the later ones from its block `assume_role`.
  agencyName: ["HW_AGENCY_NAME", "HW_ASSUME_ROLE_AGENCY_NAME"],
  agencyDomainName: ["HW_AGENCY_DOMAIN_NAME", "HW_ASSUME_ROLE_DOMAIN_NAME", AGENCY_DOMAIN_ID],
  authUrl: ["HW_AUTH_URL"],
  profile: ["HW_PROFILE"],
};

/** OpenStack's own spelling first, then the `OS_` form of the Huawei one, then older OpenStack names. */
const OPENSTACK_SPELLINGS: Spellings = {
  region: ["OS_REGION_NAME"],
  projectId: ["OS_PROJECT_ID", "OS_TENANT_ID"],
  projectName: ["OS_PROJECT_NAME", "OS_TENANT_NAME"],
  accessKey: ["OS_ACCESS_KEY"],
  secretKey: ["OS_SECRET_KEY"],
  securityToken: ["OS_SECURITY_TOKEN"],
  token: ["OS_TOKEN", "OS_AUTH_TOKEN"],
  userName: ["OS_USERNAME", "OS_USER_NAME"],
  password: ["OS_PASSWORD", "OS_USER_PASSWORD"],
  domainName: ["OS_USER_DOMAIN_NAME", "OS_DOMAIN_NAME"],
  domainId: ["OS_USER_DOMAIN_ID", "OS_DOMAIN_ID"],
  agencyName: ["OS_AGENCY_NAME"],
  agencyDomainName: ["OS_AGENCY_DOMAIN_NAME"],
  authUrl: ["OS_AUTH_URL"],
  caCertFile: ["OS_CACERT"],
  // In OpenStack this names an entry of clouds.yaml, unlike HW_CLOUD, which is a domain.
  cloudName: ["OS_CLOUD"],
};

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

function environmentSource(name: string, spellings: Spellings, env: Environment): SettingsSource {
  const found = (key: ConfigurationKey): string | undefined =>
    spellings[key]?.find((variable) => filled(env[variable]) !== undefined);
  return {
    name,
    origin: "environment",
    get(key) {
      const variable = found(key);
      return variable === undefined ? undefined : filled(env[variable]);
    },
    spelling: (key) => found(key) ?? spellings[key]?.[0] ?? key,
  };
}

/** The environment as two sources: `HW_*` (with the endpoint variables), then `OS_*`. Empty counts as unset. */
export function environmentSources(env: Environment): readonly SettingsSource[] {
  const huawei = environmentSource("the environment (HW_*)", HUAWEI_SPELLINGS, env);
  const openstack = environmentSource("the environment (OS_*)", OPENSTACK_SPELLINGS, env);
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
