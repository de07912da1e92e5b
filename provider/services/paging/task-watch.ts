/**
 * Looks at tasks that operations wait for, and at names that they are about to take. Where many wait at the same time, a
 * list says of all of them in fewer calls than shows and queries would take what it shows. Of a task it counts only for those
 * who asked before it began, and whose last own write, and last look, ended before.
 */
import type { Clock } from "../../common/clock";
import type { Deadline } from "../../common/deadline";
import { idKey } from "../../common/ids";
import { SingleFlight } from "../../common/single-flight";
import type { ReadTask } from "../../core/contract";
import { Gathering } from "./gathering";
import { ListAttempts, LISTING } from "./list-attempts";
import { readPages, type ReadPage, type TaskPages } from "./task-pages";
import type { TaskSource } from "./task-reader";
import type { Listed } from "./task-scan";

/** How long a task that is looked at repeatedly is expected to be looked at again: twice the longest pause, in milliseconds. */
const REPEATED_MS = 30_000;

/**
 * How old a list may be that says which names are taken, in milliseconds: the lists that creates wait for follow each other
 * sooner. What others make meanwhile is in none, as it is not where they make it a moment after the look.
 */
const NAMES_MS = 5000;

/** Lists in a row that left out what was looked for, without being complete. */
const MOST_FRUITLESS = 3;

/** How many looks may rest on lists, which may be stale for long: then, and ever more rarely, the task is shown. */
const TRUSTED_LOOKS = 3;

/** 4, 8, 16, … */
const isDoubtful = (looks: number): boolean => looks > TRUSTED_LOOKS && Number.isInteger(Math.log2(looks));

interface List<L extends Listed> extends TaskPages<L> {
  /** Lists that had begun by then, this one included. */
  readonly number: number;
  readonly begunAt: number;
}

interface Look {
  /** Lists that had begun before its news. */
  readonly since: number;
  /** By which it waits: that of a task, or one that no task has. */
  readonly key: string;
  readonly isRepeated?: boolean;
}

