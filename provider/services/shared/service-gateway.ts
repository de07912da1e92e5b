/** The calls of a service's tasks, as the lifecycle core asks for them; each service adds its own in its folder. */
import type { TaskPage, TasksClient } from "../api/tasks-client";
import type { Deadline } from "../../common/deadline";
import { failureKind, VideoAnalysisError } from "../../common/errors";
import type { PropertyMap } from "../../common/json";
import { secretsOf } from "../../common/secrets";
import type { Creation, LiveTask, Removal, ReadTask, TaskGateway, TaskInventory } from "../../core/contract";
import type { TaskReader, TaskSource } from "../paging/task-reader";
import { scanTasks, type Page, type Scan } from "../paging/task-scan";
import { ListForms } from "./list-forms";
import { hiddenIn } from "./live-task";

interface NamedTask {
  readonly id: string;
  readonly name?: string | undefined;
}

export abstract class ServiceGateway<W extends NamedTask> implements TaskGateway, TaskInventory {
  abstract readonly canStop: boolean;
  protected abstract readonly client: TasksClient<W>;
  readonly #secrets = new Set<string>();
  readonly #forms = new ListForms();

  /**
   * @param service id or name of the service, in the path of every call
   * @param reads shared by all gateways of the scope
   */
  constructor(
    readonly scope: string,
    protected readonly service: string,
    protected readonly reads: TaskReader<W>,
  ) {}

  protected abstract createBody(args: PropertyMap): PropertyMap;
  protected abstract live(wire: W, secrets: readonly string[]): LiveTask;
  protected abstract list(
    offset: number,
    nameLike: string | undefined,
    deadline: Deadline,
  ): Promise<TaskPage<W>>;
  /** Whether a show returns no more of this task than the list that it is from. */
  protected abstract isWhole(listed: W): boolean;
  /** Names a missing service, and the arguments to check; `args` are those of a create. */
  protected abstract describeMissing(args: PropertyMap | undefined): { service: string; check: string };

  /** No text of a task that this gateway returns, and no error, shows the secrets of these arguments. */
  keepSecret(args: PropertyMap): void {
    const secrets = secretsOf(args);
    for (const secret of secrets) this.#secrets.add(secret);
    this.client.hide([...secrets, ...hiddenIn(args)]);
  }

  protected toLive(wire: W): LiveTask {
    return this.live(wire, [...this.#secrets]);
  }

  async create(args: PropertyMap, deadline: Deadline): Promise<Creation> {
    // A create names no task, so only the service can be missing.
    const { ids } = await this.#ofService(args, () =>
      this.reads.write([], () => this.client.createTasks(this.service, this.createBody(args), deadline)),
    );
    this.reads.noteCreated(ids);
    return { ids, problems: [] };
  }

  async find(name: string, deadline: Deadline, options?: { fresh?: boolean }): Promise<readonly LiveTask[]> {
    const whole =
      options?.fresh === true
        ? undefined
        : await this.reads.whole(deadline, (offset, _, budget) => this.list(offset, undefined, budget));
    if (whole !== undefined)
      return whole.filter((task) => task.name === name).map((task) => this.toLive(task));
    return named(name, await scanTasks((offset) => this.page(offset, deadline, name)));
  }

  async inventory(deadline: Deadline): Promise<readonly LiveTask[]> {
    const tasks = await this.reads.all(async () => {
      const scan = await scanTasks((offset) => this.#listed(offset, undefined, deadline));
      return scan.tasks;
    });
    return tasks.map((task) => this.toLive(task));
  }

  protected async page(offset: number, deadline: Deadline, nameLike?: string): Promise<Page> {
    const { tasks, ...page } = await this.#listed(offset, nameLike, deadline);
    return { ...page, tasks: tasks.map((task) => this.toLive(task)) };
  }

  #listed(offset: number, nameLike: string | undefined, deadline: Deadline): Promise<TaskPage<W>> {
    return this.#ofService(undefined, () => this.list(offset, nameLike, deadline));
  }

  async show(taskId: string, deadline: Deadline): Promise<LiveTask | undefined> {
    const shown = await absentIfNotFound(() => this.client.showTask(this.service, taskId, deadline));
    // The id that was asked for: its letter case in an answer must not make the task another one.
    return shown === undefined ? undefined : this.toLive({ ...shown.task, id: taskId });
  }

  read(taskId: string, deadline: Deadline): Promise<ReadTask> {
    return this.reads.read(taskId, deadline, this.#source(taskId, deadline));
  }

  async look(taskId: string, deadline: Deadline): Promise<ReadTask> {
    const found = await this.reads.look(taskId, deadline, this.#source(taskId, deadline));
    const { task, source } = found;
    if (source === "show" || task === undefined) return found;
    const shown = await this.#forms.confirm(task, deadline, () => this.show(taskId, deadline));
    return shown === "equal" ? found : { task: shown, source: "show" };
  }

  #source(taskId: string, deadline: Deadline): TaskSource<W, LiveTask> {
    return {
      page: (offset, _, budget) => this.list(offset, undefined, budget),
      fromList: (entry) => this.#fromList({ ...entry, id: taskId }),
      show: () => this.show(taskId, deadline),
    };
  }

  #fromList(entry: W): LiveTask | undefined {
    const task = this.client.whole(entry);
    return task !== undefined && this.isWhole(task) ? this.toLive(task) : undefined;
  }

  async remove(taskId: string, deadline: Deadline): Promise<Removal> {
    const accepted = await absentIfNotFound(async (): Promise<Removal> => {
      const call = (): Promise<void> => this.client.deleteTask(this.service, taskId, deadline);
      await this.reads.write([taskId], call, true);
      return "accepted";
    });
    return accepted ?? "not-found";
  }

  async start(taskId: string, deadline: Deadline): Promise<void> {
    await this.reads.write([taskId], () => this.client.startTask(this.service, taskId, deadline));
  }

  async stop(taskId: string, deadline: Deadline): Promise<void> {
    await this.reads.write([taskId], () => this.client.stopTask(this.service, taskId, deadline));
  }

  async confirmService(deadline: Deadline): Promise<void> {
    await this.page(0, deadline);
  }

  /** A call that names no task: "not found" speaks of the service. */
  async #ofService<T>(args: PropertyMap | undefined, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (failureKind(error) !== "not-found") throw error;
      const { service, check } = this.describeMissing(args);
      throw new VideoAnalysisError(
        "SERVICE_NOT_FOUND",
        `the ${service} does not exist in this project and region, so nothing can be said of its tasks. ` +
          `Check ${check}, the project and the subscription.` +
          // A create has no resource in the stack yet.
          (args === undefined
            ? " If the service is gone for good, `pulumi state delete <urn>` takes the resource out of the stack."
            : ""),
        { cause: error },
      );
    }
  }
}

/** Name filters are fuzzy, so the name itself is compared here. */
export const named = (name: string, { tasks }: Scan): LiveTask[] =>
  tasks.filter((task) => task.name === name);

/** A not-found answer names the service or the task; which one, the caller proves with `confirmService`. */
export async function absentIfNotFound<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (failureKind(error) === "not-found") return undefined;
    throw error;
  }
}
