/** The kinds of credentials, each read from one source as a whole. */
import { VideoAnalysisError } from "../../common/errors";
import { type SettingsSource, spellingOf } from "./configuration";
import { type ConfigurationKey } from "../configuration";
import type {
  AccessKeyCredentials,
  OwnCredentials,
  PasswordCredentials,
  TokenCredentials,
} from "./credentials";

export interface CredentialKind {
  /** Any of these in a source selects the kind. */
  readonly keys: readonly ConfigurationKey[];
  /** All that belongs to it; alternatives are in one entry. */
  readonly needs: readonly (readonly ConfigurationKey[])[];
  read(source: SettingsSource): OwnCredentials;
}

/** The source, and its spellings of those of the keys that it has. */
export function whereFound(source: SettingsSource, keys: readonly ConfigurationKey[]): string {
  const present = keys.filter((key) => source.get(key) !== undefined);
  return `${source.name}: ${present.map((key) => spellingOf(source, key)).join(", ")}`;
}

/** Called only for keys whose presence was checked before. */
function text(source: SettingsSource, key: ConfigurationKey): string {
  return source.get(key) ?? "";
}

/**
 * A value that goes into a header, which can carry visible ASCII only; a copied line break would fail every request
 * with an obscure text.
 */
function headerText(source: SettingsSource, key: ConfigurationKey, what: string): string {
  const value = text(source, key).trim();
  if (/^[\x21-\x7e]+$/.test(value)) return value;
  throw new VideoAnalysisError(
    "CONFIGURATION",
    `${spellingOf(source, key)} in ${source.name} has characters that no ${what} has. Copy the ${what} again, without ` +
      "quotes.",
  );
}

function readToken(source: SettingsSource): TokenCredentials {
  const token = headerText(source, "token", "token");
  return { kind: "token", token, source: whereFound(source, ["token"]) };
}

const ACCESS_KEYS = ["accessKey", "secretKey", "securityToken"] as const;

function readAccessKey(source: SettingsSource): AccessKeyCredentials {
  const temporary = source.get("securityToken") !== undefined;
  return {
    kind: "accessKey",
    accessKey: headerText(source, "accessKey", "access key"),
    secretKey: headerText(source, "secretKey", "secret key"),
    ...(temporary ? { securityToken: headerText(source, "securityToken", "security token") } : {}),
    source: whereFound(source, ACCESS_KEYS),
  };
}

const PASSWORD_KEYS = ["userName", "password", "domainId", "domainName"] as const;

function readPassword(source: SettingsSource): PasswordCredentials {
  const id = source.get("domainId");
  return {
    kind: "password",
    userName: text(source, "userName"),
    password: text(source, "password"),
    domain: id === undefined ? { name: text(source, "domainName") } : { id },
    source: whereFound(source, PASSWORD_KEYS),
  };
}

/** In order of preference inside one source. */
export const CREDENTIAL_KINDS: readonly CredentialKind[] = [
  { keys: ["token"], needs: [["token"]], read: readToken },
  { keys: ACCESS_KEYS, needs: [["accessKey"], ["secretKey"]], read: readAccessKey },
  {
    keys: ["userName", "password"],
    needs: [["userName"], ["password"], ["domainName", "domainId"]],
    read: readPassword,
  },
];

/** @param sources all that are known, to say where a missing part is found instead */
export function readCredentials(
  kind: CredentialKind,
  source: SettingsSource,
  sources: readonly SettingsSource[],
): OwnCredentials {
  const missing = kind.needs.filter((either) => either.every((key) => source.get(key) === undefined));
  if (missing.length === 0) return kind.read(source);
  throw incomplete(whereFound(source, [...new Set([...kind.keys, ...kind.needs.flat()])]), {
    missing: missing.map((either) => either.map((key) => spellingOf(source, key)).join(" or ")).join(", "),
    elsewhere: elsewhere(missing.flat(), source, sources),
  });
}

/** Where other sources have what this one lacks: they are not used together, but this is often the mistake. */
export function elsewhere(
  keys: readonly ConfigurationKey[],
  source: SettingsSource,
  sources: readonly SettingsSource[],
): string {
  const found = sources
    .filter((other) => other !== source && keys.some((key) => other.get(key) !== undefined))
    .map((other) => whereFound(other, keys));
  return found.length === 0 ? "" : ` (found elsewhere, and not used with it: ${found.join("; ")})`;
}

export function incomplete(
  found: string,
  { missing, elsewhere: other }: { readonly missing: string; readonly elsewhere: string },
): VideoAnalysisError {
  return new VideoAnalysisError(
    "CONFIGURATION",
    `Incomplete credentials: found ${found}; missing there: ${missing}${other}. ` +
      "Add what is missing there, or remove the rest, for all parts must come from one source.",
  );
}
