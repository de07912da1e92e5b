/** Where to send requests of one region and project, and as whom. */
import type { Clock } from "../../common/clock";
import type { Deadline } from "../../common/deadline";
import { VideoAnalysisError } from "../../common/errors";
import { SingleFlight } from "../../common/single-flight";
import type { Authenticator } from "./authenticator";
import { Authenticators } from "./authenticators";
import {
  deriveCloud,
  endpointOf,
  isDerived,
  normalizeEndpoint,
  PROJECT_ID,
  REGION,
  type Service,
} from "./endpoints";
import type { IdentityService, ProjectScope } from "./identity";
import { findProject } from "./project";
import type { Settings } from "./settings";

/** Where a resource lives, by its program or its state; what is absent is configured. */
export interface Place {
  readonly region?: string | undefined;
  readonly projectId?: string | undefined;
}

export interface Connection {
  readonly region: string;
  /** Domain of the cloud; undefined where only overrides say where its services are. */
  readonly cloud: string | undefined;
  readonly authenticator: Authenticator;
  /**
   * The base URL of a service. A recorded one gives way to an override of today that is configured for this region and
   * project; throws `ENDPOINT_REFUSED` where it is neither derived nor an override.
   */
  endpoint(service: Service, recorded?: string): string;
  /** The project of all calls; looked up once where neither state nor settings give it. */
  projectId(deadline: Deadline): Promise<string>;
}

/** Connections of one provider instance, one for each region and project. */
export class Connections {
  readonly #settings: Settings;
  readonly #identity: IdentityService;
  readonly #connections = new Map<string, Connection>();
  readonly #authenticators: Authenticators;

  constructor(settings: Settings, identity: IdentityService, clock: Clock) {
    this.#settings = settings;
    this.#identity = identity;
    this.#authenticators = new Authenticators(settings, identity, clock);
  }

  /**
   * Sends nothing. Throws `CONFIGURATION` where the region or all credentials are missing. The same place gives
   * the same connection; a failure is not remembered.
   */
  connect(place: Place = {}): Connection {
    const region = requiredRegion(place.region ?? this.#settings.region);
    if (!REGION.test(region)) throw unusable("region", region);
    if (place.projectId !== undefined && !PROJECT_ID.test(place.projectId)) {
      throw unusable("project id", place.projectId);
    }
    // The configured project lives in the configured region; elsewhere its id would be another's.
    const home = this.#settings.region === undefined || this.#settings.region === region;
    const projectId = place.projectId ?? (home ? this.#settings.projectId : undefined);
    const key = JSON.stringify([region, projectId]);
    const known = this.#connections.get(key);
    if (known !== undefined) return known;
    const projectName = (home ? this.#settings.projectName : undefined) ?? region;
    const scope: ProjectScope = projectId === undefined ? { name: projectName } : { id: projectId };
    const connection = this.#open(region, scope, home);
    this.#connections.set(key, connection);
    return connection;
  }

  /** @param home whether the region is that of the settings */
  #open(region: string, scope: ProjectScope, home: boolean): Connection {
    const { endpoints, projectId: configuredProject } = this.#settings;
    const derivation = deriveCloud(region, this.#settings);
    const cloud = "cloud" in derivation ? derivation.cloud : undefined;
    const iam = (): string => configuredEndpoint("iam", region, this.#settings);
    // Overrides say where the configured region and project are, and nothing of others.
    const overridesCount =
      home && (configuredProject === undefined || !("id" in scope) || scope.id === configuredProject);
    const elsewhere = !home && configuredProject !== undefined;
    const lookup = new SingleFlight<string>();
    let projectId = "id" in scope ? scope.id : undefined;
    const authenticator = this.#authenticators.for({ iam, region, cloud, scope, projectId: () => projectId });
    return {
      region,
      cloud,
      authenticator,
      endpoint: (service, recorded) => {
        const override = endpoints[service];
        if (recorded === undefined) return configuredEndpoint(service, region, this.#settings);
        if (override !== undefined && overridesCount) return override;
        const endpoint = normalizeEndpoint(service, recorded);
        if (endpoint !== undefined && endpoint === override) return endpoint;
        if (endpoint !== undefined && isDerived(endpoint, service, region, this.#settings)) return endpoint;
        throw refusedEndpoint(service, recorded, region, override);
      },
      projectId: async (deadline) => {
        if (projectId !== undefined) return projectId;
        const found = await lookup.run(deadline, "looking up the project", () =>
          findProject({ identity: this.#identity, iam: iam(), scope, authenticator, elsewhere }, deadline),
        );
        if (!PROJECT_ID.test(found)) throw unusable("project id", found);
        projectId = found;
        return found;
      },
    };
  }
}

/**
 * An override, else the derived host: never another one in the place of one that is not trusted. Throws `CONFIGURATION`
 * where the host is not known, and `ENDPOINT_REFUSED` where only a state file names it.
 */
export function configuredEndpoint(service: Service, region: string, settings: Settings): string {
  const unconfirmed = settings.unconfirmed?.[service];
  if (unconfirmed === undefined || settings.endpoints[service] !== undefined) {
    return endpointOf(service, region, settings);
  }
  if (isDerived(unconfirmed, service, region, settings)) return unconfirmed;
  throw new VideoAnalysisError(
    "ENDPOINT_REFUSED",
    `the address of ${service} (${new URL(unconfirmed).host}) is named by the state alone, and the credentials are not the ` +
      "state's, so they are not sent to it. If it is right, give `--config endpoints=…` or the stack's configuration file, or " +
      `set VIDEO_ANALYSIS_ENDPOINT_${service.toUpperCase()}.`,
  );
}

/** Throws `CONFIGURATION` where there is no region. */
export function requiredRegion(region: string | undefined): string {
  if (region !== undefined) return region;
  throw new VideoAnalysisError(
    "CONFIGURATION",
    "No region is known. Set `region` on the resource, `pulumi config set video-analysis:region eu-de`, " +
      "or HW_REGION_NAME or OS_REGION_NAME.",
  );
}

function unusable(what: string, value: string): VideoAnalysisError {
  return new VideoAnalysisError(
    "CONFIGURATION",
    `${JSON.stringify(value)} is no ${what}, so nothing was sent. Correct it where the program, the configuration or the ` +
      "state names it.",
  );
}

function refusedEndpoint(
  service: Service,
  recorded: string,
  region: string,
  override: string | undefined,
): VideoAnalysisError {
  const host = URL.canParse(recorded) ? new URL(recorded).host : "an unreadable URL";
  const today =
    override === undefined
      ? "no host of its cloud and not configured today"
      : `no host of its cloud, and the one configured today (${override}) is for another region or project`;
  return new VideoAnalysisError(
    "ENDPOINT_REFUSED",
    `The state records ${host} as the ${service} endpoint in region "${region}", which is ${today}; credentials are not ` +
      `sent to it. If it is right, set \`video-analysis:endpoints\` with "${service}", beside the region and project that ` +
      "the state records.",
  );
}
