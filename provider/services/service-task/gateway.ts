/** The calls of ModelArts service tasks, as the lifecycle core asks for them. */
import type { ModelArtsClient, WireTask } from "../api/modelarts";
import type { TaskPage } from "../api/tasks-client";
import type { Deadline } from "../../common/deadline";
import type { PropertyMap } from "../../common/json";
import type { Creation, LiveTask, Removal } from "../../core/contract";
import type { TaskReader } from "../paging/task-reader";
import { TaskScan } from "../paging/task-scan";
import { absentIfNotFound, named, ServiceGateway } from "../shared/service-gateway";
import type { Platform } from "./schema";
import { toCreateBody, toLiveTask } from "./mapping";

export class ServiceTaskGateway extends ServiceGateway<WireTask> {
  readonly canStop: boolean;
  readonly #scan = new TaskScan();
  /** Lists name the service, the show call does not. */
  #serviceName: string | undefined;
  #created = false;

  protected readonly createBody = toCreateBody;
  protected readonly live = toLiveTask;

  /** @param platform decides on filters and stop; left out, only what both platforms know is used */
  constructor(
    protected readonly client: ModelArtsClient,
    scope: string,
    serviceId: string,
    readonly platform: Platform | undefined,
    reads: TaskReader<WireTask>,
  ) {
    super(scope, serviceId, reads);
    // Without a platform one stop is tried: IEF may accept it, Edge refuses it.
    this.canStop = platform !== "edge";
  }

  override async create(args: PropertyMap, deadline: Deadline): Promise<Creation> {
    const creation = await super.create(args, deadline);
    this.#created = true;
    return creation;
  }

  override async find(
    name: string,
    deadline: Deadline,
    options?: { fresh?: boolean },
  ): Promise<readonly LiveTask[]> {
    if (this.platform === "ief") return super.find(name, deadline, options);
    // Edge refuses all filters; there, and where the platform is not known, one scan serves the whole process.
    const scan = this.#scan.tasks(options?.fresh === true, (offset) => this.page(offset, deadline));
    return named(name, await deadline.within(scan, "listing the tasks of the service"));
  }

  /** Lists and shows are documented with the same `TaskDetails` (Obtaining Service Tasks); without these two it is not one. */
  protected isWhole({ input, output }: WireTask): boolean {
    return input !== undefined && output !== undefined;
  }

  protected async list(
    offset: number,
    nameLike: string | undefined,
    deadline: Deadline,
  ): Promise<TaskPage<WireTask>> {
    const page = await this.client.listTasks(this.service, { offset, nameLike }, deadline);
    this.#serviceName ??= page.tasks.map((task) => task.service_name).find((found) => found !== undefined);
    return page;
  }

  override async show(taskId: string, deadline: Deadline): Promise<LiveTask | undefined> {
    return absentIfNotFound(async () => {
      const { task } = await this.client.showTask(this.service, taskId, deadline);
      return this.toLive({
        ...task,
        // The id that was asked for: its letter case in an answer must not make the task another one.
        id: taskId,
        service_name: task.service_name ?? (await this.#nameOfService(deadline)),
      });
    });
  }

  /** Asked for after a create only, and once: a read must not cost a second call. */
  async #nameOfService(deadline: Deadline): Promise<string | undefined> {
    if (this.#serviceName === undefined && this.#created) {
      this.#created = false;
      await this.page(0, deadline);
    }
    return this.#serviceName;
  }

  override async remove(taskId: string, deadline: Deadline): Promise<Removal> {
    const removal = await super.remove(taskId, deadline);
    if (removal === "accepted") this.#scan.noteRemoved(taskId);
    return removal;
  }

  protected describeMissing(): { service: string; check: string } {
    return { service: `ModelArts service ${this.service}`, check: "`serviceId`" };
  }
}
