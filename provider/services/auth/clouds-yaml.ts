/**
 * An entry of clouds.yaml, with secure.yaml merged over it. Source: "Configuring OpenStack SDK Applications" of the
 * openstacksdk documentation. The keys of access keys and agencies are not in it: they are those of Open Telekom
 * Cloud's own tools, as far as they could be inferred from their configuration pages.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import type * as Yaml from "yaml";
import { VideoAnalysisError } from "../../common/errors";
import { isObject } from "../../common/json";
import type { Environment, SettingsSource } from "./configuration";
import type { ConfigurationKey } from "../configuration";
import { configurationHome, readText, resolvePath, textAt } from "./files";

type Entry = Readonly<Record<string, unknown>>;

const CONFIG_FILE_VARIABLE = "OS_CLIENT_CONFIG_FILE";
const SECURE_FILE_VARIABLE = "OS_CLIENT_SECURE_FILE";
/** JSON is YAML too; openstacksdk looks for these endings in this order. */
const ENDINGS = [".yaml", ".yml", ".json"] as const;

/** Paths below an entry by key, the first one that is there counts. */
const PATHS: Readonly<Partial<Record<ConfigurationKey, readonly string[]>>> = {
  region: ["region_name"],
  projectId: ["auth.project_id", "auth.tenant_id"],
  projectName: ["auth.project_name", "auth.tenant_name"],
  token: ["auth.token"],
  userName: ["auth.username", "auth.user_name"],
  password: ["auth.password"],
  accessKey: ["auth.access_key", "auth.ak", "access_key", "ak"],
  secretKey: ["auth.secret_key", "auth.sk", "secret_key", "sk"],
  securityToken: ["auth.security_token", "security_token"],
  agencyName: ["auth.agency_name"],
  agencyDomainName: ["auth.agency_domain_name"],
  authUrl: ["auth.auth_url"],
  caCertFile: ["cacert"],
};
/** The user's account where it is distinguished from the project's. */
const USER_DOMAIN = { domainId: ["auth.user_domain_id"], domainName: ["auth.user_domain_name"] } as const;
const ANY_DOMAIN = { domainId: ["auth.domain_id"], domainName: ["auth.domain_name"] } as const;

/** Directories in which both files are looked for, the first one wins. */
function searchPath(env: Environment, directory: string): readonly string[] {
  const home = configurationHome(env);
  return [directory, ...(home === undefined ? [] : [path.join(home, "openstack")]), "/etc/openstack"];
}

function findFile(name: string, directories: readonly string[]): string | undefined {
  const candidates = directories.flatMap((directory) =>
    ENDINGS.map((ending) => path.join(directory, name + ending)),
  );
  return candidates.find((candidate) => existsSync(candidate));
}

/** Loaded only where there is such a file: most runs need no YAML. */
function parseYaml(text: string, file: string): unknown {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- at once, when needed, and seen by bundlers
  const { parse, YAMLParseError } = require("yaml") as typeof Yaml;
  try {
    // Every scalar stays text: a password of digits is no number, and "no" is no boolean.
    return parse(text, { schema: "failsafe", merge: true, prettyErrors: false, logLevel: "error" });
  } catch (error) {
    // Anything more of the message might quote a secret of the file.
    const where = error instanceof YAMLParseError ? ` in line ${lineOf(text, error.pos[0])}` : "";
    throw new VideoAnalysisError("CONFIGURATION", `${file} is no YAML that can be read${where}. Correct it.`);
  }
}

function lineOf(text: string, position: number): number {
  return text.slice(0, position).split("\n").length;
}

function cloudsIn(file: string): Entry {
  const content = parseYaml(readText(file, "clouds.yaml"), file);
  const clouds = isObject(content) ? content["clouds"] : undefined;
  return isObject(clouds) ? clouds : {};
}

function merged(base: Entry, over: unknown): Entry {
  if (!isObject(over)) return base;
  const entries = Object.entries(over).map(([key, value]) => {
    const below = base[key];
    return [key, isObject(below) && isObject(value) ? merged(below, value) : value] as const;
  });
  return { ...base, ...Object.fromEntries(entries) };
}

const valueAt = (entry: Entry, place: string): string | undefined => textAt(entry, place.split("."));

interface CloudsFile {
  readonly file: string;
  readonly clouds: Entry;
}

/** The path in a variable; empty where it is not set. */
function namedFile(env: Environment, variable: string, directory: string): string {
  const named = env[variable] ?? "";
  return named === "" ? "" : resolvePath(named, env, directory);
}

