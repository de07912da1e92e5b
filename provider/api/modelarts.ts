/**
 * ModelArts v1 service tasks (Edge and IEF). Source: the six pages of "Service Task Management" in the ModelArts
 * API reference of Open Telekom Cloud. There is no update call; start and stop exist on IEF only.
 */
import type { Deadline } from "../common/deadline";
import { type TaskPage, TasksClient, type TasksClientOptions } from "./tasks-client";
import { listedTask, type WireTask, wireTask } from "./wire-task";

export type { WireTask } from "./wire-task";

export interface TaskQuery {
  /** The documents give no default and no maximum, so both are always sent. */
  readonly offset: number;
  readonly limit: number;
  /** Part of the name; IEF only, Edge refuses it. */
  readonly nameLike?: string | undefined;
}

export class ModelArtsClient extends TasksClient<WireTask> {
  constructor(options: TasksClientOptions) {
    super(options, { service: "modelarts", version: "v1", noun: "task", task: wireTask, listed: listedTask });
  }

  /** GET …/services/{service_id}/tasks: one page. A show has the same shape, but for `service_name`. */
  async listTasks(serviceId: string, query: TaskQuery, deadline: Deadline): Promise<TaskPage<WireTask>> {
    const { offset, limit, nameLike } = query;
    return this.page(serviceId, { offset, limit, name_like: nameLike }, deadline);
  }
}
