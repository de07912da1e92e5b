/**
 * Reads that share lists. A refresh asks for hundreds of tasks of one service, one by one: where a list shows all
 * of them in fewer calls than shows would take, it is listed once and kept for a few seconds. No batching library
 * serves here: every reader waits, and falls back to its own show, under a deadline of its own.
 */
import type { Clock } from "../../common/clock";
import type { Deadline } from "../../common/deadline";
import { idKey } from "../../common/ids";
import { SingleFlight } from "../../common/single-flight";
import type { ReadTask } from "../../core/contract";
import { ListAttempts } from "./list-attempts";
import { pagesLeft, type ReadPage } from "./task-pages";
import { MAX_PAGES, type Listed } from "./task-scan";
import { TaskWatch } from "./task-watch";

/** How long a read waits for others to come, in milliseconds: those of one wave of the engine come in a few turns. */
const GATHER_MS = 10;

/** How long a list is kept for the next read after the last one in milliseconds. */
const IDLE_MS = 5000;

/**
 * How old a list may become while reads follow each other, in milliseconds: an engine that refreshes 1,000 resources
 * asks for the last task minutes after the first, and each task is taken from a list once.
 */
const LIFETIME_MS = 180_000;

/** How one read gets at its task. */
export interface TaskSource<L extends Listed, T> {
  readonly page: ReadPage<L>;
  /** The task as it is listed; undefined where a show returns more. */
  fromList(entry: L): T | undefined;
  /** The task by a call of its own, or the proof of its absence. */
  show(): Promise<T | undefined>;
}

/** The time in which reads may share: it ends with any write, with its list's lifetime, and when reads repeat. */
class Period<L> {
  readonly flight = new SingleFlight<void>();
  readonly waiting = new Set<string>();
  readonly answered = new Set<string>();
  /** Calls that a list would have spared. */
  shown = 0;
  /** Reads of tasks that had been read before: they ask for news. */
  repeated = 0;
  list:
    | {
        readonly tasks: ReadonlyMap<string, L>;
        readonly whole: boolean;
        /** Whether the service's own count says the same. */
        readonly addsUp: boolean;
        readonly readAt: number;
      }
    | undefined;
  #gathering: Promise<void> | undefined;
  #usedAt = 0;

  constructor(private readonly clock: Clock) {}

  gather(deadline: Deadline): Promise<void> {
    this.#gathering ??= deadline.sleep(GATHER_MS).finally(() => (this.#gathering = undefined));
    return this.#gathering;
  }

  noteUse(): void {
    this.#usedAt = this.clock.now();
  }

  get isOver(): boolean {
    if (this.list === undefined) return false;
    const now = this.clock.now();
    return now - Math.max(this.list.readAt, this.#usedAt) > IDLE_MS || now - this.list.readAt > LIFETIME_MS;
  }
}

/** The reads of all tasks in one scope: a service, or a project's batches. Writes to the scope pass here, too. */
export class TaskReader<L extends Listed> {
  readonly #clock: Clock;
  readonly #watch: TaskWatch<L>;
  readonly #attempts: ListAttempts;
  #period: Period<L>;
  /** A list may lag behind: what this process wrote itself, it shows. */
  readonly #written = new Set<string>();
  /** Calls that a whole list takes, as far as is known. */
  #cost = 1;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#watch = new TaskWatch(clock);
    this.#attempts = new ListAttempts(clock);
    this.#period = new Period(clock);
  }

  /**
   * Runs a call that changes something in the scope. No read is served from a list that began before its end.
   *
   * @param isDelete of tasks: what a later list still shows of them is no older state
   */
  async write<R>(taskIds: readonly string[], call: () => Promise<R>, isDelete = false): Promise<R> {
    this.#noteWritten(taskIds);
    const write = this.#watch.beginWrite();
    try {
      return await call();
    } catch (error) {
      this.#watch.noteChange();
      throw error;
    } finally {
      this.#watch.endWrite(write, taskIds, isDelete);
      this.#noteWritten(taskIds);
    }
  }

  noteCreated(taskIds: readonly string[]): void {
    this.#noteWritten(taskIds);
    this.#watch.noteCreated(taskIds);
  }