/** The file in use; throws where the environment names one that is missing. */
function openClouds(env: Environment, directory: string): CloudsFile | undefined {
  const named = namedFile(env, CONFIG_FILE_VARIABLE, directory);
  if (named !== "" && !existsSync(named)) {
    throw new VideoAnalysisError(
      "CONFIGURATION",
      `${CONFIG_FILE_VARIABLE} in the environment names ${named}, which does not exist. Correct or unset it.`,
    );
  }
  const file = named === "" ? findFile("clouds", searchPath(env, directory)) : named;
  return file === undefined ? undefined : { file, clouds: cloudsIn(file) };
}

/** secure.yaml: named by the environment, beside the file in use, or on the search path. */
function secureClouds(env: Environment, file: string, directory: string): Entry {
  const named = namedFile(env, SECURE_FILE_VARIABLE, directory);
  const secure =
    named === "" ? findFile("secure", [path.dirname(file), ...searchPath(env, directory)]) : named;
  return secure === undefined ? {} : cloudsIn(secure);
}

/**
 * The source that a `cloudName` stands for. Throws `CONFIGURATION` where there is no such file or entry.
 * @param namedBy the source that names it
 */
export function cloudsYamlSource(
  name: string,
  env: Environment,
  directory: string,
  namedBy?: SettingsSource,
): SettingsSource {
  const opened = openClouds(env, directory);
  const entry = opened?.clouds[name];
  if (opened === undefined || !isObject(entry)) {
    const looked =
      opened === undefined
        ? `no clouds.yaml was found in ${searchPath(env, directory).join(", ")} and ${CONFIG_FILE_VARIABLE} is not set`
        : `${opened.file} has ${listed(Object.keys(opened.clouds))}`;
    throw new VideoAnalysisError(
      "CONFIGURATION",
      `The cloud "${name}", named by ${namedBy?.name ?? "default"}, is unknown: ${looked}. ` +
        "Correct `video-analysis:cloudName` or OS_CLOUD.",
    );
  }
  return entrySource(
    name,
    opened.file,
    merged(entry, secureClouds(env, opened.file, directory)[name]),
    namedBy,
  );
}

/** The only entry of the clouds.yaml on the search path, which openstacksdk uses too where no cloud is named. */
export function onlyCloud(env: Environment, directory: string): SettingsSource | undefined {
  const names = Object.keys(openClouds(env, directory)?.clouds ?? {});
  const [name] = names;
  return name === undefined || names.length > 1 ? undefined : cloudsYamlSource(name, env, directory);
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? "no entries" : names.map((name) => `"${name}"`).join(", ");
}

function entrySource(name: string, file: string, entry: Entry, namedBy?: SettingsSource): SettingsSource {
  if (valueAt(entry, "auth.application_credential_id") !== undefined) {
    throw new VideoAnalysisError(
      "CONFIGURATION",
      `The cloud "${name}" in ${file} has an application credential, which neither cloud documents. ` +
        "Use a password, a token or an access key.",
    );
  }
  refuseBesideAuth(name, file, entry);
  const userDomain = Object.values(USER_DOMAIN)
    .flat()
    .some((place) => valueAt(entry, place) !== undefined);
  const paths: typeof PATHS = { ...PATHS, ...(userDomain ? USER_DOMAIN : ANY_DOMAIN) };
  const placeOf = (key: ConfigurationKey): string | undefined =>
    paths[key]?.find((place) => valueAt(entry, place) !== undefined);
  return {
    name: `the cloud "${name}" in ${file}`,
    origin: "file",
    get(key) {
      const place = placeOf(key);
      return place === undefined ? undefined : valueAt(entry, place);
    },
    spelling: (key) => placeOf(key) ?? paths[key]?.[0] ?? key,
    ...(namedBy === undefined ? {} : { namedBy }),
  };
}

/** Only below `auth` these are credentials; beside it they would be passed over without a word. */
function refuseBesideAuth(name: string, file: string, entry: Entry): void {
  const places = Object.values({ ...PATHS, ...USER_DOMAIN, ANY: Object.values(ANY_DOMAIN).flat() }).flat();
  const inAuth = places
    .filter((place) => place.startsWith("auth."))
    .map((place) => place.slice("auth.".length));
  const others = new Set(places.filter((place) => !place.includes(".")));
  const stray = inAuth.filter(
    (key) =>
      !others.has(key) && valueAt(entry, key) !== undefined && valueAt(entry, `auth.${key}`) === undefined,
  );
  if (stray.length === 0) return;
  throw new VideoAnalysisError(
    "CONFIGURATION",
    `The cloud "${name}" in ${file} has ${stray.join(", ")} beside \`auth:\`, and ${stray.map((key) => `auth.${key}`).join(", ")} ` +
      `is missing. Move ${stray.length === 1 ? "it" : "them"} below \`auth:\`.`,
  );
}
