/** Credentials are one bundle from one source: never a user name from here and its password from there. */
import { BUNDLES, elsewhere, incomplete, readBundle, whereFound } from "./bundles";
import { type SettingsSource, spellingOf } from "./configuration";

interface Found {
  /** Where the bundle was found, for messages: source name and spellings, never a value. */
  readonly source: string;
}

export interface TokenCredentials extends Found {
  readonly kind: "token";
  readonly token: string;
}

/** An account, by its id or its name. */
export type Domain = { readonly id: string } | { readonly name: string };

export interface PasswordCredentials extends Found {
  readonly kind: "password";
  readonly userName: string;
  readonly password: string;
  readonly domain: Domain;
}

export interface AccessKeyCredentials extends Found {
  readonly kind: "accessKey";
  readonly accessKey: string;
  readonly secretKey: string;
  /** Only temporary access keys have one. */
  readonly securityToken?: string;
}

/** What proves who somebody is without acting as anybody else. */
export type OwnCredentials = TokenCredentials | PasswordCredentials | AccessKeyCredentials;

export interface Agency {
  readonly agencyName: string;
  /** Name of the account that created the agency: its projects are those that are acted in. */
  readonly agencyDomainName: string;
}

/** Acting in another account by an agency that it created for the account of `base`. */
export interface AgencyCredentials extends Agency, Found {
  readonly kind: "agency";
  readonly base: OwnCredentials;
}

export type Credentials = OwnCredentials | AgencyCredentials;

export interface FoundCredentials {
  readonly credentials: Credentials;
  readonly from: SettingsSource;
}

const AGENCY_KEYS = ["agencyName", "agencyDomainName"] as const;

/**
 * The bundle of the first source that has any credential; undefined where none has. Throws `CONFIGURATION`
 * for half a bundle: looking further could act as somebody else. A file counts as part of the source that names it.
 */
export function findCredentials(sources: readonly SettingsSource[]): FoundCredentials | undefined {
  for (const source of sources) {
    if (source.problem !== undefined) throw source.problem;
    const bundle = BUNDLES.find(({ keys }) => keys.some((key) => source.get(key) !== undefined));
    const delegating = [source, source.namedBy].find((candidate) => candidate && hasAgency(candidate));
    if (bundle !== undefined) {
      const base = readBundle(bundle, source, sources);
      if (delegating === undefined) return { credentials: base, from: source };
      return { credentials: { kind: "agency", ...readAgency(delegating, sources), base }, from: source };
    }
    const nameOfFile = sources.some(({ namedBy }) => namedBy === source);
    if (delegating !== undefined && !nameOfFile) {
      const missing =
        "the credentials that the agency is assumed with (a token, an access key or a password)";
      const keys = BUNDLES.flatMap((kind) => kind.keys);
      throw incomplete(whereFound(delegating, AGENCY_KEYS), {
        missing,
        elsewhere: elsewhere(keys, source, sources),
      });
    }
  }
  return undefined;
}

function hasAgency(source: SettingsSource): boolean {
  return AGENCY_KEYS.some((key) => source.get(key) !== undefined);
}

function readAgency(source: SettingsSource, sources: readonly SettingsSource[]): Agency & Found {
  const agencyName = source.get("agencyName");
  const agencyDomainName = source.get("agencyDomainName");
  const found = whereFound(source, AGENCY_KEYS);
  if (agencyName !== undefined && agencyDomainName !== undefined) {
    return { agencyName, agencyDomainName, source: found };
  }
  const missing = AGENCY_KEYS.filter((key) => source.get(key) === undefined);
  throw incomplete(found, {
    missing: missing.map((key) => spellingOf(source, key)).join(", "),
    elsewhere: elsewhere(missing, source, sources),
  });
}
