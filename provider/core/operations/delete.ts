/** Delete: idempotent, and done only when the tasks are proven gone. */
import type { Deadline } from "../../common/deadline";
import { failureKind, type FailureClass } from "../../common/errors";
import type { PropertyMap } from "../../common/json";
import { claimIn } from "../ownership/claim";
import { locationIn } from "../state/outputs";
import { ownedTasks } from "../ownership/owners";
import { confirmGone } from "./read";
import type { RunContext, ResourceDefinition, TaskGateway } from "../contract";
import type { OwnedTask } from "../ownership/run-registry";
import { upToDate } from "../state/versions";
import { deadlineFor } from "../reconcile/timeouts";
import { poll } from "../reconcile/wait";

/**
 * Tasks that another resource took over later are left to it.
 *
 * @param recordedOutputs of any version
 */
export async function remove(
  definition: ResourceDefinition,
  id: string,
  recordedOutputs: PropertyMap,
  environment: RunContext,
): Promise<void> {
  const olds = upToDate(definition, recordedOutputs);
  const { args, taskIds } = definition.parseId(id);
  const { registry } = environment;
  const claim = claimIn(olds);
  const owned = (ids: readonly string[]): OwnedTask[] => ownedTasks(definition, args, ids, locationIn(olds));
  const spared = taskIds.filter((taskId) =>
    owned([taskId]).some((task) => registry.isClaimedAfter(task, claim)),
  );
  if (spared.length > 0) {
    environment.warn(
      `${definition.type} "${id}": another resource has taken ${spared.join(", ")} over, so it is not deleted.`,
    );
  }
  const doomed = taskIds.filter((taskId) => !spared.includes(taskId));
  if (doomed.length === 0) return;
  const deadline = deadlineFor("delete", olds, `${definition.type} "${id}"`, environment);
  const binding = await environment.open(
    { args: { ...olds, ...args }, recorded: locationIn(olds) },
    deadline,
  );
  await Promise.all(doomed.map((taskId) => removeTask(binding.gateway, taskId, deadline, environment)));
  await confirmGone(binding, environment, deadline);
  registry.markDeleted({
    tasks: owned(doomed),
    name: String(olds.name),
    ...(claim === undefined ? {} : { claim }),
  });
}

async function removeTask(
  gateway: TaskGateway,
  taskId: string,
  deadline: Deadline,
  environment: RunContext,
): Promise<void> {
  let accepted = false;
  let stopAsked = false;
  await poll(deadline, environment, async () => {
    if (!accepted) {
      try {
        const removal = await gateway.remove(taskId, deadline);
        if (removal === "gone") return { done: true };
        accepted = removal === "accepted";
      } catch (error) {
        // Refused for the task's state. Where tasks can be stopped that may help; elsewhere the state must pass.
        if (failureKind(error) !== "conflict") throw error;
        if (gateway.canStop && !stopAsked) stopAsked = await tryStop(gateway, taskId, deadline);
        return { waiting: `task ${taskId} cannot be deleted in its present state` };
      }
    }
    if ((await gateway.show(taskId, deadline)) === undefined) return { done: true };
    return {
      waiting: accepted
        ? `waiting until task ${taskId} is gone`
        : `the delete of task ${taskId} answers that it does not exist, but it is still shown`,
    };
  });
}

/** How a service refuses a stop that it does not offer, or not to this task or user. */
const NO_STOP: ReadonlySet<FailureClass> = new Set([
  "conflict",
  "invalid",
  "not-published",
  "not-found",
  "forbidden",
]);

/** A stop that is refused, or not offered at all, leaves only waiting. */
async function tryStop(gateway: TaskGateway, taskId: string, deadline: Deadline): Promise<boolean> {
  try {
    await gateway.stop(taskId, deadline);
  } catch (error) {
    const kind = failureKind(error);
    if (kind === undefined || !NO_STOP.has(kind)) throw error;
  }
  return true;
}
