/** Diff: which changes replace, and whether anything at all changed. Pure and offline. */
import { VideoAnalysisError } from "../../common/errors";
import { deepEqual, type PropertyMap } from "../../common/json";
import { propertyOf } from "../schema/field";
import { equivalent } from "../schema/equivalence";
import { unfinishedIn } from "../state/outputs";
import type { ResourceDefinition } from "../contract";
import { upToDate } from "../state/versions";
import { withTold } from "../state/unreadable-inputs";

export interface DiffResult {
  /** Undefined leaves the comparison of the inputs to the engine. */
  readonly changes?: boolean;
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

/** The arguments of the API that differ in meaning. */
export function changedArguments(
  definition: ResourceDefinition,
  olds: PropertyMap,
  news: PropertyMap,
): string[] {
  const before = definition.withDefaults(olds);
  const after = definition.withDefaults(news);
  return [...definition.immutable, ...definition.updatable].filter((key) => {
    // A default name stays with the resource, and a region not named here stays where it was recorded.
    if (key === "name" && news.nameIsDefault === true && olds.nameIsDefault === true) return false;
    if (key === "region" && (after.region === undefined || before.region === undefined)) return false;
    const schema = propertyOf(definition.arguments, key);
    return schema !== undefined && !equivalent(schema, before[key], after[key]);
  });
}

/** The changed arguments that replace the resource. An unknown value counts as different. */
export function replacedBy(definition: ResourceDefinition, olds: PropertyMap, news: PropertyMap): string[] {
  const replacing = new Set([...definition.immutable, ...definition.replacingUpdates(olds, news)]);
  return changedArguments(definition, olds, news).filter((key) => replacing.has(key));
}

/**
 * @param recordedOutputs of any version
 * @param news checked inputs
 * @param machineRegion this machine's own region, if it has one
 */
export function diff(
  definition: ResourceDefinition,
  recordedOutputs: PropertyMap,
  news: PropertyMap,
  machineRegion: string | undefined,
): DiffResult {
  // A replacement that creates first would leave two tasks, since the delete refuses a state that is too new.
  const olds = upToDate(definition, recordedOutputs);
  const replaces = replacedBy(definition, withTold(olds, news), news);
  if (replaces.length > 0) refuseForeignMachine(olds, news, machineRegion);
  const changed = changedArguments(definition, olds, news);
  const isElsewhere = changed.some((key) => key === "name" || definition.nameScope.includes(key));
  const result = { replaces, deleteBeforeReplace: !isElsewhere };
  if (unfinishedIn(olds).length > 0) return { ...result, changes: true };
  return isUnchanged(definition, olds, news) && isRespelled(definition, olds, news)
    ? { ...result, changes: false }
    : result;
}

const respelledIn = (definition: ResourceDefinition, olds: PropertyMap, news: PropertyMap): string[] =>
  Object.keys(definition.arguments.shape).filter((key) => !deepEqual(olds[key], news[key]));

/** Nothing differs in meaning, and nothing is left to do. */
export function isUnchanged(
  definition: ResourceDefinition,
  recordedOutputs: PropertyMap,
  news: PropertyMap,
): boolean {
  const olds = upToDate(definition, recordedOutputs);
  if (unfinishedIn(olds).length > 0) return false;
  const api = new Set([...definition.immutable, ...definition.updatable]);
  const isOfApi = respelledIn(definition, olds, news).every((key) => api.has(key));
  return isOfApi && changedArguments(definition, olds, news).length === 0;
}

/** Spelled differently, meaning the same: nothing to do, which the engine cannot see by itself. */
function isRespelled(definition: ResourceDefinition, olds: PropertyMap, news: PropertyMap): boolean {
  // A drifted run state is in the recorded inputs only, which the engine compares and diff never sees.
  if (news.desiredState !== undefined) return false;
  return respelledIn(definition, olds, news).some((key) => key !== "name" && key !== "region");
}

function refuseForeignMachine(olds: PropertyMap, news: PropertyMap, machineRegion: string | undefined): void {
  if (olds.regionFrom !== "machine" || machineRegion === olds.region) return;
  if (news.regionFrom === "program" || news.regionFrom === "config") return;
  // Without any region the create that follows the delete could not even start.
  const here = machineRegion === undefined ? "this machine names none" : `this machine's is ${machineRegion}`;
  throw new VideoAnalysisError(
    "REGION_MISMATCH",
    `the resource must be replaced, but it was created in ${String(olds.region)}, the region of another machine's ` +
      `environment, and ${here}. Set \`region\` on the resource or in the stack configuration.`,
  );
}
