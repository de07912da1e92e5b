/** Access to the services by one configuration: run contexts, addresses, the list of services. */
import { configuredEndpoint, requiredRegion } from "../../provider/services/auth/connection";
import { deriveCloud, hasServices, whyNoEndpoint } from "../../provider/services/auth/endpoints";
import { resolveSettings } from "../../provider/services/auth/settings";
import { VideoAnalysisError, isRequestError, type RequestError } from "../../provider/common/errors";
import type { PropertyMap } from "../../provider/common/json";
import { printable } from "../../provider/common/printable";
import type { RunContext } from "../../provider/core/operation";
import * as lookups from "../../provider/services/lookups";
import { settingsChain } from "../../provider/services/configured";
import type { Configuration } from "./configuration/layers";
import type { ResourceType } from "./resource-types";

/** The base URL of a service, or why this cloud has none. */
export type Address = { readonly url: string } | { readonly missing: string };

export interface Access {
  /** The same for each call, so that tasks of a service share what is read. */
  contextOf(resourceType: ResourceType): RunContext;
  address(resourceType: ResourceType): Address;
  /** ModelArts services of the project that may have tasks; of a kind that the documents do not know it is tried. */
  listServices(): Promise<readonly PropertyMap[]>;
  list(lookup: lookups.ListName, args: PropertyMap): Promise<readonly PropertyMap[]>;
  /** Writes to the standard error, the same words once. */
  notify(message: string): void;
  /** Says how often the same words would have been said. */
  close(): void;
}

/**
 * What services are called that run on neither Edge nor IEF (Obtaining Services, `infer_type`), so that they have no
 * tasks. Those of Edge and IEF have one word, `edge`, which decides no platform.
 */
const WITHOUT_TASKS: ReadonlySet<unknown> = new Set(["real-time", "batch"]);

export function createAccess(configuration: Configuration): Access {
  const { request } = configuration;
  const contexts = new Map<ResourceType, RunContext>();
  const counts = new Map<string, number>();
  const write = (message: string): void => {
    process.stderr.write(`${printable(message)}\n`);
  };
  const notify = (message: string): void => {
    const count = counts.get(message) ?? 0;
    counts.set(message, count + 1);
    if (count === 0) write(message);
  };
  const list = async (lookup: lookups.ListName, args: PropertyMap): Promise<readonly PropertyMap[]> =>
    (await new lookups.Lookups().list(lookup, args, request)).all();
  return {
    notify,
    list,
    close() {
      for (const [message, count] of counts) if (count > 1) write(`${count} times: ${message}`);
    },
    contextOf(resourceType) {
      const context = contexts.get(resourceType) ?? {
        ...resourceType.runContext(request),
        log: { info: notify, warn: notify, status: (name, line) => notify(`${name}: ${line}`) },
      };
      contexts.set(resourceType, context);
      return context;
    },
    address({ service }) {
      const sources = settingsChain(request, process.env);
      // Without a region every request is refused before it is sent.
      const settings = resolveSettings(sources, process.env, request.directory);
      const region = requiredRegion(settings.region);
      const derivation = deriveCloud(region, settings);
      if ("problem" in derivation && !hasServices(settings.endpoints)) {
        throw new VideoAnalysisError("CONFIGURATION", derivation.problem);
      }
      const missing = whyNoEndpoint(service, region, settings);
      return missing === undefined ? { url: configuredEndpoint(service, region, settings) } : { missing };
    },
    async listServices() {
      return (await list("listServices", {})).filter(({ inferType }) => !WITHOUT_TASKS.has(inferType));
    },
  };
}

/** Node's code for an unknown host name. */
const NO_HOST = "ENOTFOUND";

/**
 * Why there is nothing to list, where that is what a failure says: the service does not know the object or the call,
 * or there is no such host. Anything else may hide tasks.
 *
 * @param endpoint of the service: what IAM answers on the way says nothing of tasks
 */
export function whyNotOffered(error: unknown, endpoint: string): string | undefined {
  const request = requestIn(error);
  if (request === undefined || !request.failure.url.startsWith(endpoint)) return undefined;
  const { kind, method, url, said = "" } = request.failure;
  const cause = request.cause as { readonly code?: unknown } | undefined;
  const isNothing = kind === "not-found" || kind === "not-published" || cause?.code === NO_HOST;
  return isNothing ? `${method} ${url}: ${said}` : undefined;
}

/** A missing service has an error of its own, caused by that of the request. */
function requestIn(error: unknown): RequestError | undefined {
  if (isRequestError(error)) return error;
  return error instanceof Error && isRequestError(error.cause) ? error.cause : undefined;
}
