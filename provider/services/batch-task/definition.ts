/** `BatchTask` as the lifecycle core sees it. */
import { VideoAnalysisError } from "../../common/errors";
import { isObject, type PropertyMap } from "../../common/json";
import type { ResourceDefinition } from "../../core/contract";
import { keptOutputs } from "../shared/outputs";
import { batchTaskRules, isEndless, isScheduled } from "./rules";
import { batchTaskArguments, batchTaskImmutable, batchTaskUpdatable, batchTaskOutputs } from "./schema";
import { alignToRecorded } from "./mapping";

/** Batch ids as the documents write them; the service refuses what else does not fit. */
const BATCH_ID = /^[A-Za-z0-9_-]+$/;

/** The documented defaults, which are compared but not sent. */
function withDefaults(args: PropertyMap): PropertyMap {
  const { output, isSavedAsTemplate = false } = args;
  return {
    ...args,
    isSavedAsTemplate,
    ...(isObject(output) ? { output: { ...output, eventCenter: output.eventCenter ?? false } } : {}),
  };
}

export const batchTask: ResourceDefinition = {
  type: "BatchTask",
  upgrades: [],
  arguments: batchTaskArguments,
  rules: batchTaskRules,
  immutable: batchTaskImmutable,
  updatable: batchTaskUpdatable,
  replacingUpdates: () => [],
  nameScope: ["region"],
  alignToRecorded,
  observed: ["name", "description", "batchInput", "output", "schedule", "config", "resourceOrderId"],
  outputFields: keptOutputs(batchTaskOutputs),
  withDefaults,
  isEndless,
  isScheduled,
  formatId: (_, ids) => ids.join(","),
  parseId: (id) => {
    if (BATCH_ID.test(id)) return { args: {}, taskIds: [id] };
    throw new VideoAnalysisError(
      "INVALID_ID",
      `"${id}" is no id of a BatchTask. Expected the id of one batch, without the ids of its sub-tasks.`,
    );
  },
};
