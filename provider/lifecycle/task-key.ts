/** Keys of tasks in the memory of a process. */
import type { Bag } from "../common/json";
import type { TaskKey } from "./process-memory";
import type { ResourceDefinition } from "./resource";

/** @param args arguments that the ids are read with, such as the service */
export function taskKeys(
  definition: Pick<ResourceDefinition, "type" | "formatId">,
  args: Bag,
  taskIds: readonly string[],
): readonly TaskKey[] {
  return taskIds.map((taskId) => `${definition.type} ${definition.formatId(args, [taskId])}`);
}
