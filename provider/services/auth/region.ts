/** Which region the sources of settings name, or imply. */
import { KNOWN_REGIONS, placeOfIam } from "./clouds";
import type { SettingsSource } from "./configuration";
import { normalizeEndpoint } from "./endpoints";

export interface NamedRegion {
  readonly region: string;
  readonly source: SettingsSource;
}

/** The region of the highest source that names one. */
export function regionNamed(sources: readonly SettingsSource[]): NamedRegion | undefined {
  return firstOf(sources, (source) => source.get("region")?.trim());
}

/**
 * The region that follows from the name of a project (`eu-de_cameras`), else from the address of IAM: only where no
 * source names one.
 */
export function regionImplied(sources: readonly SettingsSource[]): NamedRegion | undefined {
  if (regionNamed(sources) !== undefined) return undefined;
  return firstOf(sources, regionOfProject) ?? firstOf(sources, regionOfIam);
}

function firstOf(
  sources: readonly SettingsSource[],
  regionIn: (source: SettingsSource) => string | undefined,
): NamedRegion | undefined {
  for (const source of sources) {
    const region = regionIn(source) ?? "";
    if (region !== "") return { region, source };
  }
  return undefined;
}

/** Projects of a region are named after it, with a suffix but for the first one. */
function regionOfProject(source: SettingsSource): string | undefined {
  const [region = ""] = source.get("projectName")?.trim().split("_") ?? [];
  return KNOWN_REGIONS.includes(region) ? region : undefined;
}

function regionOfIam(source: SettingsSource): string | undefined {
  const address = normalizeEndpoint("iam", source.get("authUrl")?.trim() ?? "");
  return address === undefined ? undefined : placeOfIam(address)?.region;
}
