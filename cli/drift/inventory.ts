/** Tasks that the services of a stack have and no resource of it owns. */
import { isVideoAnalysisError, messageOf } from "../../provider/common/errors";
import type { TaskKey } from "../../provider/lifecycle/process-memory";
import { hasInventory, type ListedTask } from "../../provider/lifecycle/resource";
import { taskKeys } from "../../provider/lifecycle/task-key";
import { deadlineFor } from "../../provider/lifecycle/timeouts";
import { mapBounded } from "../pool";
import type { Reached } from "./readings";
import type { RecordedResource } from "../stack/recorded";
import type { Unmanaged } from "./report-schema";

/** What is on its way out is nobody's to adopt. */
const LEAVING = "DELETING";

/** Lists each service once; nothing else is asked. */
export async function findUnmanaged(
  resources: readonly RecordedResource[],
  reached: readonly Reached[],
  concurrency: number,
): Promise<Unmanaged> {
  const owned = new Set(resources.filter(({ external }) => !external).flatMap(ownedTasks));
  // Several providers, or platforms, may lead to one service.
  const services = new Map(
    reached.map((place) => [`${place.kind.definition.type} ${place.binding.gateway.scope}`, place]),
  );
  const problems: string[] = [];
  const found = await mapBounded([...services.values()], concurrency, async (place) => {
    try {
      return (await listed(place)).filter(({ key, task }) => !owned.has(key) && task.state !== LEAVING);
    } catch (error) {
      problems.push(`tasks of ${place.kind.definition.type} could not be listed: ${messageOf(error)}`);
      return [];
    }
  });
  const tasks = found.flat().map(({ type, id, task }) => ({
    type,
    id,
    name: task.name,
    ...(task.state === undefined ? {} : { state: task.state }),
    ...(task.createdAt === undefined ? {} : { createdAt: task.createdAt }),
  }));
  return { tasks, problems };
}

/** Ids of resources that could not be read are owned too. */
function ownedTasks({ kind: { definition }, id }: RecordedResource): readonly TaskKey[] {
  try {
    const { args, taskIds } = definition.parseId(id);
    return taskKeys(definition, args, taskIds);
  } catch (error) {
    // An unreadable id is reported where the resource is read.
    if (!isVideoAnalysisError(error)) throw error;
    return [];
  }
}

interface Found {
  readonly type: Unmanaged["tasks"][number]["type"];
  readonly id: string;
  readonly key: TaskKey;
  readonly task: ListedTask;
}

async function listed({ kind: { definition }, binding, environment, args }: Reached): Promise<Found[]> {
  const { gateway } = binding;
  if (!hasInventory(gateway)) return [];
  const deadline = deadlineFor("read", {}, `the list of tasks (${definition.type})`, environment);
  const tasks = await gateway.inventory(deadline);
  return tasks.map((task) => ({
    type: definition.type as Found["type"],
    id: definition.formatId(args, [task.id]),
    key: taskKeys(definition, args, [task.id])[0] ?? "",
    task,
  }));
}
