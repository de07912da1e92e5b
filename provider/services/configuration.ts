/**
 * The configuration keys of the namespace `video-analysis`, each also an argument of `Provider`: the one declaration that
 * types, settings, checks and reference pages are made from. Plain data, which a program loads without zod.
 */

export const CONFIGURATION_NAMESPACE = "video-analysis";

/** Package of the provider plugin, from which the namespace follows. */
export const PLUGIN_PACKAGE = CONFIGURATION_NAMESPACE;

const MODULE = `${PLUGIN_PACKAGE}:index:`;

/** The token of a resource, a function or a type on the provider plugin. */
export const pluginToken = (name: string): string => MODULE + name;

/** The type of the providers of dynamic resources in states. */
export const DYNAMIC_PROVIDER = "pulumi:providers:pulumi-nodejs";

/** The type of the plugin's providers in states. */
export const PLUGIN_PROVIDER = `pulumi:providers:${PLUGIN_PACKAGE}`;

/** The name of what a token stands for, where it is one of this package. */
export const nameOfToken = (token: string): string | undefined =>
  token.startsWith(MODULE) ? token.slice(MODULE.length) : undefined;

/** Keys of a project that has the package's name are in the same namespace, so that none of them is known to be a mistake. */
export const whySharedNamespace = (keys: readonly string[]): string =>
  `The project has the name "${CONFIGURATION_NAMESPACE}", so that its own configuration (${keys.join(", ")}) is read as that of the ` +
  "provider, too. Rename the project, or give its own keys another namespace.";

/** The vendor's Terraform provider takes the account of an agency by its id too. */
export const AGENCY_DOMAIN_ID = "HW_ASSUME_ROLE_DOMAIN_ID";

/**
 * The subject of a key, which decides when a `Provider` takes it over from the stack configuration:
 * `identity` who calls (one bundle from one source), `place` which cloud answers, `project` where there,
 * `general` everything that holds for any account.
 */
export type ConfigurationGroup = "identity" | "place" | "project" | "general";

export interface ConfigurationKeyInfo {
  readonly description: string;
  readonly group: ConfigurationGroup;
  /** Type of the `Provider` argument; the configuration itself holds text. Left out: a string. */
  readonly type?: "number" | "boolean";
  /** The values of a string that knows only some. */
  readonly values?: readonly string[];
  /** The members of an object of strings, kept as JSON text. */
  readonly members?: Readonly<Record<string, string>>;
  /** What holds where no source has the key. */
  readonly defaultsTo?: string;
  /** Always a secret in the provider's inputs and state. */
  readonly secret?: true;
  /**
   * Variables that set it, the first one wins: those of Huawei Cloud, its Terraform provider's last, and those of
   * OpenStack, its own spelling first, then the form of the Huawei one, then older names.
   */
  readonly variables?: { readonly huawei?: readonly string[]; readonly openstack?: readonly string[] };
}

