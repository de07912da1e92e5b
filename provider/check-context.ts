/** What check and diff see of the settings: offline, without judging what they do not need. */
import type { Environment, SettingsSource } from "./auth/configuration";
import { cloudOf, type Service, whyNotOffered } from "./auth/endpoints";
import { resolveHosts } from "./auth/settings";
import { rankSources } from "./auth/sources";
import { isVideoAnalysisError } from "./common/errors";
import type { HostContext } from "./pulumi/hooks";

/**
 * With the files that are named or found. Check only takes a region from them, so what is wrong with a file, or with
 * the credentials, is for the call that needs them to report.
 */
function withFiles(sources: readonly SettingsSource[], env: Environment): readonly SettingsSource[] {
  try {
    return rankSources(sources, env).sources;
  } catch (error) {
    if (!isVideoAnalysisError(error)) throw error;
    return sources;
  }
}

function isMachines({ origin }: SettingsSource): boolean {
  return origin === "environment" || origin === "file";
}

/** The region that a list of sources gives, without judging anything else in them. */
function regionIn(sources: readonly SettingsSource[]): string | undefined {
  return sources
    .map((source) => source.get("region")?.trim())
    .find((region) => region !== undefined && region !== "");
}

/** Region of this machine's environment, or of the files that any of the sources names. */
export function machineRegionOf(sources: readonly SettingsSource[], env: Environment): string | undefined {
  return regionIn(withFiles(sources, env).filter(isMachines));
}

/** Settings that are not usable are for the call that needs them to report. */
export function usableHosts(sources: readonly SettingsSource[]): ReturnType<typeof resolveHosts> | undefined {
  try {
    return resolveHosts(sources);
  } catch (error) {
    if (!isVideoAnalysisError(error)) throw error;
    return undefined;
  }
}

export interface CheckSettings {
  /** Of the explicit provider or the stack. */
  readonly configured: readonly SettingsSource[];
  readonly machine: readonly SettingsSource[];
  readonly machineRegion: string | undefined;
  readonly service: Service;
  /** Whether all that is configured is known: a setting may still lie behind an unknown value. */
  readonly isKnown: boolean;
  readonly warn: (message: string) => void;
}

/** What every check of a run sees of the settings. */
export function checkContextOf(settings: CheckSettings): HostContext {
  const { configured, machine, machineRegion, service, isKnown, warn } = settings;
  const defaultWaitFor = configured[0]?.get("waitFor");
  const configuredRegion = regionIn(configured);
  const served = isKnown ? usableHosts([...configured, ...machine]) : undefined;
  return {
    ...(configuredRegion === undefined ? {} : { configuredRegion }),
    ...(machineRegion === undefined ? {} : { machineRegion }),
    ...(defaultWaitFor === undefined ? {} : { defaultWaitFor }),
    whyNotOffered: (region) =>
      served && whyNotOffered(service, region, served.cloud ?? cloudOf(region), served.endpoints),
    warn,
  };
}
