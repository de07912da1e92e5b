/** `ServiceTask` as the lifecycle core sees it. */
import { VideoAnalysisError } from "../../common/errors";
import { isObject, type Bag } from "../../common/json";
import type { ResourceDefinition, TaskId } from "../../lifecycle/resource";
import { isEndless } from "../shared/input";
import { isScheduled, serviceTaskRules } from "./rules";
import { serviceTaskArguments, serviceTaskImmutable } from "./schema";

/** Task ids are 32 hexadecimal digits (seed 002); others are left to the service to refuse. */
const TASK_ID = /^[^\s/?#,%\\]+$/;

function parseId(id: string): TaskId {
  const [serviceId = "", tasks, ...rest] = id.split("/");
  const taskIds = tasks?.split(",") ?? [];
  const valid =
    TASK_ID.test(serviceId) && taskIds.length > 0 && taskIds.every((taskId) => TASK_ID.test(taskId));
  if (!valid || rest.length > 0 || new Set(taskIds).size < taskIds.length) {
    throw new VideoAnalysisError(
      "INVALID_ID",
      `"${id}" is no id of a ServiceTask. Expected "<serviceId>/<taskId>", or "<serviceId>/<taskId>,<taskId>" for several inputs.`,
    );
  }
  return { args: { serviceId }, taskIds };
}

/** The documents call `execution_mode` optional in one place and mandatory in another: it is always sent. */
function withDefaults(args: Bag): Bag {
  const { schedule } = args;
  if (!isObject(schedule) || schedule.executionMode !== undefined) return args;
  if (schedule.periods === undefined && schedule.frequency === undefined) return args;
  const executionMode = schedule.periods === undefined ? "frequency" : "period";
  return { ...args, schedule: { ...schedule, executionMode } };
}

export const serviceTask: ResourceDefinition = {
  type: "ServiceTask",
  arguments: serviceTaskArguments,
  rules: serviceTaskRules,
  immutable: serviceTaskImmutable,
  updatable: [],
  replacingUpdates: () => [],
  reshape: (_, live) => live.args,
  observed: ["name", "description", "schedule", "input", "output", "config"],
  facts: ["serviceName", "creator"],
  withDefaults,
  isEndless,
  isScheduled,
  formatId: (args, taskIds) => `${String(args.serviceId)}/${taskIds.join(",")}`,
  parseId,
};
