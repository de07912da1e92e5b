/** Reports the fate of the old tasks where the create of a replacement fails: no other error of the run does. */
import { isVideoAnalysisError } from "../../common/errors";
import type { PropertyMap } from "../../common/json";
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
    if (isVideoAnalysisError(error)) error.message += describeOldTasks(definition, inputs, context);
    throw error;
  }
}

function describeOldTasks(
  definition: ResourceDefinition,
  inputs: PropertyMap,
  { registry, owner }: RunContext,
): string {
  const compared = registry.comparedEntry(owner);
  const isDeleted = (task: OwnedTask): boolean => registry.deletionsOf(task).length > 0;
  // Without a diff only the name connects the two.
  const deleted =
    compared === undefined
      ? registry
          .deletedUnder(definition.type, String(inputs.name))
          .filter((task) => otherOwnerOf(registry, task, owner) === undefined)
      : compared.tasks.filter(isDeleted);
  if (deleted.length > 0) {
    return (
      ` Before that, this run has deleted ${list(deleted)}, which was to be replaced: nothing runs in its place until a ` +
      "`pulumi up` creates it."
    );
  }
  if (compared?.createsFirst !== true) return "";
  return (
    ` The old task (${list(compared.tasks)}) is still there. If the two cannot exist at a time, set the resource option ` +
    "`deleteBeforeReplace: true`."
  );
}

const list = (tasks: readonly OwnedTask[]): string => tasks.map(({ id }) => id).join(", ");
