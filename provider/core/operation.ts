/** What one operation on a resource works with. */
import type { Deadline } from "../common/deadline";
import type { PropertyMap } from "../common/json";
import { ownedTasks } from "./ownership/owners";
import type { Binding, RunContext, ResourceDefinition } from "./contract";
import type { OwnedTask } from "./ownership/run-registry";

export interface Operation {
  readonly definition: ResourceDefinition;
  /** What the program wants. */
  readonly inputs: PropertyMap;
  readonly binding: Binding;
  readonly deadline: Deadline;
  readonly environment: RunContext;
}

/** Tasks where the operation has them. */
export const tasksOf = (
  { definition, inputs, binding }: Operation,
  taskIds: readonly string[],
): OwnedTask[] => ownedTasks(definition, inputs, taskIds, binding);
