/** The calls of ModelArts service tasks, as the lifecycle core asks for them. */
import type { ModelArtsClient, WireTask } from "../../api/modelarts";
import type { Deadline } from "../../common/deadline";
import { failureKind, VideoAnalysisError } from "../../common/errors";
import type { Bag } from "../../common/json";
import { secretsOf } from "../../http/redaction";
import type { Creation, Found, LiveTask, TaskGateway } from "../../lifecycle/resource";
import { scanTasks, TaskScan, type Page } from "../../lifecycle/task-scan";
import type { Platform } from "./schema";
import { toCreateBody, toLiveTask } from "./wire";

/** Tasks per page: what the documents' own example asks for; a maximum is not documented. */
const PAGE_SIZE = 100;

export class ServiceTaskGateway implements TaskGateway {
  readonly canStop: boolean;
  readonly #scan = new TaskScan();
  readonly #secrets = new Set<string>();
  /** Lists name the service, the show call does not (seed 002; facts.md F1 11). */
  #serviceName: string | undefined;
  #created = false;

  /** @param platform decides on filters and stop; left out, only what both platforms know is used */
  constructor(
    readonly client: ModelArtsClient,
    readonly scope: string,
    readonly serviceId: string,
    readonly platform: Platform | undefined,
  ) {
    // Without a platform one stop is tried: IEF may accept it, Edge refuses it.
    this.canStop = platform !== "edge";
  }

  /** No text of a task that this gateway returns shows the secrets of these arguments. */
  keepSecret(args: Bag): void {
    for (const secret of secretsOf(args)) this.#secrets.add(secret);
  }

  #live(wire: WireTask): LiveTask {
    return toLiveTask(wire, [...this.#secrets]);
  }

  async create(args: Bag, deadline: Deadline): Promise<Creation> {
    try {
      const { ids } = await this.client.createTasks(this.serviceId, toCreateBody(args), deadline);
      this.#created = true;
      return { ids, problems: [] };
    } catch (error) {
      // A create names no task, so only the service can be what was not found.
      throw failureKind(error) === "not-found" ? this.#serviceMissing(error) : error;
    }
  }

  async find(name: string, deadline: Deadline, options?: { fresh?: boolean }): Promise<Found> {
    // Edge refuses all filters; there, and where the platform is not known, one scan serves the whole process.
    const { tasks, date } =
      this.platform === "ief"
        ? await scanTasks((offset) => this.#page(offset, deadline, name))
        : await this.#scan.tasks(options?.fresh === true, (offset) => this.#page(offset, deadline));
    return {
      tasks: tasks.filter((task) => task.name === name),
      ...(date === undefined ? {} : { serverTime: date }),
    };
  }

  async #page(offset: number, deadline: Deadline, nameLike?: string): Promise<Page> {
    try {
      const query = { offset, limit: PAGE_SIZE, ...(nameLike === undefined ? {} : { nameLike }) };
      const { count, tasks, date } = await this.client.listTasks(this.serviceId, query, deadline);
      this.#serviceName ??= tasks.map((task) => task.service_name).find((found) => found !== undefined);
      return { count, tasks: tasks.map((task) => this.#live(task)), ...(date === undefined ? {} : { date }) };
    } catch (error) {
      throw failureKind(error) === "not-found" ? this.#serviceMissing(error) : error;
    }
  }

  async show(taskId: string, deadline: Deadline): Promise<LiveTask | undefined> {
    return absentIfNotFound(async () => {
      const { task } = await this.client.showTask(this.serviceId, taskId, deadline);
      return this.#live({
        ...task,
        service_name: task.service_name ?? (await this.#nameOfService(deadline)),
      });
    });
  }

  /** Asked for after a create only, and once: a read must not cost a second call. */
  async #nameOfService(deadline: Deadline): Promise<string | undefined> {
    if (this.#serviceName === undefined && this.#created) {
      this.#created = false;
      await this.#page(0, deadline);
    }
    return this.#serviceName;
  }

  async remove(taskId: string, deadline: Deadline): Promise<boolean> {
    const found = await absentIfNotFound(async () => {
      await this.client.deleteTask(this.serviceId, taskId, deadline);
      return true;
    });
    this.#scan.noteRemoved(taskId);
    return found ?? false;
  }

  async start(taskId: string, deadline: Deadline): Promise<void> {
    await this.client.startTask(this.serviceId, taskId, deadline);
  }

  async stop(taskId: string, deadline: Deadline): Promise<void> {
    await this.client.stopTask(this.serviceId, taskId, deadline);
  }

  async confirmService(deadline: Deadline): Promise<void> {
    await this.#page(0, deadline);
  }

  #serviceMissing(cause: unknown): VideoAnalysisError {
    return new VideoAnalysisError(
      "SERVICE_NOT_FOUND",
      `the ModelArts service ${this.serviceId} does not exist in this project and region, so nothing can be said of its tasks. ` +
        "Check `serviceId`, the project and the subscription. If the service is gone for good, " +
        "`pulumi state delete <urn>` takes the resource out of the stack.",
      { cause },
    );
  }
}

/** A 404 names the service or the task; which one, the caller proves with `confirmService`. */
async function absentIfNotFound<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (failureKind(error) === "not-found") return undefined;
    throw error;
  }
}
