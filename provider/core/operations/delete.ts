/** Delete: idempotent, and done only when the tasks are proven gone. */
import { failureKind, type FailureClass } from "../../common/errors";
import type { PropertyMap } from "../../common/json";
import { claimIn } from "../ownership/claim";
import { locationIn } from "../state/outputs";
import { ownedTasks } from "../ownership/owners";
import type { ResourceDefinition } from "../contract";
import { confirmGone, type Operation, type RunContext } from "../operation";
import type { OwnedTask } from "../ownership/run-registry";
import { upToDate } from "../state/versions";
import { operationDeadline } from "../reconcile/timeouts";
import { poll } from "../reconcile/poll";

/**
 * Tasks that another resource took over later are left to it.
 *
 * @param recordedOutputs of any version
 */
export async function remove(
  definition: ResourceDefinition,
  id: string,
  recordedOutputs: PropertyMap,
  context: RunContext,
): Promise<void> {
  const recorded = upToDate(definition, recordedOutputs);
  const { args, taskIds } = definition.parseId(id);
  const { registry } = context;
  const claim = claimIn(recorded);
  const owned = (ids: readonly string[]): OwnedTask[] =>
    ownedTasks(definition, args, ids, locationIn(recorded));
  const spared = taskIds.filter((taskId) =>
    owned([taskId]).some((task) => registry.isClaimedAfter(task, claim)),
  );
  if (spared.length > 0) {
    context.log.warn(
      `${definition.type} "${id}": another resource has taken ${spared.join(", ")} over, so it is not deleted.`,
    );
  }
  const doomed = taskIds.filter((taskId) => !spared.includes(taskId));
  if (doomed.length === 0) return;
  const deadline = operationDeadline("delete", { type: definition.type, id, args: recorded }, context);
  const inputs = { ...recorded, ...args };
  const binding = await context.open({ args: inputs, recorded: locationIn(recorded) }, deadline);
  const operation: Operation = { definition, inputs, binding, deadline, context };
  await Promise.all(doomed.map((taskId) => removeTask(operation, taskId)));
  await confirmGone(operation);
  registry.markDeleted({
    tasks: owned(doomed),
    name: String(recorded.name),
    ...(claim === undefined ? {} : { claim }),
  });
}

async function removeTask(operation: Operation, taskId: string): Promise<void> {
  const { deadline } = operation;
  const { gateway } = operation.binding;
  let accepted = false;
  let stopAsked = false;
  await poll(operation, async () => {
    if (!accepted) {
      try {
        const removal = await gateway.remove(taskId, deadline);
        if (removal === "gone") return { done: true };
        accepted = removal === "accepted";
      } catch (error) {
        // Refused for the task's state. Where tasks can be stopped that may help; elsewhere the state must pass.
        if (failureKind(error) !== "conflict") throw error;
        if (gateway.canStop && !stopAsked) stopAsked = await tryStop(operation, taskId);
        return {
          waiting: `task ${taskId} cannot be deleted in its present state`,
          state: "not deletable yet,",
          goal: "gone",
        };
      }
    }
    // The word of an accepted DELETE and of a complete list after it is proof; of the DELETE alone it takes a show.
    const left = accepted
      ? (await gateway.look(taskId, deadline)).task
      : await gateway.show(taskId, deadline);
    if (left === undefined) return { done: true };
    return {
      waiting: accepted
        ? `waiting until task ${taskId} is gone`
        : `the delete of task ${taskId} answers that it does not exist, but it is still shown`,
      state: "DELETING",
      goal: "gone",
    };
  });
}

/** How a service refuses a stop that it does not offer, or not to this task or user. */
const NO_STOP: ReadonlySet<FailureClass> = new Set(["invalid", "not-published", "not-found", "forbidden"]);

/** False where the state does not allow a stop yet; one that is not offered at all leaves only waiting. */
async function tryStop({ binding, deadline }: Operation, taskId: string): Promise<boolean> {
  try {
    await binding.gateway.stop(taskId, deadline);
  } catch (error) {
    const kind = failureKind(error);
    if (kind === "conflict") return false;
    if (kind === undefined || !NO_STOP.has(kind)) throw error;
  }
  return true;
}