export const CONFIGURATION = {
  region: {
    group: "general",
    description: "Region of the services, such as `eu-de`.",
    variables: { huawei: ["HW_REGION_NAME"], openstack: ["OS_REGION_NAME"] },
  },
  cloud: {
    group: "place",
    description: "Domain of the cloud, such as `otc.t-systems.com` or `myhuaweicloud.com`.",
    defaultsTo:
      "that of the region: `otc.t-systems.com` for `eu-de` and `eu-nl`, `sc.otc.t-systems.com` for `eu-ch2`, `myhuaweicloud.eu` for `eu-west-101`, `myhuaweicloud.com` for the listed regions of Huawei Cloud; else that of the IAM address",
    variables: { huawei: ["HW_CLOUD"] },
  },
  projectId: {
    group: "project",
    description: "Id of the project that the tasks belong to.",
    variables: { huawei: ["HW_PROJECT_ID"], openstack: ["OS_PROJECT_ID", "OS_TENANT_ID"] },
  },
  projectName: {
    group: "project",
    description: "Name of the project, looked up where no id is given.",
    defaultsTo: "the name of the region",
    variables: { huawei: ["HW_PROJECT_NAME"], openstack: ["OS_PROJECT_NAME", "OS_TENANT_NAME"] },
  },
  accessKey: {
    group: "identity",
    secret: true,
    description: "Access key (AK) that signs requests.",
    variables: { huawei: ["HW_ACCESS_KEY"], openstack: ["OS_ACCESS_KEY"] },
  },
  secretKey: {
    group: "identity",
    secret: true,
    description: "Secret key (SK) of the access key.",
    variables: { huawei: ["HW_SECRET_KEY"], openstack: ["OS_SECRET_KEY"] },
  },
  securityToken: {
    group: "identity",
    secret: true,
    description: "Security token of a temporary access key.",
    variables: { huawei: ["HW_SECURITY_TOKEN"], openstack: ["OS_SECURITY_TOKEN"] },
  },
  token: {
    group: "identity",
    secret: true,
    description: "IAM token that was obtained elsewhere.",
    variables: { huawei: ["HW_AUTH_TOKEN"], openstack: ["OS_TOKEN", "OS_AUTH_TOKEN"] },
  },
  userName: {
    group: "identity",
    description: "IAM user that obtains tokens with `password`.",
    variables: { huawei: ["HW_USER_NAME"], openstack: ["OS_USERNAME", "OS_USER_NAME"] },
  },
  password: {
    group: "identity",
    secret: true,
    description: "Password of the IAM user.",
    variables: { huawei: ["HW_USER_PASSWORD"], openstack: ["OS_PASSWORD", "OS_USER_PASSWORD"] },
  },
  domainName: {
    group: "identity",
    description: "Name of the account (domain) of the IAM user.",
    variables: { huawei: ["HW_DOMAIN_NAME"], openstack: ["OS_USER_DOMAIN_NAME", "OS_DOMAIN_NAME"] },
  },
  domainId: {
    group: "identity",
    description: "Id of the account (domain) of the IAM user.",
    variables: { huawei: ["HW_DOMAIN_ID"], openstack: ["OS_USER_DOMAIN_ID", "OS_DOMAIN_ID"] },
  },
  agencyName: {
    group: "identity",
    description: "Agency to act through.",
    variables: { huawei: ["HW_AGENCY_NAME", "HW_ASSUME_ROLE_AGENCY_NAME"], openstack: ["OS_AGENCY_NAME"] },
  },
  agencyDomainName: {
    group: "identity",
    description: "Account that granted the agency.",
    variables: {
      huawei: ["HW_AGENCY_DOMAIN_NAME", "HW_ASSUME_ROLE_DOMAIN_NAME", AGENCY_DOMAIN_ID],
      openstack: ["OS_AGENCY_DOMAIN_NAME"],
    },
  },
  authUrl: {
    group: "place",
    description: "Address of IAM; `endpoints.iam` wins over it.",
    variables: { huawei: ["HW_AUTH_URL"], openstack: ["OS_AUTH_URL"] },
  },
  endpoints: {
    group: "place",
    description: "Base addresses that replace the derived ones.",
    members: {
      modelarts: "Base address of ModelArts.",
      vias: "Base address of VIAS.",
      iva: "Base address of VAS (IVA).",
      iam: "Base address of IAM.",
    },
  },
  profile: {
    group: "identity",
    description: "Profile of the hcloud command to take credentials from.",
    variables: { huawei: ["HW_PROFILE"] },
  },
  cloudName: {
    group: "identity",
    description: "Entry of clouds.yaml to take credentials from.",
    // In OpenStack this names an entry of clouds.yaml, unlike HW_CLOUD, which is a domain.
    variables: { openstack: ["OS_CLOUD"] },
  },
  signing: {
    group: "general",
    values: ["plain", "scoped"],
    description: "Form of the signature that an access key makes.",
    defaultsTo: "`scoped` on Open Telekom Cloud, else `plain`",
  },
  maxRetries: {
    group: "general",
    type: "number",
    description: "Most repeats of a failed request, 0 to 1000.",
    defaultsTo: "8",
  },
  maxConcurrency: {
    group: "general",
    type: "number",
    description: "Most requests at a time to one host, 1 to 1000.",
    defaultsTo: "8",
  },
  caCertFile: {
    group: "general",
    description: "File with certificates (PEM) to trust in addition to the built-in ones.",
    variables: { openstack: ["OS_CACERT"] },
  },
  batchDetail: {
    group: "general",
    values: ["sample", "all"],
    description: "How many sub-tasks of a batch a refresh compares: `sample` one, `all` each.",
    defaultsTo: "`sample`",
  },
  waitFor: {
    group: "general",
    values: ["accepted", "running", "succeeded"],
    description: "What create waits for where a resource does not say.",
    defaultsTo: "`accepted`",
  },
  nameSeed: {
    group: "general",
    description:
      "Text that enters the hash of default names, to distinguish equally named stacks of one project.",
  },
  allowDuplicateNames: {
    group: "general",
    type: "boolean",
    description: "Lets a task be created under a name that another task of the service already has.",
    defaultsTo: "`false`",
  },
} as const satisfies Readonly<Record<string, ConfigurationKeyInfo>>;

export type ConfigurationKey = keyof typeof CONFIGURATION;

/**
 * Which keys an explicit provider takes over from the stack configuration, by the keys that its arguments give:
 * - who calls (`accessKey` … `cloudName`): all of it or, where an argument says any of it, nothing, so that no key of one
 *   account meets a secret of another;
 * - the cloud (`cloud`, `authUrl`, `endpoints`) and the project: not where an argument says who calls, or names a region or
 *   cloud, for they belong to the stack's account and region; nor a project name beside a given project id, or the other
 *   way round;
 * - everything else: where no argument is given.
 */
export function takenOver(given: (key: ConfigurationKey) => boolean): readonly ConfigurationKey[] {
  const givenOf = (group: ConfigurationGroup): boolean =>
    CONFIGURATION_KEYS.some((key) => CONFIGURATION[key].group === group && given(key));
  const otherAccount = givenOf("identity");
  const elsewhere = otherAccount || given("region") || given("cloud");
  const refused: Readonly<Record<ConfigurationGroup, boolean>> = {
    identity: otherAccount,
    place: elsewhere,
    project: elsewhere || givenOf("project"),
    general: false,
  };
  return CONFIGURATION_KEYS.filter((key) => !given(key) && !refused[CONFIGURATION[key].group]);
}

export const CONFIGURATION_KEYS = Object.keys(CONFIGURATION) as readonly ConfigurationKey[];
