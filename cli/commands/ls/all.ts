/** `ls all`: the tasks of every kind, as far as they can be found. */
import { isVideoAnalysisError, messageOf } from "../../../provider/common/errors";
import type { PropertyMap } from "../../../provider/common/json";
import * as lookups from "../../../provider/services/lookups";
import type { ListName } from "../../../provider/services/lookups";
import { mapBounded } from "../../common/map-bounded";
import { createAccess, whyNotOffered, type Access } from "../../stack/access";
import type { Configuration } from "../../stack/configuration/layers";
import { resourceTypeNamed, VAS_SERVICE } from "../../stack/resource-types";
import type { LsOptions } from "./options";
import { masked } from "./print";
import { serviceId } from "./service-name";

/** Lists at the same time. */
const CONCURRENCY = 8;

interface Source {
  readonly type: "ServiceTask" | "BatchTask" | "VideoAnalysisJob";
  readonly lookup: ListName;
  readonly args: PropertyMap;
}

/**
 * Entries with the `type` of their resource. What this cloud does not offer is left out, with a line that says so.
 *
 * @param vasServices those that the stack names, since no call lists them
 */
export async function allTasks(
  { service, name, state, limit }: LsOptions,
  configuration: Configuration,
  vasServices: readonly string[],
): Promise<PropertyMap[]> {
  const access = createAccess(configuration);
  const sources =
    service === undefined ? await everySource(access, vasServices) : await sourcesOf(service, configuration);
  const found = await mapBounded(sources, CONCURRENCY, (source) => tasksOf(source, configuration, access));
  const fits = (entry: PropertyMap): boolean =>
    (name === undefined || String(entry.name).toLowerCase().includes(name.toLowerCase())) &&
    (state === undefined || String(entry.state).toLowerCase() === state.toLowerCase());
  return found.flat().filter(fits).slice(0, limit);
}

async function everySource(access: Access, vasServices: readonly string[]): Promise<Source[]> {
  const offered = (type: Source["type"]): boolean => {
    const address = access.address(resourceTypeNamed(type));
    if ("missing" in address) access.notify(`${type} left out: ${address.missing}`);
    return "url" in address;
  };
  const services = offered("ServiceTask") ? await access.listServices() : [];
  const batches: Source[] = offered("BatchTask")
    ? [{ type: "BatchTask", lookup: "listBatchTasks", args: {} }]
    : [];
  const jobs = offered("VideoAnalysisJob") ? vasServices.map(serviceJobs) : undefined;
  if (jobs !== undefined) {
    const found =
      jobs.length === 0 ? "VideoAnalysisJob left out" : `VideoAnalysisJob of ${vasServices.join(", ")} only`;
    access.notify(`${found}: no call lists VAS services. Name one with --service.`);
  }
  return [...services.map(({ id }) => serviceTasks(String(id))), ...batches, ...(jobs ?? [])];
}

const serviceJobs = (name: string): Source => ({
  type: "VideoAnalysisJob",
  lookup: "listVideoAnalysisJobs",
  args: { serviceName: name },
});

const serviceTasks = (id: string): Source => ({
  type: "ServiceTask",
  lookup: "listServiceTasks",
  args: { serviceId: id },
});

/** A name that no ModelArts service has is that of a VAS service. */
async function sourcesOf(service: string, configuration: Configuration): Promise<Source[]> {
  const id = await serviceId(service, configuration);
  return id === service && VAS_SERVICE.test(service) ? [serviceJobs(service)] : [serviceTasks(id)];
}

async function tasksOf(
  { type, lookup, args }: Source,
  { request }: Configuration,
  access: Access,
): Promise<PropertyMap[]> {
  try {
    const lister = await new lookups.Lookups().list(lookup, args, request);
    // A batch has a `type` of its own: where its video comes from.
    return (await lister.all()).map((entry) => ({ ...masked(lookup, entry), type }));
  } catch (error) {
    const address = access.address(resourceTypeNamed(type));
    const why = "url" in address ? whyNotOffered(error, address.url) : messageOf(error);
    if (!isVideoAnalysisError(error) || why === undefined) throw error;
    const [service] = Object.values(args);
    access.notify(`${type}${typeof service === "string" ? ` of ${service}` : ""} left out: ${why}`);
    return [];
  }
}
