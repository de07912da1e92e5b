/** What a lookup asks with: the settings that a resource with the same configuration would have. */
import type { TasksClientOptions } from "../api/tasks-client";
import { environmentSources } from "../auth/configuration";
import type { Service } from "../auth/endpoints";
import { resolveSettings } from "../auth/settings";
import { processClock } from "../common/clock";
import type { Deadline } from "../common/deadline";
import type { Bag } from "../common/json";
import { createHost } from "../composition";
import { connect, share, type Shared } from "../connect";
import type { Environment, Location } from "../lifecycle/resource";
import { deadlineFor } from "../lifecycle/timeouts";
import { configurationSource, type ConfigureRequest } from "../pulumi/configuration";
import { stopSignal } from "../pulumi/lifespan";

/** Configuration by full keys (`video-analysis:region`): the stack's, or the inputs of an explicit provider. */
export type LookupConfiguration = Readonly<Record<string, string>>;

export interface Connected {
  readonly location: Location;
  readonly client: TasksClientOptions;
}

export class LookupScope {
  readonly #configuration: LookupConfiguration;
  #shared: Shared | undefined;

  constructor(configuration: LookupConfiguration) {
    this.#configuration = configuration;
  }

  /** @throws `CONFIGURATION` where region, project or credentials are missing or not usable */
  connect(service: Service, args: Bag, deadline: Deadline): Promise<Connected> {
    return connect(this.#settings(), { args }, service, deadline);
  }

  /** What reads of resources need. */
  environment<G>(
    service: Service,
    open: Parameters<typeof createHost<G>>[2],
    more: LookupConfiguration = {},
  ): Environment {
    return createHost(this.#request(more), service, open).environment();
  }

  /** The time for one page, or for one get. */
  deadline(subject: string, args: Bag): Deadline {
    return deadlineFor("read", args, subject, { clock: processClock(), signal: stopSignal });
  }

  #request(more: LookupConfiguration = {}): ConfigureRequest {
    const values: LookupConfiguration = { ...this.#configuration, ...more };
    return { config: { get: (key) => values[key] } };
  }

  #settings(): Shared {
    const sources = [configurationSource(this.#request()), ...environmentSources(process.env)];
    this.#shared ??= share(resolveSettings(sources, process.env), processClock());
    return this.#shared;
  }
}
