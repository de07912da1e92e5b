/** Recorded outputs of every version of the package, brought to the shape that today's code writes. */
import { VideoAnalysisError } from "../../common/errors";
import type { PropertyMap } from "../../common/json";
import type { ResourceDefinition } from "../contract";

/** The shape of the first release. */
const FIRST_VERSION = 1;

/** The output `stateVersion`: one more with each upgrade, never reused. */
export const stateVersionOf = ({ upgrades }: Pick<ResourceDefinition, "upgrades">): number =>
  FIRST_VERSION + upgrades.length;

/**
 * @param outputs recorded outputs, or the arguments of a lookup's program, which have no version and stay as they are
 * @throws `STATE_TOO_NEW` where a newer version of the package wrote them
 */
export function upToDate(
  { upgrades }: Pick<ResourceDefinition, "upgrades">,
  outputs: PropertyMap,
): PropertyMap {
  const version = outputs.stateVersion;
  if (typeof version !== "number") return outputs;
  const current = stateVersionOf({ upgrades });
  if (version === current) return outputs;
  if (version > current) {
    throw new VideoAnalysisError(
      "STATE_TOO_NEW",
      `the state was written by a newer pulumi-video-analysis (state version ${version}, this one knows ${current})`,
      { remedy: [{ code: "upgrade-package" }] },
    );
  }
  const upgraded = upgrades
    .slice(version - FIRST_VERSION)
    .reduce((older, upgrade) => upgrade(older), outputs);
  return { ...upgraded, stateVersion: current };
}
