/** All tasks of a service, by pages: for platforms whose lists cannot be filtered. */
import { isVideoAnalysisError, VideoAnalysisError } from "../common/errors";
import type { LiveTask } from "./resource";

export interface Page {
  readonly tasks: readonly LiveTask[];
  /** Tasks in all, as the service counts them; some answers count the page only, or not at all. */
  readonly count?: number;
  /** Whether the page has as many tasks as were asked for, so that more may follow whatever `count` says. */
  readonly full: boolean;
  /** The service's clock, in milliseconds. */
  readonly date?: number;
}

export interface Scan {
  readonly tasks: readonly LiveTask[];
  readonly date?: number;
}

/** Scans of a list that changes under the reader, before giving up. */
const MAX_SCANS = 5;
/** Pages of one scan; a service that never ends its list must not hold the run. */
const MAX_PAGES = 2000;

/**
 * Reads pages until all tasks are there. Offsets shift when a task goes away between two pages, so a scan that
 * does not add up to the service's own count is made again. Where two scans to the very end find the same tasks,
 * it is the count that is wrong.
 */
export async function scanTasks(page: (offset: number) => Promise<Page>): Promise<Scan> {
  let earlier: string | undefined;
  for (let attempt = 1; attempt <= MAX_SCANS; attempt += 1) {
    const tasks = new Map<string, LiveTask>();
    let read = 0;
    for (let pages = 0; pages < MAX_PAGES; pages += 1) {
      const { tasks: found, count, full, date } = await page(read);
      for (const task of found) tasks.set(task.id, task);
      read += found.length;
      if (found.length > 0 && (full || count === undefined || read < count)) continue;
      const ids = [...tasks.keys()].sort().join();
      const settled = found.length === 0 && ids === earlier;
      if (tasks.size === count || settled) {
        return { tasks: [...tasks.values()], ...(date === undefined ? {} : { date }) };
      }
      earlier = ids;
      break;
    }
  }
  throw new VideoAnalysisError(
    "REQUEST_FAILED",
    `the list of tasks changed during each of ${MAX_SCANS} scans, so it is not known whether a name is free. Try again.`,
  );
}

/** One scan for the whole process; tasks that this process deleted since are taken out of it. */
export class TaskScan {
  readonly #removed = new Set<string>();
  #scan: Promise<Scan> | undefined;

  /** @param fresh forbids the remembered scan */
  async tasks(fresh: boolean, page: (offset: number) => Promise<Page>): Promise<Scan> {
    const shared = fresh ? undefined : this.#scan;
    try {
      return await this.#read(fresh, page);
    } catch (error) {
      // The operation that began the scan ran out of time; this one has its own.
      if (shared === undefined || !isVideoAnalysisError(error) || error.code !== "TIMEOUT") throw error;
      return this.tasks(false, page);
    }
  }

  async #read(fresh: boolean, page: (offset: number) => Promise<Page>): Promise<Scan> {
    if (fresh || this.#scan === undefined) {
      this.#removed.clear();
      const scan = scanTasks(page);
      this.#scan = scan;
      // A failed scan is not remembered; its caller gets the error below.
      scan.catch(() => {
        if (this.#scan === scan) this.#scan = undefined;
      });
    }
    const found = await this.#scan;
    return { ...found, tasks: found.tasks.filter((task) => !this.#removed.has(task.id)) };
  }

  noteRemoved(taskId: string): void {
    this.#removed.add(taskId);
  }
}
