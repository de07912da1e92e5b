import { IdSource } from "./ids";
import type {
  Behavior,
  BehaviorOptions,
  EmulatorOptions,
  ProjectDeclaration,
  ServiceDeclaration,
  UserDeclaration,
} from "./options";
import { QUICK_TRANSITIONS } from "./tasks/states";

/** The Edge service that exists when no services are declared. */
export const DEFAULT_EDGE_SERVICE: Readonly<ServiceDeclaration> = {
  id: "2a2db77f-0000-4000-8000-000000000001",
  name: "face-detect",
  platform: "edge",
};

/** The IEF service that exists when no services are declared. */
export const DEFAULT_IEF_SERVICE: Readonly<ServiceDeclaration> = {
  id: "2a2db77f-0000-4000-8000-000000000002",
  name: "video-analyze",
  platform: "ief",
};

/** The user who exists when no users are declared. */
export const DEFAULT_USER: Readonly<UserDeclaration> = {
  name: "emulator-user",
  password: "emulator-password",
  domainName: "emulator-domain",
};

/** The validity that IAM documents for a token. */
const TOKEN_LIFETIME_MS = 24 * 60 * 60 * 1000;

/** The page size that the documented list example asks for, and VAS's documented older bound. */
const MAX_LIMIT = 100;

/** Options with every default filled in. */
export interface Settings {
  readonly port: number;
  readonly region: string;
  readonly project: ProjectDeclaration;
  readonly projects: readonly ProjectDeclaration[];
  readonly services: readonly ServiceDeclaration[];
  readonly users: readonly UserDeclaration[];
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
    region,
    project,
    projects: [project, ...(options.projects ?? [])],
    services: options.services ?? [DEFAULT_EDGE_SERVICE, DEFAULT_IEF_SERVICE],
    users: options.users ?? [DEFAULT_USER],
    tokens: options.tokens ?? [`token-${ids.named("token")}`],
    seed,
    logSecrets: options.logSecrets ?? false,
    behavior: behaviorWith(DEFAULT_BEHAVIOR, options),
  };
}

const DEFAULT_BEHAVIOR: Behavior = {
  transitions: QUICK_TRANSITIONS,
  passwordEcho: "mask",
  extraFields: true,
  maxLimit: MAX_LIMIT,
  refuseDeleteWhileRunning: false,
  taskNotFoundCode: "ModelArts.3502",
  outsideWindowState: undefined,
  iamErrorForm: "flat",
  tokenLifetimeMs: TOKEN_LIFETIME_MS,
};

/** The behaviour with the given parts changed. */
export function behaviorWith(base: Behavior, options: BehaviorOptions): Behavior {
  return {
    transitions: { ...base.transitions, ...options.transitions },
    passwordEcho: options.passwordEcho ?? base.passwordEcho,
    extraFields: options.extraFields ?? base.extraFields,
    maxLimit: options.maxLimit ?? base.maxLimit,
    refuseDeleteWhileRunning: options.refuseDeleteWhileRunning ?? base.refuseDeleteWhileRunning,
    taskNotFoundCode: options.taskNotFoundCode ?? base.taskNotFoundCode,
    outsideWindowState: options.outsideWindowState ?? base.outsideWindowState,
    iamErrorForm: options.iamErrorForm ?? base.iamErrorForm,
    tokenLifetimeMs: options.tokenLifetimeMs ?? base.tokenLifetimeMs,
  };
}
