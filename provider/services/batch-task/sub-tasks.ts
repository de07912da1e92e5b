/** The list of the sub-tasks of a batch, and the one of them whose details are read. */
import type { ViasClient, WireSubTask } from "../api/vias";
import type { Deadline } from "../../common/deadline";
import { worstFirst } from "../../core/state/run-state";
import { absentIfNotFound } from "../shared/service-gateway";

/** Pages of sub-tasks; a service that never ends its list must not hold the run. */
const MAX_PAGES = 1000;

export const stateOf = ({ state = "" }: WireSubTask): string => state.toUpperCase();
export const isDeleting = (entry: WireSubTask): boolean => stateOf(entry) === "DELETING";

/** The sub-task that stays and is in the worst state: it says most about the batch. */
export function sampleOf(entries: readonly WireSubTask[]): WireSubTask[] {
  const states = entries.map((entry) => ({ entry, state: stateOf(entry) }));
  const staying = states.filter(({ entry }) => !isDeleting(entry));
  return worstFirst(staying.length === 0 ? states : staying)
    .slice(0, 1)
    .map(({ entry }) => entry);
}

export async function listSubTasks(
  client: ViasClient,
  batchId: string,
  deadline: Deadline,
): Promise<WireSubTask[]> {
  const tasks = new Map<string, WireSubTask>();
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    // A batch that went away since it was listed has none; the next read does not find it.
    const answer = await absentIfNotFound(() => client.listSubTasks(batchId, page, deadline));
    const known = tasks.size;
    for (const task of answer?.tasks ?? []) tasks.set(task.id, task);
    // Nor may one that repeats itself.
    if (answer?.isLast !== false || tasks.size === known) break;
  }
  return [...tasks.values()];
}
