/** Credentials are one bundle from one source: never a user name from here and its password from there. */
import { VideoAnalysisError } from "../common/errors";
import { type ConfigurationKey, type SettingsSource, spellingOf } from "./configuration";

interface Found {
  /** Where the bundle was found, for messages: source name and spellings, never a value. */
  readonly source: string;
}

export interface TokenCredentials extends Found {
  readonly kind: "token";
  readonly token: string;
}

export interface PasswordCredentials extends Found {
  readonly kind: "password";
  readonly userName: string;
  readonly password: string;
  readonly domain: { readonly id: string } | { readonly name: string };
}

export type Credentials = TokenCredentials | PasswordCredentials;

/** A kind of bundle: `keys` are those whose presence in a source selects it. */
interface BundleReader {
  readonly keys: readonly ConfigurationKey[];
  read(source: SettingsSource): Credentials;
}

const SUPPORTED = "Use `video-analysis:token`, or `userName`, `password` and `domainName` or `domainId`.";

function refuse(source: SettingsSource, text: string): never {
  throw new VideoAnalysisError("CONFIGURATION", `${text} (in ${source.name}).`);
}

function where(source: SettingsSource, keys: readonly ConfigurationKey[]): string {
  const present = keys.filter((key) => source.get(key) !== undefined);
  return `${source.name}: ${present.map((key) => spellingOf(source, key)).join(", ")}`;
}

function readToken(source: SettingsSource): TokenCredentials {
  const token = source.get("token")?.trim() ?? "";
  // A header can carry visible ASCII only; a copied line break would fail every request with an obscure text.
  if (!/^[\x21-\x7e]+$/.test(token)) {
    refuse(
      source,
      `${spellingOf(source, "token")} holds characters no token has; copy the token again, without quotes`,
    );
  }
  return { kind: "token", token, source: where(source, ["token"]) };
}

const PASSWORD_KEYS = ["userName", "password", "domainId", "domainName"] as const;

function readPassword(source: SettingsSource): PasswordCredentials {
  const userName = source.get("userName");
  const password = source.get("password");
  const id = source.get("domainId");
  const name = source.get("domainName");
  const domain = id !== undefined ? { id } : name !== undefined ? { name } : undefined;
  if (userName === undefined || password === undefined || domain === undefined) {
    const missing = [
      ...(["userName", "password"] as const)
        .filter((key) => source.get(key) === undefined)
        .map((key) => spellingOf(source, key)),
      ...(domain === undefined
        ? [`${spellingOf(source, "domainName")} or ${spellingOf(source, "domainId")}`]
        : []),
    ];
    throw new VideoAnalysisError(
      "CONFIGURATION",
      `Incomplete credentials: found ${where(source, PASSWORD_KEYS)}; missing there: ${missing.join(", ")}. ` +
        "All parts of a user's credentials must come from one source: add what is missing, or remove the rest.",
    );
  }
  return { kind: "password", userName, password, domain, source: where(source, PASSWORD_KEYS) };
}

/** A kind that this version recognizes only to refuse it, instead of silently using another identity. */
function unsupported(what: string, keys: readonly ConfigurationKey[]): BundleReader {
  return {
    keys,
    read(source) {
      throw new VideoAnalysisError(
        "CONFIGURATION",
        `${what} is not supported yet by this version (found in ${where(source, keys)}). ${SUPPORTED}`,
      );
    },
  };
}

/** In order of preference inside one source; the agency comes first, for it changes who any other bundle is. */
const BUNDLE_READERS: readonly BundleReader[] = [
  unsupported("Acting through an agency", ["agencyName"]),
  { keys: ["token"], read: readToken },
  unsupported("An access key", ["accessKey", "secretKey", "securityToken"]),
  { keys: ["userName", "password"], read: readPassword },
  unsupported("An entry of clouds.yaml", ["cloudName"]),
  unsupported("A profile of the hcloud command", ["profile"]),
];

/**
 * The bundle of the first source that has any credential; undefined where none has. Throws `CONFIGURATION`
 * for half a bundle: looking further could act as somebody else.
 */
export function findCredentials(sources: readonly SettingsSource[]): Credentials | undefined {
  for (const source of sources) {
    const reader = BUNDLE_READERS.find(({ keys }) => keys.some((key) => source.get(key) !== undefined));
    if (reader !== undefined) return reader.read(source);
  }
  return undefined;
}
