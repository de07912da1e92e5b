/**
 * A profile of KooCLI, the vendor's command `hcloud`. The members of a profile are those that "Querying System
 * Parameters in a Profile" of its user guide prints, and `ssoAuth` those that the vendor's Terraform provider reads.
 * Inferred: that the file has `current` and `profiles` (as that provider reads it) and says with `authEncrypt` whether
 * its secrets are encrypted, which the command does unless `--cli-auth-encrypt=false` was set.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { VideoAnalysisError } from "../../common/errors";
import { isObject } from "../../common/json";
import type { Environment, SettingsSource } from "./configuration";
import type { ConfigurationKey } from "../configuration";
import { homeOf, readText, resolvePath, textAt } from "./files";

/** As the vendor's Terraform provider names it. */
const FILE_VARIABLE = "HW_SHARED_CONFIG_FILE";

/** Access keys of both clouds have 20 characters; one twice as long is a cipher text, with or without the flag. */
const LONGEST_ACCESS_KEY = 40;

type Members = Readonly<Record<string, unknown>>;
type Paths = Readonly<Partial<Record<ConfigurationKey, readonly string[]>>>;

const PLACE: Paths = { region: ["region"], projectId: ["projectId"] };
const ACCESS_KEY: Paths = {
  accessKey: ["accessKeyId"],
  secretKey: ["secretAccessKey"],
  securityToken: ["securityToken"],
};
/** The members of a profile that count, by its `mode`. */
const MODES: Readonly<Record<string, Paths>> = {
  AKSK: ACCESS_KEY,
  token: { token: ["xAuthToken"] },
  SSO: {
    accessKey: ["ssoAuth", "stsToken", "accessKeyId"],
    secretKey: ["ssoAuth", "stsToken", "secretAccessKey"],
    securityToken: ["ssoAuth", "stsToken", "securityToken"],
  },
  agency: { agencyName: ["agencyName"], agencyDomainName: ["agencyDomainName"] },
};
const DEFAULT_MODE = "AKSK";

function configFile(env: Environment, directory: string): string | undefined {
  const named = env[FILE_VARIABLE] ?? "";
  const home = homeOf(env);
  return named !== ""
    ? resolvePath(named, env, directory)
    : home === undefined
      ? undefined
      : path.join(home, ".hcloud", "config.json");
}

function refuse(text: string): never {
  throw new VideoAnalysisError("CONFIGURATION", text);
}

interface Config {
  readonly file: string;
  readonly current: string | undefined;
  readonly encrypted: boolean;
  readonly profiles: readonly Members[];
}

function readConfig(file: string): Config {
  let content: unknown;
  try {
    content = JSON.parse(readText(file, "The configuration of hcloud"));
  } catch (error) {
    // The message of the parser might quote a secret of the file.
    if (error instanceof SyntaxError)
      refuse(`${file} is no JSON. Correct it, or run \`hcloud configure init\`.`);
    throw error;
  }
  const top: Members = isObject(content) ? content : {};
  const profiles = Array.isArray(top["profiles"]) ? (top["profiles"] as readonly unknown[]) : [];
  return {
    file,
    current: textAt(top, ["current"]),
    encrypted: top["authEncrypt"] === true || top["authEncrypt"] === "true",
    profiles: profiles.filter(isObject),
  };
}

/**
 * The source that a `profile` stands for. Throws `CONFIGURATION` where there is no such profile, where it has a mode
 * that only the command itself can use, or where its secrets are encrypted.
 * @param namedBy the source that names it
 */
export function hcloudSource(
  name: string,
  env: Environment,
  directory: string,
  namedBy?: SettingsSource,
): SettingsSource {
  const file = configFile(env, directory);
  if (file === undefined || !existsSync(file)) {
    refuse(
      `The hcloud profile "${name}", named by ${namedBy?.name ?? "default"}, is unknown: ` +
        `${file ?? "~/.hcloud/config.json"} does not exist. Run \`hcloud configure init\`, or set ${FILE_VARIABLE}.`,
    );
  }
  return profileSource(name, readConfig(file), namedBy);
}

/** The profile that the command itself would use; undefined where it was never configured. */
export function currentProfile(env: Environment, directory: string): SettingsSource | undefined {
  const file = configFile(env, directory);
  if (file === undefined || !existsSync(file)) return undefined;
  const config = readConfig(file);
  return config.current === undefined ? undefined : profileSource(config.current, config);
}

function profileNamed(name: string, config: Config): Members {
  const found = config.profiles.find((profile) => profile["name"] === name);
  if (found !== undefined) return found;
  const names = config.profiles.map((profile) => JSON.stringify(profile["name"]));
  return refuse(
    `There is no hcloud profile "${name}" in ${config.file}; it has ${names.join(", ") || "none"}. ` +
      "Correct `video-analysis:profile` or HW_PROFILE.",
  );
}

function pathsOf(name: string, mode: string, file: string): Paths {
  const paths = MODES[mode];
  return (
    paths ??
    refuse(
      `The hcloud profile "${name}" in ${file} has the mode "${mode}", which only that command can use. ` +
        `Use a profile of the mode ${Object.keys(MODES).join(", ")}.`,
    )
  );
}

function profileSource(name: string, config: Config, namedBy?: SettingsSource): SettingsSource {
  const { file } = config;
  const profile = profileNamed(name, config);
  const mode = textAt(profile, ["mode"]) ?? DEFAULT_MODE;
  const own = pathsOf(name, mode, file);
  const sourceName = mode === "agency" ? (textAt(profile, ["sourceProfile"]) ?? "") : name;
  const base = mode === "agency" ? profileNamed(sourceName, config) : profile;
  const baseMode = textAt(base, ["mode"]) ?? DEFAULT_MODE;
  if (mode === "agency" && baseMode === "agency") {
    refuse(
      `The hcloud profile "${name}" in ${file} acts through the profile "${sourceName}", which acts through an ` +
        "agency itself. Use a profile with credentials of its own.",
    );
  }
  const credentials = pathsOf(sourceName, baseMode, file);
  refuseEncrypted(sourceName, base, credentials, config);
  const reading = new Map<Paths, Members>([
    [PLACE, profile],
    [own, profile],
    [credentials, base],
  ]);
  const find = (key: ConfigurationKey): readonly [readonly string[], Members] | undefined => {
    for (const [paths, members] of reading) {
      const place = paths[key];
      if (place !== undefined) return [place, members];
    }
    return undefined;
  };
  return {
    name: `the hcloud profile "${name}" in ${file}`,
    origin: "file",
    get(key) {
      const [place, members] = find(key) ?? [];
      return place === undefined || members === undefined ? undefined : textAt(members, place);
    },
    spelling: (key) => find(key)?.[0].join(".") ?? key,
    ...(namedBy === undefined ? {} : { namedBy }),
  };
}

function refuseEncrypted(name: string, profile: Members, paths: Paths, { encrypted, file }: Config): void {
  const values = Object.values(paths).flatMap((place) => textAt(profile, place) ?? []);
  const accessKey = paths.accessKey === undefined ? undefined : textAt(profile, paths.accessKey);
  const cipherText = accessKey !== undefined && accessKey.length > LONGEST_ACCESS_KEY;
  if (values.length === 0 || (!encrypted && !cipherText)) return;
  refuse(
    `The secrets of the hcloud profile "${name}" in ${file} are encrypted, and only that command can decrypt them. ` +
      "Run `hcloud configure set --cli-auth-encrypt=false` and set the profile's credentials again, or give the " +
      "credentials by `video-analysis:accessKey` and `secretKey`, or HW_ACCESS_KEY and HW_SECRET_KEY.",
  );
}
