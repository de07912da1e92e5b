/** Reads that try out one configuration. Each reports its first fault: nothing is repeated. */
import { CatalogClient, SERVICES } from "../api/catalog";
import { IamClient } from "../api/iam";
import { ModelArtsClient } from "../api/modelarts";
import type { TasksClientOptions } from "../api/tasks-client";
import { JobPageSize, VasClient } from "../api/vas";
import { ViasClient } from "../api/vias";
import { type Connection, Connections } from "../auth/connection";
import type { Service } from "../auth/endpoints";
import type { Project } from "../auth/identity";
import type { Settings } from "../auth/settings";
import { IssuedTokenAuthenticator } from "../auth/token-authenticator";
import type { Clock } from "../../common/clock";
import type { Deadline } from "../../common/deadline";
import { HostLimiters } from "../http/host-limiter";
import { Transport } from "../http/transport";

/** The credentials as IAM sees them. */
export interface Account {
  /** When a token ends, milliseconds since 1970; undefined for an access key. */
  readonly expiresAt?: number;
  /** The project of the token, where it has one. */
  readonly project?: Project;
  /** The projects that an access key may see. */
  readonly projects?: readonly Project[];
}

/** Faults are to be reported, not waited out. */
const NO_RETRIES = 0;

/** Pages as small as each service takes: VIAS documents 5 as its smallest. */
const SMALLEST_PAGE = 1;
const SMALLEST_BATCH_PAGE = 5;

export class Session {
  readonly connection: Connection;
  readonly #settings: Settings;
  readonly #clock: Clock;
  readonly #iam: IamClient;

  /** Sends nothing. Throws `CONFIGURATION` where the region or all credentials are missing. */
  constructor(settings: Settings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
    this.#iam = new IamClient(this.#transport());
    this.connection = new Connections(settings, this.#iam, clock).connect();
  }

  /** A host of its own for each use: where one service throttles, the others are asked all the same. */
  #transport(): Transport {
    return new Transport({
      clock: this.#clock,
      maxRetries: NO_RETRIES,
      caCertFile: this.#settings.caCertFile,
      caCertSource: this.#settings.caCertSource,
      limiters: new HostLimiters(),
    });
  }

  /** One request to IAM that shows whether the credentials are accepted, and for which project. */
  async account(deadline: Deadline): Promise<Account> {
    const { authenticator } = this.connection;
    const iam = this.connection.endpoint("iam");
    if (authenticator instanceof IssuedTokenAuthenticator) {
      const project = await authenticator.project(deadline);
      return project === undefined ? {} : { project };
    }
    if (this.#settings.credentials?.kind === "token") {
      return this.#iam.inspectToken(iam, authenticator, deadline);
    }
    return { projects: await this.#iam.listProjects(iam, authenticator, deadline) };
  }

  projectId(deadline: Deadline): Promise<string> {
    return this.connection.projectId(deadline);
  }

  /**
   * The smallest page of a service's tasks, or of the batches of VIAS.
   *
   * @param name id of a ModelArts service, name of a VAS one; VIAS needs none
   * @returns how many there are, where the service counts them
   */
  async count(
    service: Exclude<Service, "iam">,
    name: string,
    deadline: Deadline,
  ): Promise<number | undefined> {
    const options = await this.#optionsFor(service, deadline);
    switch (service) {
      case "modelarts": {
        const client = new ModelArtsClient(options);
        return (await client.listTasks(name, { offset: 0, limit: SMALLEST_PAGE }, deadline)).count;
      }
      case "vias":
        return (await new ViasClient(options).listBatches({ page: 1, size: SMALLEST_BATCH_PAGE }, deadline))
          .count;
      case "iva": {
        const client = new VasClient(options, new JobPageSize());
        return (await client.listTasks(name, { offset: 0, limit: SMALLEST_PAGE }, deadline)).count;
      }
    }
  }

  /** The smallest page of the ModelArts services; whether there are any. */
  async hasServices(deadline: Deadline): Promise<boolean> {
    const client = new CatalogClient(await this.#optionsFor("modelarts", deadline));
    const services = await client.list(SERVICES, { offset: 0, limit: SMALLEST_PAGE }, deadline);
    return services.entries.length > 0;
  }

  async #optionsFor(service: Exclude<Service, "iam">, deadline: Deadline): Promise<TasksClientOptions> {
    return {
      transport: this.#transport(),
      endpoint: this.connection.endpoint(service),
      projectId: await this.projectId(deadline),
      authenticator: this.connection.authenticator,
    };
  }
}
