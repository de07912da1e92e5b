/** The tasks of services, and which of them a stack owns. */
import { isVideoAnalysisError } from "../../provider/common/errors";
import type { PropertyMap } from "../../provider/common/json";
import { tasksOfId } from "../../provider/core/ownership/owners";
import { hasInventory, type Binding, type ListedTask } from "../../provider/core/contract";
import type { RunContext } from "../../provider/core/operation";
import { keyOf } from "../../provider/core/ownership/run-registry";
import { deadlineFor } from "../../provider/core/reconcile/timeouts";
import type { ResourceType } from "./resource-types";
import type { RecordedResource } from "./recorded-resources";

/** Neither adopted nor imported. */
export const isLeaving = ({ state }: ListedTask): boolean => state === "DELETING";

/** A service that was opened with a configuration. */
export interface OpenedService {
  readonly resourceType: ResourceType;
  readonly binding: Binding;
  readonly context: RunContext;
  /** Arguments that an id is made with. */
  readonly args: PropertyMap;
}

/** A task of a service, under the id that a resource of it alone would have. */
export interface IdentifiedTask {
  readonly id: string;
  /** Unique among the tasks of all types. */
  readonly key: string;
  readonly task: ListedTask;
}

/** Everything that a service lists. */
export async function listTasks({
  resourceType: { definition },
  binding,
  context,
  args,
}: OpenedService): Promise<IdentifiedTask[]> {
  const { gateway } = binding;
  if (!hasInventory(gateway)) return [];
  const deadline = deadlineFor("read", {}, `the list of tasks (${definition.type})`, context);
  const tasks = await gateway.inventory(deadline);
  return tasks.map((task) => {
    const id = definition.formatId(args, [task.id]);
    return { id, key: keyOf({ type: definition.type, id }), task };
  });
}

/** Ids of resources that could not be read are owned too. */
export function ownedTasks(resources: readonly RecordedResource[]): ReadonlySet<string> {
  return new Set(resources.filter(({ external }) => !external).flatMap(tasksOf));
}

function tasksOf({ resourceType: { definition }, id }: RecordedResource): readonly string[] {
  try {
    return tasksOfId(definition, id).map(keyOf);
  } catch (error) {
    // An unreadable id is reported where the resource is read.
    if (!isVideoAnalysisError(error)) throw error;
    return [];
  }
}
