/** The settings that check and diff see: offline, and only as far as they need them. */
import type { Environment, SettingsSource } from "./auth/configuration";
import { type HostSettings, type Service, whyNoEndpoint } from "./auth/endpoints";
import { regionImplied, regionNamed } from "./auth/region";
import { resolveHosts } from "./auth/host-settings";
import { rankSources } from "./auth/settings-chain";
import { isVideoAnalysisError, textWithoutCode } from "../common/errors";
import type { CheckContext } from "../core/operations/check";

/**
 * With the files that are named or found. Check only takes a region and addresses from them, so what is wrong with a
 * file, or with the credentials, is for the call that needs them to report.
 */
export function withFiles(
  sources: readonly SettingsSource[],
  env: Environment,
  directory?: string,
): readonly SettingsSource[] {
  try {
    return rankSources(sources, env, directory).sources;
  } catch (error) {
    if (!isVideoAnalysisError(error)) throw error;
    return sources;
  }
}

function isMachines({ origin }: SettingsSource): boolean {
  return origin === "environment" || origin === "file";
}

/** Why no call could find a service in a region: with unusable hosts, in none. */
function endpointProblem(
  sources: readonly SettingsSource[],
  service: Service,
): (region: string) => string | undefined {
  let hosts: HostSettings;
  try {
    hosts = resolveHosts(sources);
  } catch (error) {
    if (!isVideoAnalysisError(error)) throw error;
    const reason = textWithoutCode(error);
    return () => reason;
  }
  return (region) => whyNoEndpoint(service, region, hosts);
}

/** Settings that check and diff use; the rest of the context is the front's. */
export type CheckSettings = Omit<
  CheckContext,
  "isUnknown" | "replaced" | "defaultName" | "nameIsDefault" | "regionFrom"
>;

export interface CheckOptions {
  /** The explicit provider or the stack. */
  readonly configured: SettingsSource;
  /** All in the order of their rank, with the files that they name. */
  readonly sources: readonly SettingsSource[];
  readonly service: Service;
  /** Whether all that is configured is known: a setting may still lie behind an unknown value. */
  readonly isKnown: boolean;
  readonly warn: (message: string) => void;
}

/** The settings that every check of a run sees. */
export function checkContextOf(options: CheckOptions): CheckSettings {
  const { configured, sources, service, isKnown, warn } = options;
  const defaultWaitFor = configured.get("waitFor");
  const configuredRegion = regionNamed([configured])?.region;
  const machineRegion = (regionNamed(sources.filter(isMachines)) ?? regionImplied(sources))?.region;
  return {
    ...(configuredRegion === undefined ? {} : { configuredRegion }),
    ...(machineRegion === undefined ? {} : { machineRegion }),
    ...(defaultWaitFor === undefined ? {} : { defaultWaitFor }),
    ...(isKnown ? { whyNoEndpoint: endpointProblem(sources, service) } : {}),
    warn,
  };
}
