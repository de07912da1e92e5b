/**
 * The list of all tasks in a project, in which those of many batches stand. No entry says which batch it is of, so that it
 * serves for sub-tasks whose ids are known.
 */
import type { ViasClient, WireBatch, WireSubTask } from "../api/vias";
import type { Clock } from "../../common/clock";
import type { Deadline } from "../../common/deadline";
import { TaskReader, type TaskSource } from "../paging/task-reader";
import type { Page } from "../paging/task-scan";
import { stateOf } from "./sub-tasks";

export class SubTaskLists {
  readonly #reads: TaskReader<WireSubTask>;
  /** Sub-tasks that the batches have by their own account. */
  #expected = 0;
  #counted = 0;

  constructor(clock: Clock) {
    this.#reads = new TaskReader<WireSubTask>(clock);
  }

  /** Runs a call that changes batches. */
  write<R>(call: () => Promise<R>): Promise<R> {
    return this.#reads.write([], call);
  }

  /** A page of the batches, by which the length of the list is estimated: the list itself does not say it. */
  expect(offset: number, { tasks, count = 0 }: Page<WireBatch>): void {
    const sum = tasks.reduce((total, { num_task: number = 0 }) => total + number, 0);
    this.#counted = (offset === 0 ? 0 : this.#counted) + sum;
    const read = offset + tasks.length;
    this.#expected = read === 0 ? 0 : Math.round((this.#counted * Math.max(count, read)) / read);
  }

  /** The sub-tasks of these ids; undefined where the list lacks one, or where one list for each batch is the cheaper way. */
  async of(
    client: ViasClient,
    [first, ...others]: readonly string[],
    deadline: Deadline,
  ): Promise<WireSubTask[] | undefined> {
    if (first === undefined) return undefined;
    const { task } = await this.#reads.read(first, deadline, this.#source(client, "asc"));
    const found = [task, ...others.map((id) => this.#reads.listed(id))].filter((each) => each !== undefined);
    return found.length > others.length ? found : undefined;
  }

  /** Whether a list that begins after the call shows all of them in these states. */
  async areStill(
    client: ViasClient,
    subTasks: readonly { readonly id: string; readonly state: string }[],
    deadline: Deadline,
  ): Promise<boolean> {
    const source = this.#source(client, "desc");
    const found = await Promise.all(
      subTasks.map(async ({ id, state }) => {
        const { task } = await this.#reads.look(id, deadline, source);
        return task !== undefined && stateOf(task) === state;
      }),
    );
    return found.every(Boolean);
  }

  /** What the list does not show is left to the list of the batch. */
  #source(client: ViasClient, order: "asc" | "desc"): TaskSource<WireSubTask, WireSubTask> {
    return {
      page: async (offset, pages, budget) => {
        const { tasks, isLast } = await client.listSubTasks(undefined, pages + 1, budget, order);
        const read = offset + tasks.length;
        return { tasks, full: !isLast, count: isLast ? read : Math.max(this.#expected, read + 1) };
      },
      fromList: (entry) => entry,
      show: () => Promise.resolve(undefined),
    };
  }
}
