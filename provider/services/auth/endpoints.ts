/** Which host a service has in a region, and which recorded hosts may be called again. */
import { closest } from "../../common/closest";
import { VideoAnalysisError } from "../../common/errors";
import {
  cloudOfRegion,
  iamLabelOf,
  isKnownCloud,
  KNOWN_REGIONS,
  nameOfCloud,
  offers,
  placeOfIam,
} from "./clouds";

export const SERVICES = ["modelarts", "vias", "iva", "iam"] as const;
/** A service by its host label. VAS answers under `iva`. */
export type Service = (typeof SERVICES)[number];

/** The services by the names that their vendor gives them. */
export const PRODUCTS: Readonly<Record<Service, string>> = {
  modelarts: "ModelArts",
  vias: "VIAS",
  iva: "VAS",
  iam: "IAM",
};

/** Base URLs that replace the derived ones. */
export type EndpointOverrides = Readonly<Partial<Record<Service, string>>>;

/** Settings that decide on hosts beside the region. */
export interface HostSettings {
  /** Domain of the cloud where it is configured. */
  readonly cloud?: string;
  readonly endpoints: EndpointOverrides;
}

/** A region becomes a label of host names; anything else in its place would name another host. */
export const REGION = /^[a-z0-9-]{1,64}$/;

/** Ids of projects, which become parts of paths and headers (path parameter `project_id` of the vendor's definitions). */
export const PROJECT_ID = /^[A-Za-z0-9-]{1,64}$/;

/** Endpoints that are published under another domain than that of their region (the vendor's SDKs). */
const PUBLISHED_ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ["https://modelarts.ap-southeast-1.myhuaweicloud.com", "https://modelarts.ap-southeast-1.myhuaweicloud.cn"],
]);

/** The domain of a cloud, or why it is not known. */
type Derivation = { readonly cloud: string } | { readonly problem: string };

/**
 * The cloud of a region: the configured one, that of a listed region, or that of the IAM address. Never a guess:
 * credentials would go to another company's host.
 */
export function deriveCloud(region: string, { cloud, endpoints }: HostSettings): Derivation {
  if (!REGION.test(region)) {
    return { problem: `${JSON.stringify(region)} is no region. Set one such as "eu-de".` };
  }
  const listed = cloudOfRegion(region);
  const iam = endpoints.iam === undefined ? undefined : placeOfIam(endpoints.iam);
  const expected = cloud ?? listed;
  if (listed !== undefined && cloud !== undefined && isKnownCloud(cloud) && cloud !== listed) {
    return {
      problem:
        `the region "${region}" belongs to ${nameOfCloud(listed)} (${listed}), and \`video-analysis:cloud\` is ` +
        `"${cloud}". Correct one of them.`,
    };
  }
  if (expected !== undefined && iam !== undefined && isKnownCloud(expected) && iam.cloud !== expected) {
    return {
      problem:
        `the region "${region}" belongs to ${nameOfCloud(expected)} (${expected}), and the IAM address ${endpoints.iam ?? ""} ` +
        `to ${nameOfCloud(iam.cloud)} (${iam.cloud}). Correct the region, the address (\`video-analysis:authUrl\`, ` +
        "`endpoints`, OS_AUTH_URL) or `video-analysis:cloud`.",
    };
  }
  if (expected !== undefined) return { cloud: expected };
  // An address of another region says nothing of one that is not listed, which is a typing error then.
  if (iam !== undefined && (iam.region === undefined || iam.region === region)) return { cloud: iam.cloud };
  return { problem: unknownRegion(region, endpoints.iam) };
}

function unknownRegion(region: string, iam: string | undefined): string {
  const meant = closest(region, KNOWN_REGIONS);
  const suggestion = meant === undefined ? "" : `; did you mean "${meant}"?`;
  const address = iam === undefined ? "" : `, and its cloud does not follow from the IAM address ${iam}`;
  return (
    `the region "${region}" is not known${address}${suggestion === "" ? "." : suggestion} If it is right, set ` +
    '`video-analysis:cloud` to the domain of its cloud, such as "otc.t-systems.com", or the addresses of its services by ' +
    "`video-analysis:endpoints`."
  );
}

/**
 * A base URL in the one form that is compared and recorded: no trailing slash, and for IAM no `/v3`, which
 * OpenStack writes into its authentication URL. A path prefix stays. Undefined where it is no base URL.
 */
export function normalizeEndpoint(service: Service, text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const plain = url.username === "" && url.password === "" && url.search === "" && url.hash === "";
  if (!plain || (url.protocol !== "https:" && url.protocol !== "http:")) return undefined;
  const path = url.pathname.replace(/\/+$/, "");
  return url.origin + (service === "iam" ? path.replace(/(?:\/v3|\/)+$/, "") : path);
}

function derived(service: Service, region: string, cloud: string): string {
  const url = `https://${service === "iam" ? iamLabelOf(cloud) : service}.${region}.${cloud}`;
  return PUBLISHED_ELSEWHERE.get(url) ?? url;
}

/** Why a service has no endpoint in a region, as far as that is known without asking it. */
export function whyNoEndpoint(service: Service, region: string, hosts: HostSettings): string | undefined {
  if (hosts.endpoints[service] !== undefined) return undefined;
  const derivation = deriveCloud(region, hosts);
  if ("problem" in derivation) return derivation.problem;
  const { cloud } = derivation;
  if (offers(cloud, service)) return undefined;
  return (
    `${nameOfCloud(cloud)} does not offer ${PRODUCTS[service]} (region "${region}"). ` +
    `Use a Huawei Cloud region, or set \`video-analysis:endpoints\` with "${service}".`
  );
}

/**
 * The base URL of a service. Throws `CONFIGURATION` where its cloud does not offer it, or is not known,
 * unless an override names it.
 */
export function endpointOf(service: Service, region: string, hosts: HostSettings): string {
  const override = hosts.endpoints[service];
  if (override !== undefined) return override;
  const problem = whyNoEndpoint(service, region, hosts);
  const derivation = deriveCloud(region, hosts);
  if (problem !== undefined || "problem" in derivation) {
    throw new VideoAnalysisError("CONFIGURATION", problem ?? "");
  }
  return derived(service, region, derivation.cloud);
}

/** Whether addresses of services are configured, so that they need not follow from a cloud. */
export const hasServices = ({ modelarts, vias, iva }: EndpointOverrides): boolean =>
  [modelarts, vias, iva].some((url) => url !== undefined);

/**
 * Whether an endpoint found in a state is that of the service in its region. Anything else could send credentials to a
 * foreign host.
 *
 * @param recorded normalized
 */
export function isDerived(recorded: string, service: Service, region: string, hosts: HostSettings): boolean {
  const derivation = deriveCloud(region, hosts);
  if ("problem" in derivation) return false;
  const clouds = [derivation.cloud, cloudOfRegion(region)].filter((cloud) => cloud !== undefined);
  // Older states have the form that was not published.
  return clouds.some(
    (cloud) =>
      recorded === derived(service, region, cloud) || recorded === `https://${service}.${region}.${cloud}`,
  );
}