  #noteWritten(taskIds: readonly string[]): void {
    for (const taskId of taskIds) this.#written.add(idKey(taskId));
    this.#period = new Period(this.#clock);
  }

  /** All tasks in the scope, for an operation that looks for a name. See {@link TaskWatch.whole}. */
  whole(deadline: Deadline, page: ReadPage<L>): Promise<readonly L[] | undefined> {
    return this.#watch.whole(deadline, page);
  }

  /** The task as it is after the call, for an operation that waits for it. */
  look<T>(taskId: string, deadline: Deadline, source: TaskSource<L, T>): Promise<ReadTask<T>> {
    return this.#watch.look(taskId, deadline, source);
  }

  async read<T>(taskId: string, deadline: Deadline, source: TaskSource<L, T>): Promise<ReadTask<T>> {
    const key = idKey(taskId);
    const period = this.#join(key);
    const task = period && (await this.#fromList(period, key, deadline, source));
    return task === undefined ? { task: await source.show(), source: "show" } : { task, source: "list" };
  }

  /** All tasks in the scope: those of a list that reads just had, if it adds up, or else of the given scan. */
  async all(scan: () => Promise<readonly L[]>): Promise<readonly L[]> {
    const { list, isOver } = this.#period;
    return list?.addsUp === true && !isOver ? [...list.tasks.values()] : scan();
  }

  /** A further task of the list that a read has just been served from. */
  listed(taskId: string): L | undefined {
    const key = idKey(taskId);
    return this.#period.isOver || this.#written.has(key) ? undefined : this.#period.list?.tasks.get(key);
  }

  /** Undefined where only a show will do. */
  #join(taskId: string): Period<L> | undefined {
    if (this.#written.has(taskId)) return undefined;
    if (this.#period.isOver) this.#period = new Period(this.#clock);
    if (this.#period.answered.has(taskId)) {
      this.#period.repeated += 1;
      if (this.#period.repeated <= this.#cost) return undefined;
      // By now a new list would have been the cheaper way.
      this.#period = new Period(this.#clock);
    }
    return this.#period;
  }

  async #fromList<T>(
    period: Period<L>,
    taskId: string,
    deadline: Deadline,
    source: TaskSource<L, T>,
  ): Promise<T | undefined> {
    period.waiting.add(taskId);
    try {
      if (period.list?.whole !== true && period.list?.tasks.has(taskId) !== true) {
        await period.gather(deadline);
        if (this.#isWorthwhile(period)) {
          await this.#attempts.run(period.flight, deadline, async (budget) => {
            await this.#readPages(period, budget, source);
            this.#attempts.resume();
          });
        }
      }
      const entry = this.#period === period ? period.list?.tasks.get(taskId) : undefined;
      if (entry !== undefined) {
        period.noteUse();
        return source.fromList(entry);
      }
      period.shown += 1;
      return undefined;
    } finally {
      period.waiting.delete(taskId);
      period.answered.add(taskId);
    }
  }

  /** Shows that were made already count: however slowly reads come, they cost no more than twice the list. */
  #isWorthwhile(period: Period<L>): boolean {
    if (this.#period !== period) return false;
    return this.#cost < period.waiting.size + period.shown && !this.#attempts.isPaused;
  }

  /** One pass, whether or not it adds up: what it misses is shown, which proves more than another pass could. */
  async #readPages(period: Period<L>, deadline: Deadline, source: TaskSource<L, unknown>): Promise<void> {
    const tasks = new Map<string, L>();
    let read = 0;
    let left: number;
    let count: number | undefined;
    let pages = 0;
    do {
      const known = tasks.size;
      const page = await source.page(read, pages, deadline);
      // Something was written meanwhile: the readers show.
      if (this.#period !== period) return;
      for (const task of page.tasks) tasks.set(idKey(task.id), task);
      count = page.count;
      pages += 1;
      read += page.tasks.length + (page.unreadable ?? 0);
      left = tasks.size === known ? 0 : pagesLeft(page, read);
      this.#cost = pages + left;
      const missing = [...period.waiting].filter((taskId) => !tasks.has(taskId)).length;
      // Page one shows how long the list is.
      if (left >= missing + period.shown) break;
    } while (left > 0 && pages < MAX_PAGES);
    const addsUp = left === 0 && tasks.size === count;
    period.list = { tasks, whole: left === 0, addsUp, readAt: this.#clock.now() };
  }
}
