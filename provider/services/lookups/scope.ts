/** What a lookup asks with: the settings that a resource with the same configuration would have. */
import type { TasksClientOptions } from "../api/tasks-client";
import { environmentSources } from "../auth/configuration";
import type { Service } from "../auth/endpoints";
import { resolveSettings } from "../auth/settings";
import { processClock } from "../../common/clock";
import type { Deadline } from "../../common/deadline";
import type { PropertyMap } from "../../common/json";
import { createHost } from "../../fronts/dynamic/composition";
import { connect, share, type Shared } from "../connect";
import type { RunContext, Location } from "../../core/contract";
import { deadlineFor } from "../../core/reconcile/timeouts";
import { configurationSources, type ConfigureRequest } from "../../fronts/dynamic/configuration";
import { stopSignal } from "../../fronts/dynamic/shutdown";

/** Configuration by full keys (`video-analysis:region`): the stack's, or the inputs of an explicit provider. */
export type LookupConfiguration = Readonly<Record<string, string>>;

export interface Connected {
  readonly location: Location;
  readonly client: TasksClientOptions;
}

/** The request of a configuration, as the engine would make it. */
export function requestOf(configuration: LookupConfiguration): ConfigureRequest {
  return { config: { get: (key) => configuration[key] } };
}

export class LookupScope {
  readonly #request: ConfigureRequest;
  #shared: Shared | undefined;

  constructor(request: ConfigureRequest) {
    this.#request = request;
  }

  /** @throws `CONFIGURATION` where region, project or credentials are missing or not usable */
  connect(service: Service, args: PropertyMap, deadline: Deadline): Promise<Connected> {
    return connect(this.#settings(), { args }, service, deadline);
  }

  /** What reads of resources need. */
  environment<G>(
    service: Service,
    open: Parameters<typeof createHost<G>>[2],
    more: LookupConfiguration = {},
  ): RunContext {
    const { config } = this.#request;
    const request = { ...this.#request, config: { get: (key: string) => more[key] ?? config.get(key) } };
    return createHost(request, service, open).environment();
  }

  /** The time for one page, or for one get. */
  deadline(subject: string, args: PropertyMap): Deadline {
    return deadlineFor("read", args, subject, { clock: processClock(), signal: stopSignal });
  }

  #settings(): Shared {
    const sources = [...configurationSources(this.#request), ...environmentSources(process.env)];
    this.#shared ??= share(resolveSettings(sources, process.env, this.#request.directory), processClock());
    return this.#shared;
  }
}
