/** The options of an emulator that names none. */
import { IdSource } from "./ids";
import type {
  AccessKeyDeclaration,
  AgencyDeclaration,
  AlgorithmDeclaration,
  Behavior,
  BehaviorOptions,
  EdgePoolDeclaration,
  EmulatorOptions,
  ProjectDeclaration,
  ServiceDeclaration,
  ServicePorts,
  TaskServiceDeclaration,
  UserDeclaration,
  VasServiceDeclaration,
  VideoGroupDeclaration,
} from "./options";
import { QUICK_TRANSITIONS } from "./tasks/states";

/** The Edge service that exists when no services are declared. */
export const DEFAULT_EDGE_SERVICE: Readonly<TaskServiceDeclaration> = {
  id: "2a2db77f-0000-4000-8000-000000000001",
  name: "face-detect",
  platform: "edge",
};

/** The IEF service that exists when no services are declared. */
export const DEFAULT_IEF_SERVICE: Readonly<TaskServiceDeclaration> = {
  id: "2a2db77f-0000-4000-8000-000000000002",
  name: "video-analyze",
  platform: "ief",
};

/** The VIAS algorithm that exists when no services are declared. */
export const DEFAULT_ALGORITHM: Readonly<AlgorithmDeclaration> = {
  id: "2a2db77f-0000-4000-8000-000000000003",
  name: "fire-smoke",
  platform: "vias",
  versions: ["1.0"],
  title: "Smoke and fire detection",
  company: "VIAS",
};

/** The VAS service that exists when no services are declared. */
export const DEFAULT_VAS_SERVICE: Readonly<VasServiceDeclaration> = {
  id: "2a2db77f-0000-4000-8000-000000000004",
  name: "video-analyze",
  platform: "vas",
  versions: ["1.0"],
  title: { zh: "视频分析", en: "Video analysis" },
};

/** The video groups that exist when none are declared: two of two cameras each. */
export const DEFAULT_VIDEO_GROUPS: readonly Readonly<VideoGroupDeclaration>[] = ["north", "south"].map(
  (side) => ({
    id: `group-${side}`,
    name: `${side} side`,
    sources: [1, 2].map((number) => ({
      id: `camera-${side}-${number}`,
      name: `${side} camera ${number}`,
    })),
  }),
);

/** The edge pool that exists when none are declared. */
export const DEFAULT_EDGE_POOL: Readonly<EdgePoolDeclaration> = {
  id: "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
  name: "edge-pool-1",
};

/** The user who exists when no users are declared. */
export const DEFAULT_USER: Readonly<UserDeclaration> = {
  name: "emulator-user",
  password: "emulator-password",
  domainName: "emulator-domain",
};

/** The access key that exists when none are declared, of the default user. */
export const DEFAULT_ACCESS_KEY: Readonly<AccessKeyDeclaration> = {
  accessKey: "EMULATORACCESSKEY001",
  secretKey: "emulatorSecretKey0000000000000000000001",
};

/** The temporary access key that exists when none are declared, of the default user. */
export const DEFAULT_TEMPORARY_KEY: Readonly<Required<Omit<AccessKeyDeclaration, "userName">>> = {
  accessKey: "EMULATORACCESSKEY002",
  secretKey: "emulatorSecretKey0000000000000000000002",
  securityToken: "emulator-security-token",
};

/** The agency that exists when none are declared: every user may act in the default user's account by it. */
export const DEFAULT_AGENCY: Readonly<AgencyDeclaration> = {
  name: "emulator-agency",
  domainName: DEFAULT_USER.domainName,
};

/** The validity that IAM documents for a token. */
const TOKEN_LIFETIME_MS = 24 * 60 * 60 * 1000;

/** The page size that the documented ModelArts list example asks for. */
const MAX_LIMIT = 100;

/** The bound of VAS's current list page. */
const VAS_MAX_LIMIT = 1000;

/** Options with every default filled in. */
export interface Settings {
  readonly port: number;
  readonly servicePorts: Readonly<ServicePorts>;
  readonly region: string;
  readonly project: ProjectDeclaration;
  readonly projects: readonly ProjectDeclaration[];
  readonly services: readonly ServiceDeclaration[];
  readonly videoGroups: readonly VideoGroupDeclaration[];
  readonly edgePools: readonly EdgePoolDeclaration[];
  readonly users: readonly UserDeclaration[];
  readonly accessKeys: readonly AccessKeyDeclaration[];
  readonly agencies: readonly AgencyDeclaration[];
  readonly tokens: readonly string[];
  readonly seed: string;
  readonly logSecrets: boolean;
  readonly behavior: Behavior;
}

/** Fills in the defaults. */
export function settingsOf(options: EmulatorOptions): Settings {
  const seed = options.seed ?? "emulator";
  const ids = new IdSource(seed);
  const region = options.region ?? "eu-de";
  const project = {
    id: options.projectId ?? ids.named("project"),
    name: options.projectName ?? region,
  };
  return {
    port: options.port ?? 0,
    servicePorts: options.servicePorts ?? {},
    region,
    project,
    projects: [project, ...(options.projects ?? [])],
    services: options.services ?? DEFAULT_SERVICES,
    videoGroups: options.videoGroups ?? DEFAULT_VIDEO_GROUPS,
    edgePools: options.edgePools ?? [DEFAULT_EDGE_POOL],
    users: options.users ?? [DEFAULT_USER],
    accessKeys: options.accessKeys ?? [DEFAULT_ACCESS_KEY, DEFAULT_TEMPORARY_KEY],
    agencies: options.agencies ?? [DEFAULT_AGENCY],
    tokens: options.tokens ?? [`token-${ids.named("token")}`],
    seed,
    logSecrets: options.logSecrets ?? false,
    behavior: behaviorWith(DEFAULT_BEHAVIOR, options),
  };
}

const DEFAULT_SERVICES: readonly ServiceDeclaration[] = [
  DEFAULT_EDGE_SERVICE,
  DEFAULT_IEF_SERVICE,
  DEFAULT_ALGORITHM,
  DEFAULT_VAS_SERVICE,
];

const DEFAULT_BEHAVIOR: Behavior = {
  transitions: QUICK_TRANSITIONS,
  passwordEcho: "mask",
  headersEcho: "echo",
  urlEcho: "echo",
  extraFields: true,
  maxLimit: MAX_LIMIT,
  refuseDeleteWhileRunning: false,
  taskNotFoundCode: "ModelArts.3502",
  outsideWindowState: undefined,
  iamErrorForm: "nested",
  viasPut: "replace",
  duplicateBatchNames: "accept",
  repeatedBatchAction: "succeed",
  undeclaredVideoSources: "refuse",
  batchNotFoundCode: "VIAS.00010008",
  vasCreateAnswer: "array",
  vasDeleteStatus: 202,
  vasErrorText: "error_msg",
  vasMaxLimit: VAS_MAX_LIMIT,
  serviceOffset: "records",
  batchStateCase: "lower",
  unsignedHeaders: "accept",
  expiredToken: { form: "update", status: 401 },
  tokenLifetimeMs: TOKEN_LIFETIME_MS,
};

/** The behaviour with the given parts changed; other members of `options` play no part. */
export function behaviorWith(base: Behavior, options: BehaviorOptions): Behavior {
  const keys = Object.keys(base) as (keyof Behavior)[];
  const changed = Object.fromEntries(keys.map((key) => [key, options[key] ?? base[key]]));
  const transitions = { ...base.transitions, ...options.transitions };
  const expiredToken = { ...base.expiredToken, ...options.expiredToken };
  return { ...base, ...changed, transitions, expiredToken };
}
