/** The services whose tasks are listed: those that options name, and with `--all` those that can be found. */
import type { PropertyMap } from "../../../provider/common/json";
import { resourceTypeNamed, type ResourceType } from "../../stack/resource-types";
import { type RecordedResource, servicesOf } from "../../stack/recorded-resources";
import type { ImportOptions } from "./options";
import { whyNotOffered, type Access } from "../../stack/access";

/** One service, or all batches of the project. */
export interface Target {
  readonly resourceType: ResourceType;
  /** Id or name; empty for the batches. */
  readonly service: string;
  readonly args: PropertyMap;
  /** By an option of its own: then it is an error that it has none. */
  readonly named: boolean;
}

export const SERVICE_TASK = resourceTypeNamed("ServiceTask");
export const JOB = resourceTypeNamed("VideoAnalysisJob");
export const BATCH = resourceTypeNamed("BatchTask");

interface Found {
  readonly services: readonly string[];
  readonly jobs: readonly string[];
  readonly batches: boolean;
}

const NOTHING: Found = { services: [], jobs: [], batches: false };

/** @param resources of the stack, where it is known */
export async function findTargets(
  options: ImportOptions,
  resources: readonly RecordedResource[],
  access: Access,
): Promise<Target[]> {
  const found = options.all ? await findAll(options, resources, access) : NOTHING;
  const services = (
    resourceType: ResourceType,
    key: string,
    named: readonly string[],
    others: readonly string[],
  ): Target[] =>
    [...new Set([...named, ...others])].map((service) => ({
      resourceType,
      service,
      args: { [key]: service },
      named: named.includes(service),
    }));
  return [
    ...services(SERVICE_TASK, "serviceId", options.service, found.services),
    ...services(JOB, "serviceName", options.serviceName, found.jobs),
    ...(options.batches || found.batches
      ? [{ resourceType: BATCH, service: "", args: {}, named: options.batches }]
      : []),
  ];
}

/** Notifies of what is not looked for. */
async function findAll(
  { batches }: ImportOptions,
  resources: readonly RecordedResource[],
  access: Access,
): Promise<Found> {
  const offered = (resourceType: ResourceType): string | undefined => {
    const address = access.address(resourceType);
    if ("url" in address) return address.url;
    access.notify(leftOut(resourceType, "", address.missing));
    return undefined;
  };
  const modelArts = offered(SERVICE_TASK);
  const services =
    modelArts === undefined
      ? []
      : [...servicesOf(resources, "ServiceTask"), ...(await listedServices(access, modelArts))];
  const hasJobs = offered(JOB) !== undefined;
  if (hasJobs) {
    access.notify(
      `${JOB.definition.type}: no call lists VAS services, so jobs were looked for only in those that --service-name ` +
        "or the stack names.",
    );
  }
  return {
    services,
    jobs: hasJobs ? servicesOf(resources, "VideoAnalysisJob") : [],
    // Named, it is an error that the cloud has none.
    batches: !batches && offered(BATCH) !== undefined,
  };
}

/** Ids of the services that may have tasks. */
async function listedServices(access: Access, endpoint: string): Promise<string[]> {
  try {
    const services = await access.listServices();
    return services.map(({ id }) => String(id));
  } catch (error) {
    const why = whyNotOffered(error, endpoint);
    if (why === undefined) throw error;
    access.notify(
      `${SERVICE_TASK.definition.type}: the services cannot be listed, so tasks were looked for only in those that ` +
        `--service or the stack names: ${why}`,
    );
    return [];
  }
}

/** @param service id or name; empty for the whole type */
export const leftOut = ({ definition: { type } }: ResourceType, service: string, why: string): string =>
  `${type}${service === "" ? "" : ` of ${service}`} left out: ${why}`;
