/** All tasks of a service, by pages: for platforms whose lists cannot be filtered. */
import { VideoAnalysisError } from "../common/errors";
import type { LiveTask } from "./resource";

export interface Page {
  readonly tasks: readonly LiveTask[];
  /** Tasks in all, as the service counts them. */
  readonly count: number;
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
 * does not add up to the service's own count is made again.
 */
export async function scanTasks(page: (offset: number) => Promise<Page>): Promise<Scan> {
  for (let attempt = 1; attempt <= MAX_SCANS; attempt += 1) {
    const tasks = new Map<string, LiveTask>();
    let read = 0;
    for (let pages = 0; pages < MAX_PAGES; pages += 1) {
      const answer = await page(read);
      for (const task of answer.tasks) tasks.set(task.id, task);
      read += answer.tasks.length;
      if (answer.tasks.length > 0 && read < answer.count) continue;
      if (tasks.size !== answer.count) break;
      return { tasks: [...tasks.values()], ...(answer.date === undefined ? {} : { date: answer.date }) };
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
