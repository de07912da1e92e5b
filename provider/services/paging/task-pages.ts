/** The pages of a list as far as they are worth it. */
import type { Deadline } from "../../common/deadline";
import { idKey } from "../../common/ids";
import { MAX_PAGES, type Listed, type Page } from "./task-scan";

/** One page of the whole list, asked by the number of tasks and of pages read so far. */
export type ReadPage<L extends Listed> = (
  offset: number,
  pages: number,
  deadline: Deadline,
) => Promise<Page<L>>;

export interface TaskPages<L extends Listed> {
  /** By {@link idKey}. */
  readonly tasks: ReadonlyMap<string, L>;
  /** Calls that the whole list takes. */
  readonly cost: number;
  /** Whether what is not in it is not in the service's list: it adds up, and did not change from page to page. */
  readonly isComplete: boolean;
}

/**
 * Reads pages while fewer are left than calls that they spare.
 *
 * @param spared calls that the rest of the list would spare
 */
export async function readPages<L extends Listed>(
  page: ReadPage<L>,
  deadline: Deadline,
  spared: (tasks: ReadonlyMap<string, L>) => number,
): Promise<TaskPages<L>> {
  const tasks = new Map<string, L>();
  const counts = new Set<number | undefined>();
  let read = 0;
  let unreadable = 0;
  for (let pages = 1; ; pages += 1) {
    const known = tasks.size;
    const found = await page(read, pages - 1, deadline);
    for (const task of found.tasks) tasks.set(idKey(task.id), task);
    counts.add(found.count);
    unreadable += found.unreadable ?? 0;
    read += found.tasks.length + (found.unreadable ?? 0);
    // After a full page there may be more, whatever the count says.
    const left = tasks.size === known ? 0 : Math.max(pagesLeft(found, read), found.full ? 1 : 0);
    if (left > 0 && left < spared(tasks) && pages < MAX_PAGES) continue;
    const addsUp = unreadable === 0 && counts.size === 1 && counts.has(tasks.size);
    return { tasks, cost: pages + left, isComplete: left === 0 && addsUp && !found.full };
  }
}

/** A list that does not say how much there is goes on after every full page. */
export function pagesLeft({ tasks, count, full, next = tasks.length }: Page<Listed>, read: number): number {
  if (count === undefined) return full ? 1 : 0;
  return Math.max(0, Math.ceil((count - read) / next));
}
