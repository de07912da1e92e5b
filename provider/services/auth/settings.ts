/** Settings of one provider instance, resolved from its sources without any request. */
import { VideoAnalysisError } from "../../common/errors";
import { defined, isObject } from "../../common/json";
import { type Environment, type SettingsSource, spellingOf } from "./configuration";
import {
  CONFIGURATION,
  type ConfigurationKey,
  CONFIGURATION_KEYS,
  CONFIGURATION_NAMESPACE,
} from "../configuration";
import { isKnownCloud } from "./clouds";
import type { Credentials } from "./credentials";
import {
  type EndpointOverrides,
  type HostSettings,
  normalizeEndpoint,
  PROJECT_ID,
  REGION,
  type Service,
  SERVICES,
} from "./endpoints";
import { resolvePath } from "./files";
import { IDENTITY_KEYS } from "./find-credentials";
import { regionImplied, regionNamed } from "./region";
import { type RankedSources, rankSources } from "./settings-chain";

/** Where a setting comes from; never what it says. */
export interface SettingOrigin {
  /** For messages: "the stack configuration". */
  readonly source: string;
  readonly kind: SettingsSource["origin"];
  /** How it is written there. */
  readonly spelling: string;
}

export type Origins = Readonly<Partial<Record<ConfigurationKey, SettingOrigin>>>;

export interface Settings {
  readonly region?: string;
  /** Whether the stack or this machine decides on the region; set together with `region`. */
  readonly regionFrom?: "config" | "machine";
  /** Name of the source of the region, for messages. */
  readonly regionSource?: string;
  /** Domain of the cloud where it is configured; else it follows from the region. */
  readonly cloud?: string;
  readonly projectId?: string;
  readonly projectName?: string;
  readonly endpoints: EndpointOverrides;
  /** Addresses that only a state file names, where the credentials are not its own: nothing is sent there. */
  readonly strangers?: EndpointOverrides;
  /** Absent where no source has any: a preview needs none. */
  readonly credentials?: Credentials;
  readonly signing?: "plain" | "scoped";
  readonly maxRetries?: number;
  readonly maxConcurrency?: number;
  /** An absolute path. */
  readonly caCertFile?: string;
  /** Where it is named, for messages; set together with `caCertFile`. */
  readonly caCertSource?: string;
  readonly batchDetail: "sample" | "all";
  readonly waitFor?: "accepted" | "running" | "succeeded";
  readonly nameSeed?: string;
  readonly allowDuplicateNames: boolean;
  /**
   * The origin of every key that is in use: the highest source that has it, and for credentials that of the bundle.
   * `endpoints` are merged service by service, so that theirs is the highest of possibly several.
   */
  readonly origins: Origins;
}

/** Highest accepted `maxRetries` and `maxConcurrency`: beyond it a typing error is likelier than a wish. */
const MAX_COUNT = 1000;

interface Hit {
  readonly value: string;
  readonly source: SettingsSource;
}

class Lookup {
  constructor(readonly sources: readonly SettingsSource[]) {}

  find(key: ConfigurationKey): Hit | undefined {
    for (const source of this.sources) {
      const value = source.get(key)?.trim();
      if (value !== undefined && value !== "") return { value, source };
    }
    return undefined;
  }

  text(key: ConfigurationKey, pattern?: RegExp, expected?: string): string | undefined {
    const hit = this.find(key);
    if (hit !== undefined && pattern?.test(hit.value) === false) {
      throw invalid(hit.source, key, `expected ${expected ?? String(pattern)}`);
    }
    return hit?.value;
  }

  oneOf<T extends string>(key: ConfigurationKey, values: readonly T[]): T | undefined {
    const hit = this.find(key);
    if (hit === undefined) return undefined;
    const match = values.find((value) => value === hit.value);
    if (match === undefined) {
      throw invalid(hit.source, key, `expected ${values.map((value) => `"${value}"`).join(" or ")}`);
    }
    return match;
  }

  count(key: ConfigurationKey, min: number): number | undefined {
    const hit = this.find(key);
    if (hit === undefined) return undefined;
    const value = /^\d+$/.test(hit.value) ? Number(hit.value) : Number.NaN;
    if (!(value >= min && value <= MAX_COUNT)) {
      throw invalid(hit.source, key, `expected a whole number from ${min} to ${MAX_COUNT}`);
    }
    return value;
  }
}

