/** The settings chain with its files: one has the rank of the source that names it, else the last one. */
import { isVideoAnalysisError, VideoAnalysisError } from "../../common/errors";
import { cloudsYamlSource, onlyCloud } from "./clouds-yaml";
import type { Environment, SettingsSource } from "./configuration";
import type { ConfigurationKey } from "../configuration";
import { type FoundCredentials, findCredentials } from "./find-credentials";
import { currentProfile, hcloudSource } from "./hcloud-profile";

/** `env` prefers the environment's credentials to those of the stack, which may be stale in a state. */
const CREDENTIALS_VARIABLE = "VIDEO_ANALYSIS_CREDENTIALS";

export interface RankedSources {
  /** Highest first. */
  readonly sources: readonly SettingsSource[];
  /** Absent where no source has any. */
  readonly found?: FoundCredentials;
}

/** Keys of one account: those of a file count only with its own credentials, never with those of another source. */
const BOUND: ReadonlySet<ConfigurationKey> = new Set<ConfigurationKey>([
  "projectId",
  "projectName",
  "authUrl",
]);

/** The source, and after it the files that it names. */
function withFiles(source: SettingsSource, env: Environment, directory: string): readonly SettingsSource[] {
  const cloudName = source.get("cloudName")?.trim() ?? "";
  const profile = source.get("profile")?.trim() ?? "";
  return [
    source,
    ...(cloudName === "" ? [] : [usable(source, () => cloudsYamlSource(cloudName, env, directory, source))]),
    ...(profile === "" ? [] : [usable(source, () => hcloudSource(profile, env, directory, source))]),
  ];
}

/** The file, or an empty source in its place with the error, which is thrown once the file is needed. */
function usable(namedBy: SettingsSource, open: () => SettingsSource): SettingsSource {
  try {
    return open();
  } catch (error) {
    if (!isVideoAnalysisError(error)) throw error;
    return {
      name: `a file named by ${namedBy.name}`,
      origin: "file",
      get: () => undefined,
      namedBy,
      problem: error,
    };
  }
}

function prefersEnvironment(env: Environment): boolean {
  const preference = env[CREDENTIALS_VARIABLE] ?? "";
  if (preference !== "" && preference !== "env") {
    throw new VideoAnalysisError(
      "CONFIGURATION",
      `${CREDENTIALS_VARIABLE} in the environment is not usable: expected "env", or leave it unset.`,
    );
  }
  return preference === "env";
}

function ofEnvironment({ origin, namedBy }: SettingsSource): boolean {
  return origin === "environment" || namedBy?.origin === "environment";
}

/**
 * Sources with the files they name, and the credentials among them. Files that no source names (the only entry of
 * clouds.yaml, the current profile of hcloud) are read only where there are no credentials elsewhere.
 * Throws `CONFIGURATION` for incomplete credentials, and for a file that is needed and not usable.
 * @param sources highest first
 * @param directory where relative files begin: the program's, in which its provider process runs
 */
export function rankSources(
  sources: readonly SettingsSource[],
  env: Environment,
  directory = process.cwd(),
): RankedSources {
  const ranked = sources.flatMap((source) => withFiles(source, env, directory));
  const order = prefersEnvironment(env)
    ? [...ranked.filter(ofEnvironment), ...ranked.filter((source) => !ofEnvironment(source))]
    : ranked;
  const found = findCredentials(order);
  if (found !== undefined) return { sources: bound(ranked, found), found };
  const unnamed = [onlyCloud(env, directory), currentProfile(env, directory)].filter(
    (source) => source !== undefined,
  );
  const fallback = findCredentials(unnamed);
  const all = [...ranked, ...unnamed];
  return fallback === undefined ? { sources: all } : { sources: bound(all, fallback), found: fallback };
}

function bound(sources: readonly SettingsSource[], { from }: FoundCredentials): readonly SettingsSource[] {
  return sources.map((source) => {
    if (source.origin !== "file" || source === from || source.namedBy === from) return source;
    return { ...source, get: (key) => (BOUND.has(key) ? undefined : source.get(key)) };
  });
}