export class TaskWatch<L extends Listed> {
  readonly #clock: Clock;
  readonly #flight = new SingleFlight<void>();
  readonly #attempts: ListAttempts;
  readonly #gathering: Gathering;
  readonly #waiting = new Set<string>();
  /** By task, the lists that had begun by its last own write or look: only later ones bring news. */
  readonly #seen = new Map<string, number>();
  /** Tasks that this process started, stopped or updated: a list may lag behind that. */
  readonly #changed = new Set<string>();
  /** How often tasks were looked at since their last write. */
  readonly #looked = new Map<string, number>();
  /** When those were looked at that were looked at repeatedly: they will be again. */
  readonly #repeated = new Map<string, number>();
  #last: List<L> | undefined;
  #begun = 0;
  /** Lists that had begun by the last own change that may have been one of a name. */
  #begunByChange = 0;
  /** Looks that ever came. */
  #looks = 0;
  #fruitless = 0;
  /** Calls that a list takes, as far as is known. */
  #cost = 1;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#gathering = new Gathering(clock);
    this.#attempts = new ListAttempts(clock);
  }

  beginWrite(): number {
    return this.#gathering.beginWrite();
  }

  endWrite(write: number, taskIds: readonly string[], isDelete: boolean): void {
    this.#gathering.endWrite(write);
    for (const key of taskIds.map(idKey)) {
      this.#note(key);
      if (isDelete) continue;
      this.#changed.add(key);
      this.noteChange();
    }
  }

  /** Who has which name may be otherwise than the lists so far show it. */
  noteChange(): void {
    this.#begunByChange = this.#begun;
  }

  noteCreated(taskIds: readonly string[]): void {
    for (const key of taskIds.map(idKey)) this.#note(key);
  }

  #note(key: string): void {
    this.#seen.set(key, this.#begun);
    this.#looked.delete(key);
    this.#repeated.delete(key);
  }

  /** The task as it is after the call; absent by a list only where that is complete. */
  async look<T>(taskId: string, deadline: Deadline, source: TaskSource<L, T>): Promise<ReadTask<T>> {
    const key = idKey(taskId);
    const since = this.#seen.get(key) ?? this.#begun;
    const looks = (this.#looked.get(key) ?? 0) + 1;
    this.#looked.set(key, looks);
    if (looks > 1) this.#repeated.set(key, this.#clock.now());
    const isShown = this.#changed.has(key) || isDoubtful(looks);
    const list = isShown
      ? undefined
      : await this.#listAfter({ since, key, isRepeated: looks > 1 }, deadline, source.page);
    const entry = list?.tasks.get(key);
    const task = entry && source.fromList(entry);
    if (list !== undefined && (task !== undefined || (entry === undefined && list.isComplete))) {
      this.#seen.set(key, list.number);
      if (task === undefined) this.#repeated.delete(key);
      return { task, source: "list" };
    }
    const shown = await source.show();
    this.#seen.set(key, this.#begun);
    if (shown === undefined) this.#repeated.delete(key);
    return { task: shown, source: "show" };
  }

  /**
   * All tasks, for an operation that looks for a name: by a complete list that began a moment ago or begins after the call;
   * undefined where queries by name are the cheaper way. Tasks that this process made or deleted meanwhile are not in it.
   */
  async whole(deadline: Deadline, page: ReadPage<L>): Promise<readonly L[] | undefined> {
    // A key that no task has: only a complete list will do.
    const key = `\n${this.#looks}`;
    const list = this.#recent ?? (await this.#listAfter({ since: this.#begun, key }, deadline, page));
    return list?.isComplete === true ? [...list.tasks.values()] : undefined;
  }

  get #recent(): List<L> | undefined {
    const last = this.#last;
    if (last === undefined || !last.isComplete || last.number <= this.#begunByChange) return undefined;
    return this.#clock.now() - last.begunAt < NAMES_MS ? last : undefined;
  }

  /** A list that began after others; undefined where calls of their own are the cheaper way. */
  async #listAfter(
    { since, key, isRepeated = false }: Look,
    deadline: Deadline,
    page: ReadPage<L>,
  ): Promise<List<L> | undefined> {
    const news = (): List<L> | undefined =>
      this.#last !== undefined && this.#last.number > since ? this.#last : undefined;
    if (news() !== undefined) return news();
    this.#waiting.add(key);
    this.#looks += 1;
    try {
      await this.#gather(deadline, isRepeated);
      // The first one may have begun too early.
      for (let lists = 0; lists < 2 && news() === undefined && this.#isWorthwhile(key); lists += 1) {
        await this.#attempts.run(this.#flight, deadline, (budget) => this.#readPages(budget, page));
      }
      return news();
    } finally {
      this.#waiting.delete(key);
    }
  }

  /** The rest of the time is for the list and the show. */
  async #gather(deadline: Deadline, isRepeated: boolean): Promise<void> {
    const budget = deadline.half();
    // Those who look repeatedly come at their own pace: to wait brings no others.
    const cost = isRepeated || this.#attempts.isPaused ? Infinity : this.#cost;
    try {
      await budget.within(this.#gathering.join(budget, cost), LISTING);
    } catch {
      deadline.check(LISTING);
    }
  }

  /**
   * Those who look repeatedly share the lists of each other, also while they pause; but for those who wait alone no list of
   * several pages is read to its end.
   */
  #isWorthwhile(key: string): boolean {
    const now = this.#clock.now();
    for (const [other, at] of this.#repeated) if (now - at > REPEATED_MS) this.#repeated.delete(other);
    const pausing = this.#cost === 1 && this.#repeated.has(key) ? this.#repeated.keys() : [];
    const waiting = new Set([...this.#waiting, ...pausing]);
    return this.#cost < waiting.size && !this.#attempts.isPaused;
  }

  async #readPages(deadline: Deadline, page: ReadPage<L>): Promise<void> {
    this.#begun += 1;
    const [number, begunAt] = [this.#begun, this.#clock.now()];
    const writes = this.#gathering.writes;
    const quiet = !this.#gathering.isWriting;
    let pages = 0;
    const missing = (tasks: ReadonlyMap<string, L>): number =>
      [...this.#waiting].filter((key) => !tasks.has(key)).length;
    const list = await readPages<L>(
      (offset, read, budget) => {
        pages += 1;
        return page(offset, read, budget);
      },
      deadline,
      missing,
    );
    const left = missing(list.tasks);
    // Where the first pages have all of them, as the newest first, they are what the next list takes.
    this.#cost = left === 0 ? pages : list.cost;
    // Own writes between two pages shift what the next one has.
    const isComplete = list.isComplete && (pages === 1 || (quiet && this.#gathering.writes === writes));
    this.#last = { ...list, number, begunAt, isComplete };
    // One that was broken off is worth its first page only: it says how long the whole is.
    const isFruitless = left > 0 && !isComplete && pages === list.cost;
    this.#fruitless = isFruitless ? this.#fruitless + 1 : 0;
    if (this.#fruitless < MOST_FRUITLESS) return;
    this.#fruitless = 0;
    this.#attempts.pause();
  }
}
