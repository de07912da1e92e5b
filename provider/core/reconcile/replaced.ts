/** Reports the fate of the old tasks where the create of a replacement fails: no other error of the run does. */
import { isVideoAnalysisError, withMoreToDo } from "../../common/errors";
import type { PropertyMap } from "../../common/json";
import type { Remedy } from "../../common/remedies";
import { otherOwnerOf } from "../ownership/owners";
import type { ResourceDefinition } from "../contract";
import type { RunContext } from "../operation";
import type { OwnedTask } from "../ownership/run-registry";

/** Runs what leads to an id; its errors say what became of the tasks that it replaces. */
export async function withOldTasks<T>(
  definition: ResourceDefinition,
  inputs: PropertyMap,
  context: RunContext,
  act: () => Promise<T>,
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw isVideoAnalysisError(error) ? withMoreToDo(error, remediesOf(definition, inputs, context)) : error;
  }
}

function remediesOf(
  definition: ResourceDefinition,
  inputs: PropertyMap,
  { registry, owner }: RunContext,
): readonly Remedy[] {
  const compared = registry.comparedEntry(owner);
  const isDeleted = (task: OwnedTask): boolean => registry.deletionsOf(task).length > 0;
  // Without a diff only the name connects the two.
  const deleted =
    compared === undefined
      ? registry
          .deletedUnder(definition.type, String(inputs.name))
          .filter((task) => otherOwnerOf(registry, task, owner) === undefined)
      : compared.tasks.filter(isDeleted);
  if (deleted.length > 0) return [{ code: "recreate", deletedTaskIds: idsOf(deleted) }];
  if (compared?.createsFirst !== true) return [];
  return [{ code: "delete-before-replace", oldTaskIds: idsOf(compared.tasks) }];
}

const idsOf = (tasks: readonly OwnedTask[]): readonly string[] => tasks.map(({ id }) => id);
