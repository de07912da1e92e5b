/** Update: converges from any live tasks; repeats are harmless. Failures are plain errors. */
import { deepEqual, type PropertyMap } from "../../common/json";
import { Echo } from "../drift/echo";
import { claimIn } from "../ownership/claim";
import { markRecordedOwner } from "../ownership/owners";
import { converge } from "../reconcile/converge";
import { effectiveWaitFor, operationDeadline } from "../reconcile/timeouts";
import { locationIn, unfinishedIn } from "../state/outputs";
import { stillUnreadable } from "../state/unreadable-inputs";
import { upToDate } from "../state/versions";
import type { ResourceDefinition } from "../contract";
import { failWithGone, showTasks, type Operation, type RunContext } from "../operation";
import { argumentsToSend } from "./arguments-to-send";
import { record } from "./record";

export interface Change {
  readonly id: string;
  /** Recorded outputs of any version. */
  readonly recorded: PropertyMap;
  /** Checked inputs. */
  readonly inputs: PropertyMap;
}

/**
 * @returns new outputs
 * @throws `TASK_GONE` when a task was deleted behind Pulumi's back
 */
export async function update(
  definition: ResourceDefinition,
  change: Change,
  context: RunContext,
): Promise<PropertyMap> {
  const { id, inputs } = change;
  const recorded = upToDate(definition, change.recorded);
  const taskIds = tasksLeft(definition.parseId(id).taskIds, recorded);
  const { owner, registry } = context;
  markRecordedOwner(definition, registry, { id, outputs: recorded, by: "update", owner });
  const unfinished = unfinishedIn(recorded).length > 0;
  const waitFor = effectiveWaitFor(inputs, context);
  // What finishes a create, or waits for success, has the time of a create.
  const time = unfinished || waitFor === "succeeded" ? "create" : "update";
  const deadline = operationDeadline(time, { type: definition.type, id, args: inputs }, context);
  const binding = await context.open(
    { args: { ...recorded, ...inputs }, recordedArgs: recorded, recorded: locationIn(recorded) },
    deadline,
  );
  const operation: Operation = { definition, inputs, binding, deadline, context };
  const { tasks: before, missing } = await showTasks(operation, taskIds);
  if (missing.length > 0) await failWithGone(operation, missing);
  const desired = inputs.desiredState;
  // By today's wish: for a task that was to be stopped, and now is left as it is, there is nothing to wait for.
  const waited = effectiveWaitFor({ ...recorded, desiredState: desired }, context);
  const isWaitMet = !unfinished && waitFor === waited;
  // A create that failed has recorded no shown form of the values that it sent.
  const isOwnCreate = unfinished && recorded.adopt === undefined && claimIn(recorded) === undefined;
  const { tasks, echo, error } = await converge(operation, {
    taskIds,
    tasks: before,
    isNew: false,
    isMade: false,
    argumentsToSend: (live) => argumentsToSend({ definition, inputs, recorded, tasks: live }),
    sent: isOwnCreate ? definition.observed : [],
    force: !deepEqual(desired, recorded.desiredState) || (unfinished && desired === "stopped"),
    ...(isWaitMet && waitFor === "accepted" ? {} : { waitFor, isWaitMet }),
    recorded,
    ...(isOwnCreate ? {} : { before: { recorded, tasks: before } }),
    echo: Echo.in(recorded),
  });
  if (error !== undefined) throw error;
  const outputs = record(operation, { taskIds, tasks, echo, claim: claimIn(recorded), recorded });
  return { ...outputs, ...stillUnreadable(recorded, inputs) };
}

/**
 * A refresh takes what is gone out of the inputs and the outputs, but not out of the id. Without an entry for it in the
 * program either, the rest is the resource; with one, the diff replaces.
 */
function tasksLeft(ids: readonly string[], { taskIds }: PropertyMap): readonly string[] {
  const left = Array.isArray(taskIds) ? ids.filter((id) => taskIds.includes(id)) : [];
  // Outputs of a group name its parts, and those of an unfinished create may have none.
  return left.length > 0 ? left : ids;
}
