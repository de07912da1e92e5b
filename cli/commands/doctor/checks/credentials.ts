/** Credentials in use, their source, and those passed over. */
import { whereFound } from "../../../../provider/services/auth/credential-kinds";
import type { SettingsSource } from "../../../../provider/services/auth/configuration";
import type { ConfigurationKey } from "../../../../provider/services/configuration";
import type { Credentials, OwnCredentials } from "../../../../provider/services/auth/credentials";
import { IDENTITY_KEYS } from "../../../../provider/services/auth/find-credentials";
import { type RankedSources, rankSources } from "../../../../provider/services/auth/settings-chain";
import { isVideoAnalysisError, messageOf } from "../../../../provider/common/errors";
import { MASK } from "../../../../provider/common/redaction";
import type { Check } from "../context/check";
import { failed, ok, type Outcome } from "../context/outcome";

const SET =
  "Set them as docs/credentials.md shows: `pulumi config set --secret video-analysis:token`, HW_ACCESS_KEY and " +
  "HW_SECRET_KEY, an entry of clouds.yaml, …";

const KINDS: Readonly<Record<OwnCredentials["kind"], string>> = {
  token: "token",
  accessKey: "access key",
  password: "user",
};

/** The parts of each kind; secret ones show neither a character nor their length. */
function partsOf(credentials: OwnCredentials): string {
  switch (credentials.kind) {
    case "token":
      return MASK;
    case "accessKey":
      return `accessKey ${MASK}, secretKey ${MASK}${credentials.securityToken === undefined ? "" : `, securityToken ${MASK}`}`;
    case "password": {
      const { userName, domain } = credentials;
      return `${userName} of ${"id" in domain ? domain.id : domain.name}, password ${MASK}`;
    }
  }
}

function described(credentials: Credentials): string {
  if (credentials.kind !== "agency") {
    return `${KINDS[credentials.kind]} (${partsOf(credentials)}) from ${credentials.source}`;
  }
  const { agencyName, agencyDomainName, source, base } = credentials;
  return `agency ${agencyName} of ${agencyDomainName} from ${source}, assumed with the ${described(base)}`;
}

/** Sources that have some credential too, and files that could not be used. */
function passedOver({ sources, found }: RankedSources): string[] {
  const used = new Set([found?.from, found?.from.namedBy]);
  return sources.flatMap((source) => {
    if (source.problem !== undefined) return [messageOf(source.problem)];
    // A file that is not in use stands in the list as a copy that says less.
    const keys = [...IDENTITY_KEYS].filter((key) => has(source, key));
    return used.has(source) || keys.length === 0 ? [] : [whereFound(source, keys)];
  });
}

const has = (source: SettingsSource, key: ConfigurationKey): boolean => source.get(key) !== undefined;

/**
 * @param env the process environment
 * @param directory where relative files begin
 */
export function judgeCredentials(
  sources: readonly SettingsSource[],
  env: Readonly<Record<string, string | undefined>>,
  directory?: string,
): Outcome {
  let ranked: RankedSources;
  try {
    ranked = rankSources(sources, env, directory);
  } catch (error) {
    if (!isVideoAnalysisError(error)) throw error;
    return failed(
      messageOf(error),
      "Add what is missing to that source, or remove the rest from it; docs/credentials.md.",
    );
  }
  const { found } = ranked;
  if (found === undefined) return failed("none were found", SET);
  const others = passedOver(ranked);
  const aside = others.length === 0 ? "" : `; passed over: ${others.join("; ")}`;
  return ok(`${described(found.credentials)}${aside}`);
}

export const credentials: Check = {
  id: "credentials",
  title: "Credentials",
  run: async (context) => judgeCredentials(await context.sources(), process.env, await context.directory()),
};
