/**
 * ModelArts v1 service tasks (Edge and IEF). Source: the six pages of "Service Task Management" in the ModelArts
 * API reference of Open Telekom Cloud. There is no update call; start and stop exist on IEF only.
 */
import type { Deadline } from "../../common/deadline";
import { TaskPageSize } from "./task-page-size";
import { type TaskPage, TasksClient, type TasksClientOptions } from "./tasks-client";
import { listedTask, type WireTask, wireTask } from "./wire-task";

export type { WireTask } from "./wire-task";

export interface TaskQuery {
  /** The documents give no default and no maximum, so both are always sent. */
  readonly offset: number;
  /** Left out, as many as the service takes. */
  readonly limit?: number | undefined;
  /** Part of the name; like every filter and the order for IEF only, Edge refuses them. */
  readonly nameLike?: string | undefined;
  readonly state?: string | undefined;
  /** Bounds of the time of creation, milliseconds since 1970. */
  readonly createdSince?: number | undefined;
  readonly createdUntil?: number | undefined;
  /** So that tasks which are created meanwhile do not shift the pages. */
  readonly oldestFirst?: boolean;
}

export class ModelArtsClient extends TasksClient<WireTask> {
  readonly #pageSize: TaskPageSize;

  constructor(options: TasksClientOptions, pageSize = new TaskPageSize()) {
    super(options, { service: "modelarts", version: "v1", noun: "task", task: wireTask, listed: listedTask });
    this.#pageSize = pageSize;
  }

  /** GET …/services/{service_id}/tasks: one page. A show has the same shape, but for `service_name`. */
  async listTasks(serviceId: string, query: TaskQuery, deadline: Deadline): Promise<TaskPage<WireTask>> {
    const { offset, limit, nameLike, state, createdSince, createdUntil, oldestFirst } = query;
    const order = oldestFirst === true ? { sort_key: "created_at", sort_dir: "asc" } : {};
    const filters = {
      name_like: nameLike,
      state,
      created_since: createdSince,
      created_until: createdUntil,
    };
    const ask = (size: number): Promise<TaskPage<WireTask>> =>
      this.page(serviceId, { offset, limit: size, ...filters, ...order }, deadline);
    return limit === undefined ? this.#pageSize.use(offset, ask) : ask(limit);
  }
}
