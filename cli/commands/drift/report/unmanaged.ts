/** Tasks in the services of a stack that no resource of it owns. */
import { explain } from "../../../../provider/fronts/engine/remedies";
import { mapBounded } from "../../../common/map-bounded";
import type { RecordedResource } from "../../../stack/recorded-resources";
import { isLeaving, listTasks, ownedTasks, type OpenedService } from "../../../stack/tasks";
import type { Unmanaged } from "./schema";

/** Lists each service once; nothing else is asked. */
export async function findUnmanaged(
  resources: readonly RecordedResource[],
  opened: readonly OpenedService[],
  concurrency: number,
): Promise<Unmanaged> {
  const owned = ownedTasks(resources);
  // Several providers, or platforms, may lead to one service.
  const services = new Map(
    opened.map((service) => [
      `${service.resourceType.definition.type} ${service.binding.gateway.scope}`,
      service,
    ]),
  );
  const problems: string[] = [];
  const found = await mapBounded([...services.values()], concurrency, async (service) => {
    try {
      const type = service.resourceType.definition.type as Unmanaged["tasks"][number]["type"];
      const free = (await listTasks(service)).filter(({ key, task }) => !owned.has(key) && !isLeaving(task));
      return free.map(({ id, task }) => ({ type, id, task }));
    } catch (error) {
      problems.push(
        `tasks of ${service.resourceType.definition.type} could not be listed: ${explain(error)}`,
      );
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
