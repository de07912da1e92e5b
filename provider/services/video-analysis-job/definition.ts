/** `VideoAnalysisJob` as the lifecycle core sees it. */
import type { PropertyMap } from "../../common/json";
import { isAbsent } from "../../core/schema/equivalence";
import type { ResourceDefinition } from "../../core/contract";
import { isEndless, SOURCES, sourcesIn } from "../shared/input";
import { keptOutputs } from "../shared/outputs";
import { taskIds } from "../shared/task-id";
import { isScheduled, videoAnalysisJobRules } from "./rules";
import {
  videoAnalysisJobArguments,
  videoAnalysisJobBody,
  videoAnalysisJobImmutable,
  videoAnalysisJobUpdatable,
  videoAnalysisJobOutputs,
} from "./schema";

/** Whether the resource is one task; arguments of a first check show it by the ids to adopt, or by their sources. */
function isOneTask(args: PropertyMap): boolean {
  if (Array.isArray(args.taskIds)) return args.taskIds.length === 1;
  if (typeof args.adopt === "string") return !args.adopt.includes(",");
  return sourcesIn(args).length === 1;
}

/**
 * The update call takes one source and cannot clear `timing` or `serviceConfig`. Sources that are not known yet
 * cannot be counted, so they replace.
 */
function replacingUpdates(recorded: PropertyMap, inputs: PropertyMap): readonly string[] {
  const oneSource = sourcesIn(recorded).length === 1 && sourcesIn(inputs).length === 1;
  const cleared = (["timing", "serviceConfig"] as const).filter((key) => {
    const schema = videoAnalysisJobArguments.shape[key];
    return !isAbsent(schema, recorded[key]) && isAbsent(schema, inputs[key]);
  });
  return oneSource && isOneTask(recorded) ? cleared : ["input", ...cleared];
}

export const videoAnalysisJob: ResourceDefinition = {
  type: "VideoAnalysisJob",
  upgrades: [],
  arguments: videoAnalysisJobArguments,
  rules: videoAnalysisJobRules,
  immutable: videoAnalysisJobImmutable,
  updatable: videoAnalysisJobUpdatable,
  replacingUpdates,
  nameScope: ["serviceName", "region"],
  members: SOURCES,
  alignToRecorded: (_, live) => live.args,
  observed: videoAnalysisJobBody,
  outputFields: keptOutputs(videoAnalysisJobOutputs),
  withDefaults: (args) => args,
  isEndless,
  isScheduled,
  ...taskIds("VideoAnalysisJob", "serviceName"),
};
