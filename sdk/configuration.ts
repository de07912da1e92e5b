/**
 * The configuration keys of the namespace `video-analysis`, each also an argument of `Provider`. Plain data:
 * the generator makes the typed arguments from it, the class decides by it what to copy from the stack.
 */

/**
 * What a key says, which decides when a `Provider` takes it over from the stack configuration:
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
}

export const configurationKeys = {
  region: { group: "general", description: "Region of the services, such as `eu-de`." },
  cloud: {
    group: "place",
    description: "Domain of the cloud, such as `otc.t-systems.com` or `myhuaweicloud.com`.",
    defaultsTo:
      "that of the region: `otc.t-systems.com` for `eu-de` and `eu-nl`, `sc.otc.t-systems.com` for `eu-ch2`, `myhuaweicloud.eu` for `eu-west-101`, `myhuaweicloud.com` for the listed regions of Huawei Cloud; else that of the IAM address",
  },
  projectId: { group: "project", description: "Id of the project that the tasks belong to." },
  projectName: {
    group: "project",
    description: "Name of the project, looked up where no id is given.",
    defaultsTo: "the name of the region",
  },
  accessKey: { group: "identity", secret: true, description: "Access key (AK) that signs requests." },
  secretKey: { group: "identity", secret: true, description: "Secret key (SK) of the access key." },
  securityToken: {
    group: "identity",
    secret: true,
    description: "Security token of a temporary access key.",
  },
  token: { group: "identity", secret: true, description: "IAM token that somebody else obtained." },
  userName: { group: "identity", description: "IAM user that obtains tokens with `password`." },
  password: { group: "identity", secret: true, description: "Password of the IAM user." },
  domainName: { group: "identity", description: "Name of the account (domain) of the IAM user." },
  domainId: { group: "identity", description: "Id of the account (domain) of the IAM user." },
  agencyName: { group: "identity", description: "Agency to act through." },
  agencyDomainName: { group: "identity", description: "Account that granted the agency." },
  authUrl: { group: "place", description: "Address of IAM; `endpoints.iam` wins over it." },
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
  profile: { group: "identity", description: "Profile of the hcloud command to take credentials from." },
  cloudName: { group: "identity", description: "Entry of clouds.yaml to take credentials from." },
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
      "Text that enters the hash of default names, to tell equally named stacks of one project apart.",
  },
  allowDuplicateNames: {
    group: "general",
    type: "boolean",
    description: "Lets a task be created under a name that another task of the service already has.",
    defaultsTo: "`false`",
  },
} as const satisfies Readonly<Record<string, ConfigurationKeyInfo>>;

export type ConfigurationKey = keyof typeof configurationKeys;
