/** Settings of one provider instance, resolved from its settings chain without any request. */
import { defined } from "../../common/json";
import { CONFIGURATION, type ConfigurationKey, CONFIGURATION_KEYS } from "../configuration";
import { type Environment, type SettingsSource, spellingOf } from "./configuration";
import type { Credentials } from "./credentials";
import { PROJECT_ID, REGION } from "./endpoints";
import { resolvePath } from "./files";
import { IDENTITY_KEYS } from "./find-credentials";
import { hostsOf, type ResolvedHosts } from "./host-settings";
import { regionImplied, regionNamed } from "./region";
import { type RankedSources, rankSources } from "./settings-chain";
import { invalid, SettingsReader } from "./settings-reader";

/** Where a setting comes from; never its value. */
export interface SettingOrigin {
  /** For messages: "the stack configuration". */
  readonly source: string;
  readonly kind: SettingsSource["origin"];
  /** How it is written there. */
  readonly spelling: string;
}

export type Origins = Readonly<Partial<Record<ConfigurationKey, SettingOrigin>>>;

export interface Settings extends ResolvedHosts {
  readonly region?: string;
  /** Whether the stack or this machine decides on the region; set together with `region`. */
  readonly regionFrom?: "config" | "machine";
  /** Name of the source of the region, for messages. */
  readonly regionSource?: string;
  readonly projectId?: string;
  readonly projectName?: string;
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
   * The origin of every key that is in use: the highest source that has it, and for credentials the one that has them.
   * `endpoints` are merged service by service, so that theirs is the highest of possibly several.
   */
  readonly origins: Origins;
}

function certificatesIn(
  reader: SettingsReader,
  env: Environment,
  directory: string,
): Partial<Pick<Settings, "caCertFile" | "caCertSource">> {
  const hit = reader.find("caCertFile");
  if (hit === undefined) return {};
  return {
    caCertFile: resolvePath(hit.value, env, directory),
    caCertSource: `${spellingOf(hit.source, "caCertFile")} in ${hit.source.name}`,
  };
}

function originsOf(reader: SettingsReader, { found }: RankedSources): Origins {
  const from = found?.from;
  const parts = from === undefined ? [] : [from, ...(from.namedBy === undefined ? [] : [from.namedBy])];
  const identity = new SettingsReader(parts);
  const origins: Partial<Record<ConfigurationKey, SettingOrigin>> = {};
  for (const key of CONFIGURATION_KEYS) {
    const source = (IDENTITY_KEYS.has(key) ? identity : reader).find(key)?.source;
    if (source === undefined) continue;
    origins[key] = { source: source.name, kind: source.origin, spelling: spellingOf(source, key) };
  }
  return origins;
}

/**
 * Settings from a chain of sources, highest first; files that they name are read. Throws `CONFIGURATION`, which names
 * the key, the source and the expected form; values are never quoted, for they may be secrets.
 * @param env the process environment: for `VIDEO_ANALYSIS_CREDENTIALS`, and for where files are
 * @param directory where relative files begin: the program's, in which its provider process runs
 */
export function resolveSettings(
  sources: readonly SettingsSource[],
  env: Environment,
  directory = process.cwd(),
): Settings {
  const ranked = rankSources(sources, env, directory);
  const reader = new SettingsReader(ranked.sources);
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
      projectId: reader.text("projectId", PROJECT_ID, "a project id of letters and digits"),
      projectName: reader.text("projectName"),
      credentials: ranked.found?.credentials,
      signing: reader.oneOf("signing", CONFIGURATION.signing.values),
      maxRetries: reader.count("maxRetries", 0),
      maxConcurrency: reader.count("maxConcurrency", 1),
      ...certificatesIn(reader, env, directory),
      waitFor: reader.oneOf("waitFor", CONFIGURATION.waitFor.values),
      nameSeed: reader.text("nameSeed"),
    }),
    ...hostsOf(ranked),
    batchDetail: reader.oneOf("batchDetail", CONFIGURATION.batchDetail.values) ?? "sample",
    allowDuplicateNames: reader.flag("allowDuplicateNames"),
    origins: originsOf(reader, ranked),
  };
}
