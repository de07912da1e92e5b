/** A service behind shared reads, which counts its calls. */
import type { ReadTask } from "../../provider/core/contract";
import { TaskReader, type TaskSource } from "../../provider/services/paging/task-reader";
import { type Page, scanTasks } from "../../provider/services/paging/task-scan";
import { FakeClock } from "./fake-clock";

/** A task whose version counts its changes. */
export interface Task {
  readonly id: string;
  readonly version: number;
}

/** Tasks of one page. */
export const PAGE = 10;
export const idOf = (index: number): string => `task-${index}`;

/** From the first up to, not including, the last one. */
export const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);

/** A service of so many tasks. */
export class Service {
  readonly tasks = new Map<string, Task>();
  readonly clock = new FakeClock();
  readonly reader = new TaskReader<Task>(this.clock);
  pages = 0;
  shows = 0;
  /** The tasks in a list, where it is out of date. */
  page = (offset: number): Promise<Page<Task>> => Promise.resolve(this.pageOf(offset));
  fromList = (task: Task): Task | undefined => task;

  constructor(readonly size: number) {
    for (let index = 0; index < size; index += 1)
      this.tasks.set(idOf(index), { id: idOf(index), version: 0 });
  }

  get calls(): number {
    return this.pages + this.shows;
  }

  pageOf(offset: number): Page<Task> {
    const tasks = [...this.tasks.values()].slice(offset, offset + PAGE);
    return { tasks, count: this.tasks.size, full: tasks.length === PAGE };
  }

  change(id: string): void {
    this.tasks.set(id, { id, version: (this.tasks.get(id)?.version ?? 0) + 1 });
  }

  /** A change that this process makes. */
  write(id: string, what = id): Promise<void> {
    return this.reader.write([id], () => {
      this.change(what);
      return Promise.resolve();
    });
  }

  source(id: string): TaskSource<Task, Task> {
    return {
      page: (offset) => {
        this.pages += 1;
        return this.page(offset);
      },
      fromList: (task) => this.fromList(task),
      show: () => {
        this.shows += 1;
        return Promise.resolve(this.tasks.get(id));
      },
    };
  }

  read(index: number, end = this.clock.deadline()): Promise<ReadTask<Task>> {
    return this.reader.read(idOf(index), end, this.source(idOf(index)));
  }

  look(index: number, end = this.clock.deadline()): Promise<ReadTask<Task>> {
    return this.reader.look(idOf(index), end, this.source(idOf(index)));
  }

  /** The whole list for a look by name; undefined where that takes a query, which counts as a show. */
  async names(end = this.clock.deadline()): Promise<readonly Task[] | undefined> {
    const source = this.source("");
    const tasks = await this.reader.whole(end, (...args) => source.page(...args));
    if (tasks === undefined) this.shows += 1;
    return tasks;
  }

  /** A task that this process makes. */
  async make(index: number): Promise<void> {
    await this.reader.write([], () => {
      this.change(idOf(index));
      return Promise.resolve();
    });
    this.reader.noteCreated([idOf(index)]);
  }

  /** A delete of this process, after which the task is still there as long as `stays`. */
  remove(index: number, stays = false): Promise<void> {
    const call = (): Promise<void> => {
      if (!stays) this.tasks.delete(idOf(index));
      return Promise.resolve();
    };
    return this.reader.write([idOf(index)], call, true);
  }

  /** The whole list. */
  all(): Promise<readonly Task[]> {
    const source = this.source("");
    const scan = async (): Promise<readonly Task[]> =>
      (await scanTasks((offset, pages) => source.page(offset, pages, this.clock.deadline()))).tasks;
    return this.reader.all(scan);
  }

  /** Reads of tasks `from` up to, not including, `to` at the same time. */
  wave(from: number, to: number): Promise<ReadTask<Task>[]> {
    return Promise.all(Array.from({ length: to - from }, (_, index) => this.read(from + index)));
  }

  forget(): void {
    this.pages = 0;
    this.shows = 0;
  }
}

/** Makes the service count the tasks of a page in place of all. */
export function countPages(service: Service): void {
  service.page = (offset) => {
    const page = service.pageOf(offset);
    return Promise.resolve({ ...page, count: page.tasks.length });
  };
}

/** Makes the first entry of each page one without an id. */
export function hideIds(service: Service): void {
  service.page = (offset) => {
    const page = service.pageOf(offset);
    return Promise.resolve({ ...page, tasks: page.tasks.slice(1), unreadable: 1 });
  };
}
