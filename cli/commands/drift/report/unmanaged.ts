/** Tasks that the services of a stack have and no resource of it owns. */
import { messageOf } from "../../../../provider/common/errors";
import { mapBounded } from "../../../common/map-bounded";
import type { RecordedResource } from "../../../stack/recorded-resources";
import { isLeaving, listTasks, ownedTasks, type Place } from "../../../stack/tasks";
import type { Unmanaged } from "./schema";

/** Lists each service once; nothing else is asked. */
export async function findUnmanaged(
  resources: readonly RecordedResource[],
  reached: readonly Place[],
  concurrency: number,
): Promise<Unmanaged> {
  const owned = ownedTasks(resources);
  // Several providers, or platforms, may lead to one service.
  const services = new Map(
    reached.map((place) => [`${place.kind.definition.type} ${place.binding.gateway.scope}`, place]),
  );
  const problems: string[] = [];
  const found = await mapBounded([...services.values()], concurrency, async (place) => {
    try {
      const type = place.kind.definition.type as Unmanaged["tasks"][number]["type"];
      const free = (await listTasks(place)).filter(({ key, task }) => !owned.has(key) && !isLeaving(task));
      return free.map(({ id, task }) => ({ type, id, task }));
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
