/** Everything that the emulated cloud remembers. Services read and write it; it knows nothing of HTTP. */
import { NOWHERE } from "./addresses";
import { AccessKeyStore } from "./auth/access-keys";
import { TokenStore } from "./auth/tokens";
import { Clock } from "./clock";
import { behaviorWith, DEFAULT_USER, type Settings, settingsOf } from "./defaults";
import { FaultQueue } from "./faults/queue";
import { IdSource } from "./ids";
import type {
  Behavior,
  BehaviorOptions,
  EdgePoolDeclaration,
  EmulatorOptions,
  ProjectDeclaration,
  ServiceDeclaration,
  VideoGroupDeclaration,
} from "./options";
import { deepCopy } from "./json";
import { RequestLog } from "./request-log";
import { TaskStore } from "./tasks/store";

export class World {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly tokens = new TokenStore();
  readonly accessKeys = new AccessKeyStore();
  readonly tasks = new TaskStore();
  readonly log = new RequestLog();
  readonly faults = new FaultQueue();
  readonly services = new Map<string, ServiceDeclaration>();
  readonly videoGroups = new Map<string, VideoGroupDeclaration>();
  readonly edgePools = new Map<string, EdgePoolDeclaration>();
  /** Known once everything listens. */
  addresses = NOWHERE;
  #behavior: Behavior;
  #seededMs = 0;

  constructor(options: EmulatorOptions) {
    this.settings = settingsOf(options);
    this.clock = new Clock(options.clock);
    this.ids = new IdSource(this.settings.seed, options.taskIds);
    this.#behavior = this.settings.behavior;
    this.#seed();
  }

  get behavior(): Behavior {
    return this.#behavior;
  }

  /** When everything that is declared began: things have their order of age from that of their declarations. */
  get seededMs(): number {
    return this.#seededMs;
  }

  configure(options: BehaviorOptions): void {
    this.#behavior = behaviorWith(this.#behavior, options);
  }

  /** Account of the first user, to which everything belongs that names no other. */
  get domainName(): string {
    return this.settings.users[0]?.domainName ?? DEFAULT_USER.domainName;
  }

  projectsOf(domainName: string): ProjectDeclaration[] {
    return this.settings.projects.filter((project) => (project.domainName ?? this.domainName) === domainName);
  }

  /** The services of these platforms that are subscribed in a project. */
  subscribed<P extends ServiceDeclaration["platform"]>(
    projectId: string,
    ...platforms: P[]
  ): Extract<ServiceDeclaration, { platform: P }>[] {
    type Wanted = Extract<ServiceDeclaration, { platform: P }>;
    const wanted = (service: ServiceDeclaration): service is Wanted =>
      (platforms as string[]).includes(service.platform);
    return [...this.services.values()]
      .filter(wanted)
      .filter((service) => (service.projectId ?? this.settings.project.id) === projectId);
  }

  /** Back to the start: no tasks, faults, log or issued tokens; services, behaviour and clock as given. */
  reset(): void {
    this.tokens.clear();
    this.accessKeys.clear();
    this.tasks.clear();
    this.log.reset();
    this.faults.clear();
    this.services.clear();
    this.videoGroups.clear();
    this.edgePools.clear();
    this.ids.reset();
    this.clock.reset();
    this.#behavior = this.settings.behavior;
    this.#seed();
  }

  #seed(): void {
    this.#seededMs = this.clock.now();
    const { users, tokens, accessKeys, project } = this.settings;
    const userName = users[0]?.name ?? DEFAULT_USER.name;
    for (const token of tokens) {
      this.tokens.grant(token, { userName, domainName: this.domainName, projectId: project.id });
    }
    for (const key of accessKeys) {
      const owner = users.find(({ name }) => name === key.userName) ?? users[0] ?? DEFAULT_USER;
      this.accessKeys.register(key, {
        userName: owner.name,
        domainName: owner.domainName,
        projectId: undefined,
        wholeAccount: true,
      });
    }
    for (const service of this.settings.services) this.services.set(service.id, { ...service });
    for (const group of this.settings.videoGroups) this.videoGroups.set(group.id, deepCopy(group));
    for (const pool of this.settings.edgePools) this.edgePools.set(pool.id, { ...pool });
  }
}
