/** Which source the credentials come from: the first that has any, and then all of them. */
import { CREDENTIAL_KINDS, elsewhere, incomplete, readCredentials, whereFound } from "./credential-kinds";
import { AGENCY_DOMAIN_ID, type ConfigurationKey } from "../configuration";
import { type SettingsSource, spellingOf } from "./configuration";
import type { Agency, Credentials, WithSource } from "./credentials";

export interface FoundCredentials {
  readonly credentials: Credentials;
  readonly from: SettingsSource;
}

const AGENCY_KEYS = ["agencyName", "agencyDomainName"] as const;

/** Keys that count only together, so that a source may have one which is not in use. */
export const IDENTITY_KEYS: ReadonlySet<ConfigurationKey> = new Set([
  ...CREDENTIAL_KINDS.flatMap(({ keys, needs }) => [...keys, ...needs.flat()]),
  ...AGENCY_KEYS,
]);

/**
 * The credentials of the first source that has any; undefined where none has. Throws `CONFIGURATION` for incomplete
 * ones: the next source could be another user. A file counts as part of the source that names it.
 */
export function findCredentials(sources: readonly SettingsSource[]): FoundCredentials | undefined {
  for (const source of sources) {
    if (source.problem !== undefined) throw source.problem;
    const kind = CREDENTIAL_KINDS.find(({ keys }) => keys.some((key) => source.get(key) !== undefined));
    const delegating = [source, source.namedBy].find((candidate) => candidate && hasAgency(candidate));
    if (kind !== undefined) {
      const base = readCredentials(kind, source, sources);
      if (delegating === undefined) return { credentials: base, from: source };
      return { credentials: { kind: "agency", ...readAgency(delegating, sources), base }, from: source };
    }
    const nameOfFile = sources.some(({ namedBy }) => namedBy === source);
    if (delegating !== undefined && !nameOfFile) {
      const missing =
        "the credentials that the agency is assumed with (a token, an access key or a password)";
      const ownKeys = CREDENTIAL_KINDS.flatMap(({ keys }) => keys);
      throw incomplete(whereFound(delegating, AGENCY_KEYS), {
        missing,
        elsewhere: elsewhere(ownKeys, source, sources),
      });
    }
  }
  return undefined;
}

function hasAgency(source: SettingsSource): boolean {
  return AGENCY_KEYS.some((key) => source.get(key) !== undefined);
}

function readAgency(source: SettingsSource, sources: readonly SettingsSource[]): Agency & WithSource {
  const agencyName = source.get("agencyName");
  const agencyDomainName = source.get("agencyDomainName");
  const found = whereFound(source, AGENCY_KEYS);
  if (agencyName !== undefined && agencyDomainName !== undefined) {
    const isId = spellingOf(source, "agencyDomainName") === AGENCY_DOMAIN_ID;
    const byId = isId ? { agencyDomainId: agencyDomainName } : {};
    return { agencyName, agencyDomainName, ...byId, source: found };
  }
  const missing = AGENCY_KEYS.filter((key) => source.get(key) === undefined);
  throw incomplete(found, {
    missing: missing.map((key) => spellingOf(source, key)).join(", "),
    elsewhere: elsewhere(missing, source, sources),
  });
}
