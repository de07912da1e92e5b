/**
 * The clouds, their regions, and which cloud a region or an IAM address belongs to. Sources: the regions-and-endpoints
 * pages of the clouds, and the regions that the vendor's SDKs list for IAM.
 */

interface Cloud {
  readonly regions: readonly string[];
  /** First label of IAM's host. */
  readonly iam: string;
  /** How requests are signed where it is not configured: the documents of each cloud show another form. */
  readonly signing: "plain" | "scoped";
  readonly name: string;
  /** Services that its endpoint pages do not list. */
  readonly lacks?: readonly string[];
}

const CLOUDS: ReadonlyMap<string, Cloud> = new Map<string, Cloud>([
  [
    "otc.t-systems.com",
    {
      name: "Open Telekom Cloud",
      regions: ["eu-de", "eu-nl"],
      iam: "iam",
      signing: "scoped",
      lacks: ["vias", "iva"],
    },
  ],
  [
    "sc.otc.t-systems.com",
    {
      name: "Swiss Open Telekom Cloud",
      regions: ["eu-ch2"],
      iam: "iam-pub",
      signing: "scoped",
      lacks: ["vias", "iva"],
    },
  ],
  ["myhuaweicloud.eu", { name: "Huawei Cloud EU", regions: ["eu-west-101"], iam: "iam", signing: "plain" }],
  [
    "myhuaweicloud.com",
    {
      name: "Huawei Cloud",
      iam: "iam",
      signing: "plain",
      regions: [
        "ae-ad-1",
        "af-south-1",
        "ap-southeast-1",
        "ap-southeast-2",
        "ap-southeast-3",
        "ap-southeast-4",
        "cn-east-2",
        "cn-east-3",
        "cn-east-4",
        "cn-east-5",
        "cn-north-1",
        "cn-north-2",
        "cn-north-4",
        "cn-north-9",
        "cn-north-12",
        "cn-south-1",
        "cn-south-2",
        "cn-southwest-2",
        "eu-west-0",
        "la-north-2",
        "la-south-2",
        "me-east-1",
        "my-kualalumpur-1",
        "na-mexico-1",
        "ru-moscow-1",
        "sa-brazil-1",
        "tr-west-1",
      ],
    },
  ],
]);

const CLOUD_OF_REGION: ReadonlyMap<string, string> = new Map(
  [...CLOUDS].flatMap(([domain, { regions }]) => regions.map((region) => [region, domain] as const)),
);

export const KNOWN_REGIONS: readonly string[] = [...CLOUD_OF_REGION.keys()];

/** The domain of a region's cloud; undefined for a region that is not listed. */
export function cloudOfRegion(region: string): string | undefined {
  return CLOUD_OF_REGION.get(region);
}

export function isKnownCloud(domain: string): boolean {
  return CLOUDS.has(domain);
}

/** Name of a cloud; private ones have only their domain. */
export function nameOfCloud(domain: string): string {
  return CLOUDS.get(domain)?.name ?? domain;
}

/** First label of IAM's host in a cloud. */
export function iamLabelOf(domain: string): string {
  return CLOUDS.get(domain)?.iam ?? "iam";
}

/** Whether a cloud has a service, as far as its endpoint pages show. */
export function offers(domain: string, service: string): boolean {
  return CLOUDS.get(domain)?.lacks?.includes(service) !== true;
}

export function signingFormOf(domain: string | undefined): "plain" | "scoped" {
  return CLOUDS.get(domain ?? "")?.signing ?? "plain";
}

export interface IamPlace {
  readonly cloud: string;
  /** Absent for an address that serves all regions. */
  readonly region?: string;
}

/** The cloud, and the region, that the address of a known cloud's IAM belongs to; undefined for any other address. */
export function placeOfIam(address: string): IamPlace | undefined {
  const { protocol, hostname, port } = new URL(address);
  if (protocol !== "https:" || port !== "") return undefined;
  const [label = "", ...rest] = hostname.split(".");
  if (!/^iam(?:-pub)?$/.test(label)) return undefined;
  if (CLOUDS.has(rest.join("."))) return { cloud: rest.join(".") };
  const [region = "", ...domain] = rest;
  const cloud = domain.join(".");
  return CLOUDS.has(cloud) ? { cloud, region } : undefined;
}
