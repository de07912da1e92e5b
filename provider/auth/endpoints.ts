/** Which host a service has in a region, and which recorded hosts may be called again. */
import { VideoAnalysisError } from "../common/errors";

export const SERVICES = ["modelarts", "vias", "iva", "iam"] as const;
/** A service by its host label. VAS answers under `iva`. */
export type Service = (typeof SERVICES)[number];

/** Base URLs that replace the derived ones. */
export type EndpointOverrides = Readonly<Partial<Record<Service, string>>>;

const HUAWEI_CLOUD = "myhuaweicloud.com";
const OPEN_TELEKOM_CLOUD = "otc.t-systems.com";
const HUAWEI_CLOUD_EU = "myhuaweicloud.eu";
/** The vendor's Java SDK lists one ModelArts region under this domain. */
const HUAWEI_CLOUD_CN = "myhuaweicloud.cn";

/** Regions outside the default domain (regions-and-endpoints pages of both clouds). */
const CLOUD_OF_REGION: ReadonlyMap<string, string> = new Map([
  ["eu-de", OPEN_TELEKOM_CLOUD],
  ["eu-nl", OPEN_TELEKOM_CLOUD],
  ["eu-west-101", HUAWEI_CLOUD_EU],
]);

/** Domains a recorded endpoint may have without being configured today. */
const KNOWN_CLOUDS: readonly string[] = [HUAWEI_CLOUD, OPEN_TELEKOM_CLOUD, HUAWEI_CLOUD_EU, HUAWEI_CLOUD_CN];

/** Services that the endpoint pages of Open Telekom Cloud do not list. */
const NOT_ON_OTC: ReadonlySet<Service> = new Set<Service>(["vias", "iva"]);

/** How requests to a cloud are signed where it is not configured: the documents of each show another form. */
export function signingFormOf(cloud: string): "plain" | "scoped" {
  return cloud === OPEN_TELEKOM_CLOUD ? "scoped" : "plain";
}

/** The domain of a region's services; unknown regions are taken for Huawei Cloud's. */
export function cloudOf(region: string): string {
  return CLOUD_OF_REGION.get(region) ?? HUAWEI_CLOUD;
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
  return `https://${service}.${region}.${cloud}`;
}

/** Why a service has no endpoint in a region; undefined where it has one. Open Telekom Cloud lacks VIAS and VAS. */
export function whyNotOffered(
  service: Service,
  region: string,
  cloud: string,
  overrides: EndpointOverrides,
): string | undefined {
  if (overrides[service] !== undefined || cloud !== OPEN_TELEKOM_CLOUD || !NOT_ON_OTC.has(service)) {
    return undefined;
  }
  return (
    `Open Telekom Cloud does not offer the service ${service} (region "${region}"). ` +
    `Use a Huawei Cloud region, or set \`video-analysis:endpoints\` with "${service}".`
  );
}

/**
 * The base URL of a service. Throws `CONFIGURATION` for VIAS and VAS on Open Telekom Cloud, which does not
 * offer them, unless an override says where they are.
 */
export function endpointOf(
  service: Service,
  region: string,
  cloud: string,
  overrides: EndpointOverrides,
): string {
  const problem = whyNotOffered(service, region, cloud, overrides);
  if (problem !== undefined) throw new VideoAnalysisError("CONFIGURATION", problem);
  return overrides[service] ?? derived(service, region, cloud);
}

/**
 * Whether an endpoint found in a state may be called: only the derived host of a known cloud, or an override
 * of today. Anything else could send credentials to a stranger's host.
 */
export function isKnownEndpoint(
  recorded: string,
  service: Service,
  region: string,
  cloud: string,
  overrides: EndpointOverrides,
): boolean {
  const endpoint = normalizeEndpoint(service, recorded);
  if (endpoint === undefined) return false;
  if (endpoint === overrides[service]) return true;
  return [cloud, ...KNOWN_CLOUDS].some((domain) => endpoint === derived(service, region, domain));
}
