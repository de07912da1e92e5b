/** Where to send requests of one region and project, and as whom. */
import type { Clock } from "../common/clock";
import type { Deadline } from "../common/deadline";
import { VideoAnalysisError } from "../common/errors";
import { SingleFlight } from "../common/single-flight";
import type { Authenticator } from "./authenticator";
import { Authenticators } from "./authenticators";
import { cloudOf, endpointOf, isKnownEndpoint, normalizeEndpoint, type Service } from "./endpoints";
import type { IdentityService, ProjectScope } from "./identity";
import type { Settings } from "./settings";
import { IssuedTokenAuthenticator } from "./token-authenticator";

/** What a resource knows of its place: from the program, or recorded in its state. Anything absent is configured. */
export interface Place {
  readonly region?: string | undefined;
  readonly cloud?: string | undefined;
  readonly projectId?: string | undefined;
}

export interface Connection {
  readonly region: string;
  /** Domain of the cloud. */
  readonly cloud: string;
  readonly authenticator: Authenticator;
  /**
   * The base URL of a service. A recorded one is used unless an override of today replaces it; throws
   * `ENDPOINT_REFUSED` where it is neither a host of a known cloud in this region nor an override.
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
    const region = place.region ?? this.#settings.region;
    if (region === undefined) {
      throw new VideoAnalysisError(
        "CONFIGURATION",
        "No region is known. Set `region` on the resource, `pulumi config set video-analysis:region eu-de`, " +
          "or HW_REGION_NAME or OS_REGION_NAME.",
      );
    }
    const cloud = place.cloud ?? this.#settings.cloud ?? cloudOf(region);
    // The configured project lives in the configured region; elsewhere it would be somebody else's id.
    const home = this.#settings.region === undefined || this.#settings.region === region;
    const projectId = place.projectId ?? (home ? this.#settings.projectId : undefined);
    const key = JSON.stringify([region, cloud, projectId]);
    const known = this.#connections.get(key);
    if (known !== undefined) return known;
    const projectName = (home ? this.#settings.projectName : undefined) ?? region;
    const scope: ProjectScope = projectId === undefined ? { name: projectName } : { id: projectId };
    const connection = this.#open(region, cloud, scope);
    this.#connections.set(key, connection);
    return connection;
  }

  #open(region: string, cloud: string, scope: ProjectScope): Connection {
    const overrides = this.#settings.endpoints;
    const iam = endpointOf("iam", region, cloud, overrides);
    const lookup = new SingleFlight<string>();
    let projectId = "id" in scope ? scope.id : undefined;
    const authenticator = this.#authenticators.for({ iam, region, cloud, scope, projectId: () => projectId });
    return {
      region,
      cloud,
      authenticator,
      endpoint(service, recorded) {
        if (recorded === undefined || overrides[service] !== undefined) {
          return endpointOf(service, region, cloud, overrides);
        }
        if (isKnownEndpoint(recorded, service, region, cloud, overrides)) {
          return normalizeEndpoint(service, recorded) ?? recorded;
        }
        throw refusedEndpoint(service, recorded, region);
      },
      projectId: async (deadline) => {
        if (projectId !== undefined) return projectId;
        projectId = await lookup.run(deadline, "looking up the project", () =>
          this.#findProject(iam, scope, authenticator, deadline),
        );
        return projectId;
      },
    };
  }

  async #findProject(
    iam: string,
    scope: ProjectScope,
    authenticator: Authenticator,
    deadline: Deadline,
  ): Promise<string> {
    if (authenticator instanceof IssuedTokenAuthenticator) {
      const project = await authenticator.project(deadline);
      if (project !== undefined) return project.id;
    }
    if ("id" in scope) return scope.id;
    const projects = await this.#identity.findProjects(iam, scope.name, authenticator, deadline);
    const [project] = projects;
    if (project !== undefined && projects.length === 1) return project.id;
    throw undecidedProject(scope.name, projects, authenticator);
  }
}

function refusedEndpoint(service: Service, recorded: string, region: string): VideoAnalysisError {
  const host = URL.canParse(recorded) ? new URL(recorded).host : "an unreadable URL";
  return new VideoAnalysisError(
    "ENDPOINT_REFUSED",
    `The state records ${host} as the ${service} endpoint in region "${region}", which is no host of a known cloud ` +
      "there and not configured today; credentials are not sent to it. If it is right, set " +
      `\`video-analysis:endpoints\` with "${service}".`,
  );
}

function undecidedProject(
  name: string,
  projects: readonly { readonly id: string; readonly name: string }[],
  authenticator: Authenticator,
): VideoAnalysisError {
  const found =
    projects.length === 0
      ? "none"
      : `${projects.length}: ${projects.map((project) => `${project.name} (${project.id})`).join(", ")}`;
  return new VideoAnalysisError(
    "CONFIGURATION",
    `The project name "${name}" must match exactly one project; ${authenticator.describe()} can see ${found}. ` +
      "Set `video-analysis:projectId`, or `video-analysis:projectName` where it is not named after the region.",
  );
}