function invalid(source: SettingsSource, key: ConfigurationKey, problem: string): VideoAnalysisError {
  const spelling = spellingOf(source, key);
  const setting = `${CONFIGURATION_NAMESPACE}:${key}`;
  const named = spelling === setting ? setting : `${setting} (${spelling})`;
  return new VideoAnalysisError("CONFIGURATION", `${named} in ${source.name} is not usable: ${problem}.`);
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
function mergeEndpoints(lookup: Lookup): EndpointOverrides {
  const authUrl = lookup.find("authUrl");
  const lowestFirst = [...lookup.sources].reverse().map(endpointsOf);
  const fallback =
    authUrl === undefined ? {} : { iam: baseUrl(authUrl.source, "authUrl", "iam", authUrl.value) };
  return Object.assign({}, fallback, ...lowestFirst) as EndpointOverrides;
}

function booleanOf(lookup: Lookup, key: ConfigurationKey): boolean {
  return lookup.oneOf(key, ["true", "false"] as const) === "true";
}

const cloudIn = (lookup: Lookup): string | undefined =>
  lookup.text("cloud", /^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'the domain of a cloud such as "otc.t-systems.com"');

/**
 * What decides on hosts. Credentials go to those that somebody configured; a state file, which may come from anywhere,
 * leads only its own ones.
 */
function hostsOf({ sources, found }: RankedSources): HostSettings & Pick<Settings, "strangers"> {
  const isState = ({ origin }: SettingsSource): boolean => origin === "state";
  const all = new Lookup(sources);
  const own = found === undefined || isState(found.from);
  const chosen = own ? all : new Lookup(sources.filter((source) => !isState(source)));
  const named = cloudIn(all);
  const cloud = cloudIn(chosen) ?? (named !== undefined && isKnownCloud(named) ? named : undefined);
  return {
    endpoints: mergeEndpoints(chosen),
    ...(own || !sources.some(isState)
      ? {}
      : { strangers: mergeEndpoints(new Lookup(sources.filter(isState))) }),
    ...(cloud === undefined ? {} : { cloud }),
  };
}

function certificatesIn(
  lookup: Lookup,
  env: Environment,
  directory: string,
): Partial<Pick<Settings, "caCertFile" | "caCertSource">> {
  const hit = lookup.find("caCertFile");
  if (hit === undefined) return {};
  return {
    caCertFile: resolvePath(hit.value, env, directory),
    caCertSource: `${spellingOf(hit.source, "caCertFile")} in ${hit.source.name}`,
  };
}

function originsOf(lookup: Lookup, { found }: RankedSources): Origins {
  const from = found?.from;
  const parts = from === undefined ? [] : [from, ...(from.namedBy === undefined ? [] : [from.namedBy])];
  const bundle = new Lookup(parts);
  const origins: Partial<Record<ConfigurationKey, SettingOrigin>> = {};
  for (const key of CONFIGURATION_KEYS) {
    const source = (IDENTITY_KEYS.has(key) ? bundle : lookup).find(key)?.source;
    if (source === undefined) continue;
    origins[key] = { source: source.name, kind: source.origin, spelling: spellingOf(source, key) };
  }
  return origins;
}

/** What decides on hosts, without judging anything else; throws `CONFIGURATION` as `resolveSettings` does. */
export function resolveHosts(sources: readonly SettingsSource[]): HostSettings {
  const lookup = new Lookup(sources);
  const cloud = cloudIn(lookup);
  return { endpoints: mergeEndpoints(lookup), ...(cloud === undefined ? {} : { cloud }) };
}

/**
 * Settings from sources in order of rank, highest first; files that they name are read. Throws `CONFIGURATION` that
 * names the key, the source and what is expected; values are never quoted, for they may be secrets.
 * @param env the process environment: for `VIDEO_ANALYSIS_CREDENTIALS`, and for where files are
 * @param directory where relative files begin: the program's, in which its provider process runs
 */
export function resolveSettings(
  sources: readonly SettingsSource[],
  env: Environment,
  directory = process.cwd(),
): Settings {
  const ranked = rankSources(sources, env, directory);
  const lookup = new Lookup(ranked.sources);
  const named = regionNamed(ranked.sources);
  const { region, source: regionSource } = named ?? regionImplied(ranked.sources) ?? {};
  if (named !== undefined && !REGION.test(named.region)) {
    throw invalid(named.source, "region", 'expected a region such as "eu-de"');
  }
  const origin = named?.source.origin;
  const fromStack = origin === "provider" || origin === "configuration" || origin === "state";
  return {
    ...defined({
      region,
      regionFrom:
        regionSource === undefined ? undefined : fromStack ? ("config" as const) : ("machine" as const),
      regionSource:
        named === undefined && regionSource !== undefined
          ? `the project name or the IAM address in ${regionSource.name}`
          : regionSource?.name,
      projectId: lookup.text("projectId", PROJECT_ID, "a project id of letters and digits"),
      projectName: lookup.text("projectName"),
      credentials: ranked.found?.credentials,
      signing: lookup.oneOf("signing", CONFIGURATION.signing.values),
      maxRetries: lookup.count("maxRetries", 0),
      maxConcurrency: lookup.count("maxConcurrency", 1),
      ...certificatesIn(lookup, env, directory),
      waitFor: lookup.oneOf("waitFor", CONFIGURATION.waitFor.values),
      nameSeed: lookup.text("nameSeed"),
    }),
    ...hostsOf(ranked),
    batchDetail: lookup.oneOf("batchDetail", CONFIGURATION.batchDetail.values) ?? "sample",
    allowDuplicateNames: booleanOf(lookup, "allowDuplicateNames"),
    origins: originsOf(lookup, ranked),
  };
}
