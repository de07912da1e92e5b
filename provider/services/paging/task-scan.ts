/** Whole lists, by pages: where a list cannot be filtered, or where an absence is to be proved. */
import type { Deadline } from "../../common/deadline";
import { idKey } from "../../common/ids";
import { isVideoAnalysisError, VideoAnalysisError } from "../../common/errors";
import type { LiveTask } from "../../core/contract";

/** The members of a task that a list shows, at least. */
export interface Listed {
  readonly id: string;
}

export interface Page<T extends Listed = LiveTask> {
  readonly tasks: readonly T[];
  /** Tasks in all, as the service counts them; some answers count the page only, or not at all. */
  readonly count?: number;
  /** Entries without a readable id; none where it is absent. */
  readonly unreadable?: number;
  /** Whether the page has as many tasks as were asked for, so that more may follow, also beyond `count`. */
  readonly full: boolean;
  /** Tasks that the next page is asked for, where more than this one. */
  readonly next?: number;
}

export interface Scan<T extends Listed = LiveTask> {
  readonly tasks: readonly T[];
  /** Entries without a readable id: an absence is not proved while there are any. */
  readonly unreadable: number;
}

/** Scans of a list that changes under the reader, before giving up. */
const MAX_SCANS = 5;
/** Pages of one scan; a service that never ends its list must not hold the run. */
export const MAX_PAGES = 2000;

/**
 * Reads pages until all tasks are there. Offsets shift when a task goes away between two pages, so a scan that
 * does not add up to the service's own count is made again. Where two scans to the very end find the same tasks,
 * it is the count that is wrong.
 *
 * @param page asked by the number of tasks read so far, and by the number of pages
 * @param insist a count that is given must be met, however often the scans agree: an absence is to be proved
 */
export async function scanTasks<T extends Listed = LiveTask>(
  page: (offset: number, pages: number) => Promise<Page<T>>,
  insist = false,
): Promise<Scan<T>> {
  let earlier: string | undefined;
  for (let attempt = 1; attempt <= MAX_SCANS; attempt += 1) {
    const tasks = new Map<string, T>();
    let read = 0;
    let unreadable = 0;
    for (let pages = 0; pages < MAX_PAGES; pages += 1) {
      const { tasks: found, count, full, unreadable: odd = 0 } = await page(read, pages);
      const known = tasks.size;
      for (const task of found) tasks.set(idKey(task.id), task);
      unreadable += odd;
      read += found.length + odd;
      // A page of nothing new ends the scan too: a service that repeats itself would never come to an end.
      if (tasks.size + odd > known && (full || count === undefined || read < count)) continue;
      const ids = [...tasks.keys()].sort().join();
      const settled = found.length === 0 && ids === earlier && !(insist && count !== undefined);
      if (tasks.size + unreadable === count || settled) {
        return { tasks: [...tasks.values()], unreadable };
      }
      earlier = ids;
      break;
    }
  }
  throw new VideoAnalysisError(
    "REQUEST_FAILED",
    `the list of tasks changed during each of ${MAX_SCANS} scans, so it is not known what there is. Try again.`,
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
    return { ...found, tasks: found.tasks.filter((task) => !this.#removed.has(idKey(task.id))) };
  }

  noteRemoved(taskId: string): void {
    this.#removed.add(idKey(taskId));
  }
}

/**
 * Scans that prove an absence, shared by all who need one at the same time. A scan counts only for those who asked
 * before it began: one that is under way may have passed the place already.
 */
export class ProofScan<T extends Listed> {
  #running: Promise<unknown> = Promise.resolve();
  #next: Promise<Scan<T>> | undefined;

  /** The scan that begins after this call. Where the deadline of another ended it, this caller's own scan follows. */
  async run(deadline: Deadline, scan: () => Promise<Scan<T>>): Promise<Scan<T>> {
    const joined = this.#next;
    const doing = "listing all there is";
    if (joined === undefined) return deadline.within(this.#begin(scan), doing);
    try {
      return await deadline.within(joined, doing);
    } catch (error) {
      const othersTimeout = isVideoAnalysisError(error) && error.code === "TIMEOUT" && !deadline.expired;
      if (!othersTimeout) throw error;
      return this.run(deadline, scan);
    }
  }

  #begin(scan: () => Promise<Scan<T>>): Promise<Scan<T>> {
    const next = this.#running.then(() => {
      this.#next = undefined;
      return scan();
    });
    this.#next = next;
    // A failure goes to the caller of that scan; the next one begins all the same.
    this.#running = next.catch(() => undefined);
    return next;
  }
}
