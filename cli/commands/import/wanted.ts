/** Which services to look through for tasks: those that options name, and with `--all` those that can be found. */
import type { PropertyMap } from "../../../provider/common/json";
import { kindNamed, type Kind } from "../../stack/resource-types";
import type { RecordedResource } from "../../stack/recorded-resources";
import type { ImportOptions } from "./options";
import { whyNothing, type Reach } from "./reach";

/** One service, or all batches of the project. */
export interface Wanted {
  readonly kind: Kind;
  /** Id or name; empty for the batches. */
  readonly service: string;
  readonly args: PropertyMap;
  /** By an option of its own: then it is an error that it has none. */
  readonly named: boolean;
}

export const SERVICE_TASK = kindNamed("ServiceTask");
export const JOB = kindNamed("VideoAnalysisJob");
export const BATCH = kindNamed("BatchTask");

/**
 * What services are called that run on neither Edge nor IEF (Obtaining Services, `infer_type`), so that they have no
 * tasks. Those of Edge and IEF have one word, `edge`, which therefore tells no platform.
 */
const WITHOUT_TASKS: ReadonlySet<unknown> = new Set(["real-time", "batch"]);

interface Found {
  readonly services: readonly string[];
  readonly jobs: readonly string[];
  readonly batches: boolean;
}

const NOTHING: Found = { services: [], jobs: [], batches: false };

/** @param resources of the stack, where it is known */
export async function wantedServices(
  options: ImportOptions,
  resources: readonly RecordedResource[],
  reach: Reach,
): Promise<Wanted[]> {
  const found = options.all ? await findAll(options, resources, reach) : NOTHING;
  const services = (kind: Kind, key: string, named: readonly string[], others: readonly string[]): Wanted[] =>
    [...new Set([...named, ...others])].map((service) => ({
      kind,
      service,
      args: { [key]: service },
      named: named.includes(service),
    }));
  return [
    ...services(SERVICE_TASK, "serviceId", options.service, found.services),
    ...services(JOB, "serviceName", options.serviceName, found.jobs),
    ...(options.batches || found.batches
      ? [{ kind: BATCH, service: "", args: {}, named: options.batches }]
      : []),
  ];
}

/** Says of each kind what is not looked for. */
async function findAll(
  { batches }: ImportOptions,
  resources: readonly RecordedResource[],
  reach: Reach,
): Promise<Found> {
  const known = (kind: Kind, key: string): string[] =>
    resources.filter((resource) => resource.kind === kind).map(({ outputs }) => String(outputs[key]));
  const offered = (kind: Kind): string | undefined => {
    const address = reach.address(kind);
    if ("url" in address) return address.url;
    reach.say(leftOut(kind, "", address.missing));
    return undefined;
  };
  const modelArts = offered(SERVICE_TASK);
  const services =
    modelArts === undefined
      ? []
      : [...known(SERVICE_TASK, "serviceId"), ...(await listedServices(reach, modelArts))];
  const hasJobs = offered(JOB) !== undefined;
  if (hasJobs) {
    reach.say(
      `${JOB.definition.type}: no call lists VAS services, so jobs were looked for only in those that --service-name ` +
        "or the stack names.",
    );
  }
  return {
    services,
    jobs: hasJobs ? known(JOB, "serviceName") : [],
    // Named, it is an error that the cloud has none.
    batches: !batches && offered(BATCH) !== undefined,
  };
}

/** Ids of the services that may have tasks; of a kind that the documents do not know it is tried. */
async function listedServices(reach: Reach, endpoint: string): Promise<string[]> {
  try {
    const services = await reach.listServices();
    return services.filter(({ inferType }) => !WITHOUT_TASKS.has(inferType)).map(({ id }) => String(id));
  } catch (error) {
    const why = whyNothing(error, endpoint);
    if (why === undefined) throw error;
    reach.say(
      `${SERVICE_TASK.definition.type}: the services cannot be listed, so tasks were looked for only in those that ` +
        `--service or the stack names: ${why}`,
    );
    return [];
  }
}

/** @param service id or name; empty for the whole kind */
export const leftOut = ({ definition: { type } }: Kind, service: string, why: string): string =>
  `${type}${service === "" ? "" : ` of ${service}`} left out: ${why}`;
