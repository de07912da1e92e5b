/** Settings that decide on hosts: the cloud, and the addresses of its services. */
import { isObject } from "../../common/json";
import { isKnownCloud } from "./clouds";
import type { ConfigurationKey } from "../configuration";
import type { SettingsSource } from "./configuration";
import {
  type EndpointOverrides,
  type HostSettings,
  normalizeEndpoint,
  type Service,
  SERVICES,
} from "./endpoints";
import type { RankedSources } from "./settings-chain";
import { invalid, SettingsReader } from "./settings-reader";

export interface ResolvedHosts extends HostSettings {
  /** Addresses that only a state file names, where the credentials are not its own: nothing is sent there. */
  readonly unconfirmed?: EndpointOverrides;
}

function endpointsOf(source: SettingsSource): EndpointOverrides {
  const text = source.get("endpoints")?.trim();
  if (text === undefined || text === "") return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  if (!isObject(value)) {
    throw invalid(source, "endpoints", 'expected JSON such as {"modelarts":"https://modelarts.example.com"}');
  }
  const endpoints: Partial<Record<Service, string>> = {};
  for (const [name, url] of Object.entries(value)) {
    if (url === undefined || url === null || url === "") continue;
    const service = SERVICES.find((known) => known === name);
    if (service === undefined) {
      throw invalid(source, "endpoints", `"${name}" is no service; expected ${SERVICES.join(", ")}`);
    }
    endpoints[service] = baseUrl(source, "endpoints", service, url);
  }
  return endpoints;
}

function baseUrl(source: SettingsSource, key: ConfigurationKey, service: Service, url: unknown): string {
  const endpoint = typeof url === "string" ? normalizeEndpoint(service, url.trim()) : undefined;
  if (endpoint === undefined) {
    throw invalid(
      source,
      key,
      `the ${service} endpoint must be an http or https URL without user name, query and fragment`,
    );
  }
  return endpoint;
}

/** Service by service the highest source wins; `authUrl` counts only where no source names an IAM endpoint. */
function mergeEndpoints(reader: SettingsReader): EndpointOverrides {
  const authUrl = reader.find("authUrl");
  const lowestFirst = [...reader.sources].reverse().map(endpointsOf);
  const fallback =
    authUrl === undefined ? {} : { iam: baseUrl(authUrl.source, "authUrl", "iam", authUrl.value) };
  return Object.assign({}, fallback, ...lowestFirst) as EndpointOverrides;
}

const cloudIn = (reader: SettingsReader): string | undefined =>
  reader.text("cloud", /^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'the domain of a cloud such as "otc.t-systems.com"');

/** Credentials go to configured hosts; a state file, which may come from anywhere, leads only its own ones. */
export function hostsOf({ sources, found }: RankedSources): ResolvedHosts {
  const isState = ({ origin }: SettingsSource): boolean => origin === "state";
  const all = new SettingsReader(sources);
  const own = found === undefined || isState(found.from);
  const chosen = own ? all : new SettingsReader(sources.filter((source) => !isState(source)));
  const named = cloudIn(all);
  const cloud = cloudIn(chosen) ?? (named !== undefined && isKnownCloud(named) ? named : undefined);
  return {
    endpoints: mergeEndpoints(chosen),
    ...(own || !sources.some(isState)
      ? {}
      : { unconfirmed: mergeEndpoints(new SettingsReader(sources.filter(isState))) }),
    ...(cloud === undefined ? {} : { cloud }),
  };
}

/** Resolves the hosts without the other settings; throws `CONFIGURATION` as `resolveSettings` does. */
export function resolveHosts(sources: readonly SettingsSource[]): HostSettings {
  const reader = new SettingsReader(sources);
  const cloud = cloudIn(reader);
  return { endpoints: mergeEndpoints(reader), ...(cloud === undefined ? {} : { cloud }) };
}
