/** `ServiceTask` as the lifecycle core sees it. */
import { isObject, type PropertyMap } from "../../common/json";
import type { ResourceDefinition } from "../../core/contract";
import { isEndless, SOURCES } from "../shared/input";
import { keptOutputs } from "../shared/outputs";
import { taskIds } from "../shared/task-id";
import { isScheduled, serviceTaskRules } from "./rules";
import { serviceTaskArguments, serviceTaskImmutable, serviceTaskOutputs } from "./schema";

/** The documents call `execution_mode` optional in one place and mandatory in another: it is always sent. */
function withDefaults(args: PropertyMap): PropertyMap {
  const { schedule } = args;
  if (!isObject(schedule) || schedule.executionMode !== undefined) return args;
  if (schedule.periods === undefined && schedule.frequency === undefined) return args;
  const executionMode = schedule.periods === undefined ? "frequency" : "period";
  return { ...args, schedule: { ...schedule, executionMode } };
}

/** Without a platform no check asks for what only Edge demands (Creating a Service Task, table 13). */
const doubtedReplacement = ({ platform, sourceUsageEstimate }: PropertyMap): string | undefined =>
  platform !== undefined || sourceUsageEstimate !== undefined
    ? undefined
    : "on ModelArts Edge the create would be refused after the delete, since `sourceUsageEstimate` is missing. " +
      'Set `platform: "ief"`, or `platform: "edge"` with `sourceUsageEstimate`.';

export const serviceTask: ResourceDefinition = {
  type: "ServiceTask",
  upgrades: [],
  arguments: serviceTaskArguments,
  rules: serviceTaskRules,
  immutable: serviceTaskImmutable,
  updatable: [],
  replacingUpdates: () => [],
  nameScope: ["serviceId", "region"],
  doubtedReplacement,
  members: SOURCES,
  alignToRecorded: (_, live) => live.args,
  observed: ["name", "description", "schedule", "input", "output", "config"],
  outputFields: keptOutputs(serviceTaskOutputs),
  withDefaults,
  isEndless,
  isScheduled,
  ...taskIds("ServiceTask", "serviceId"),
};
