/** The calls of VAS jobs, as the lifecycle core asks for them. */
import type { TaskPage } from "../api/tasks-client";
import type { VasClient, WireJob } from "../api/vas";
import type { Deadline } from "../../common/deadline";
import { isRequestError, RequestError } from "../../common/errors";
import { isObject, type PropertyMap } from "../../common/json";
import type { Removal } from "../../core/contract";
import type { TaskReader } from "../paging/task-reader";
import { ServiceGateway } from "../shared/service-gateway";
import { toCreateBody, toLiveTask, toUpdateBody } from "./mapping";

/** Code of a refused parameter, and of a refused state for want of one (docs/api-notes.md, "States and run state"). */
const INVALID_PARAMETER = "IVA.0004";

export class VideoAnalysisJobGateway extends ServiceGateway<WireJob> {
  readonly canStop = true;

  protected readonly createBody = toCreateBody;
  protected readonly live = toLiveTask;

  constructor(
    protected readonly client: VasClient,
    scope: string,
    serviceName: string,
    reads: TaskReader<WireJob>,
  ) {
    super(scope, serviceName, reads);
  }

  /**
   * The API definitions give ListTasksDetails the `TaskDetails` of ShowTask, which alone adds the result of a hosting
   * output.
   */
  protected isWhole({ input, output }: WireJob): boolean {
    return input !== undefined && isObject(output) && output.hosting === undefined;
  }

  protected list(
    offset: number,
    nameLike: string | undefined,
    deadline: Deadline,
  ): Promise<TaskPage<WireJob>> {
    return this.client.listTasks(this.service, { offset, nameLike }, deadline);
  }

  async update(
    taskId: string,
    args: PropertyMap,
    changed: readonly string[],
    deadline: Deadline,
  ): Promise<void> {
    await this.reads.write([taskId], () =>
      this.client.updateTask(this.service, taskId, toUpdateBody(args, changed), deadline),
    );
  }

  override remove(taskId: string, deadline: Deadline): Promise<Removal> {
    return withoutParameters(() => super.remove(taskId, deadline));
  }

  override start(taskId: string, deadline: Deadline): Promise<void> {
    return withoutParameters(() => super.start(taskId, deadline));
  }

  override stop(taskId: string, deadline: Deadline): Promise<void> {
    return withoutParameters(() => super.stop(taskId, deadline));
  }

  protected describeMissing(args: PropertyMap | undefined): { service: string; check: string } {
    const name = `VAS service ${this.service}`;
    // One code stands for a missing service and for a missing version of it.
    return args === undefined
      ? { service: name, check: "`serviceName`" }
      : {
          service: `${name} or its version ${String(args.serviceVersion)}`,
          check: "`serviceName` and `serviceVersion`",
        };
  }
}

/** A call that has no parameters but the id of a known job can only be refused for the job's state. */
async function withoutParameters<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!isRequestError(error) || error.failure.serviceCode !== INVALID_PARAMETER) throw error;
    throw new RequestError({ ...error.failure, kind: "conflict" }, error.message, { cause: error });
  }
}
