/**
 * ModelArts v1 service tasks (Edge and IEF). Source: the six pages of "Service Task Management" in the ModelArts
 * API reference of Open Telekom Cloud. There is no update call.
 */
import type { Authenticator } from "../auth/authenticator";
import type { Deadline } from "../common/deadline";
import type { ServiceRequest, ServiceResponse } from "../http/request";
import type { Transport } from "../http/transport";
import { createAnswer, taskPage, type WireTask, wireTask } from "./wire-task";

export type { WireTask } from "./wire-task";

export interface CreatedTasks {
  /** In the order of the answer. One id for each input entry: inferred from the plural array, not documented. */
  readonly ids: readonly string[];
  /** The service's clock, milliseconds since 1970. */
  readonly date?: number;
}

export interface TaskPage {
  /** All matches, not those on the page. */
  readonly count?: number;
  readonly tasks: readonly WireTask[];
  readonly date?: number;
}

export interface ShownTask {
  readonly task: WireTask;
  readonly date?: number;
}

export interface TaskQuery {
  /** The documents give no default and no maximum, so both are always sent. */
  readonly offset: number;
  readonly limit: number;
  /** Part of the name; IEF only, Edge refuses it. */
  readonly nameLike?: string | undefined;
}

export interface ModelArtsClientOptions {
  readonly transport: Transport;
  /** Base URL of ModelArts. */
  readonly endpoint: string;
  /** In the path of every call. */
  readonly projectId: string;
  readonly authenticator: Authenticator;
}

type Call<T> = Pick<ServiceRequest<T>, "method" | "operation" | "read"> &
  Partial<Pick<ServiceRequest<T>, "body" | "query" | "replay">>;

function dated<T extends object>(content: T, date: number | undefined): T & { date?: number } {
  return date === undefined ? content : { ...content, date };
}

export class ModelArtsClient {
  readonly #options: ModelArtsClientOptions;

  constructor(options: ModelArtsClientOptions) {
    this.#options = options;
  }

  /**
   * POST …/services/{service_id}/tasks. Documented with 201; 200 is taken too. Repeated only where the request
   * certainly had no effect, since the API has no idempotency token: after a `RequestError` with the effect
   * `unknown` the tasks may exist.
   */
  async createTasks(serviceId: string, body: unknown, deadline: Deadline): Promise<CreatedTasks> {
    const response = await this.#send(
      serviceId,
      [],
      {
        method: "POST",
        operation: "create of the service task",
        replay: "create",
        body,
        // The same id for each of several inputs is one task; twice in the resource's id it could not be read back.
        read: (answer) => [...new Set(createAnswer.parse(answer.body).map(({ id }) => id))],
      },
      deadline,
    );
    return dated({ ids: response.body }, response.date);
  }

  /** GET …/services/{service_id}/tasks: one page. */
  async listTasks(serviceId: string, query: TaskQuery, deadline: Deadline): Promise<TaskPage> {
    const { offset, limit, nameLike } = query;
    const { body, date } = await this.#send(
      serviceId,
      [],
      {
        method: "GET",
        operation: "list of the service's tasks",
        query: { offset, limit, name_like: nameLike },
        read: (answer) => taskPage.parse(answer.body),
      },
      deadline,
    );
    const { count, tasks } = body;
    return dated(count === undefined ? { tasks } : { count, tasks }, date);
  }

  /** GET …/tasks/{task_id}: the same shape as in a list, but for `service_name`. */
  async showTask(serviceId: string, taskId: string, deadline: Deadline): Promise<ShownTask> {
    const { body, date } = await this.#send(
      serviceId,
      [taskId],
      { method: "GET", operation: `read of task ${taskId}`, read: (answer) => wireTask.parse(answer.body) },
      deadline,
    );
    return dated({ task: body }, date);
  }

  /** DELETE …/tasks/{task_id}: 202 without a body; the task is in DELETING until a read answers 404. */
  async deleteTask(serviceId: string, taskId: string, deadline: Deadline): Promise<void> {
    await this.#act(serviceId, [taskId], "DELETE", `delete of task ${taskId}`, deadline);
  }

  /** POST …/tasks/{task_id}/start: 202, takes effect later; IEF only. */
  async startTask(serviceId: string, taskId: string, deadline: Deadline): Promise<void> {
    await this.#act(serviceId, [taskId, "start"], "POST", `start of task ${taskId}`, deadline);
  }

  /** POST …/tasks/{task_id}/stop: 202, takes effect later; IEF only. */
  async stopTask(serviceId: string, taskId: string, deadline: Deadline): Promise<void> {
    await this.#act(serviceId, [taskId, "stop"], "POST", `stop of task ${taskId}`, deadline);
  }

  /** Calls without bodies both ways; any 2xx is acceptance, and repeating them is harmless. */
  async #act(
    serviceId: string,
    path: readonly string[],
    method: "POST" | "DELETE",
    operation: string,
    deadline: Deadline,
  ): Promise<void> {
    await this.#send(serviceId, path, { method, operation, read: () => undefined }, deadline);
  }

  #send<T>(
    serviceId: string,
    path: readonly string[],
    call: Call<T>,
    deadline: Deadline,
  ): Promise<ServiceResponse<T>> {
    const { transport, endpoint, projectId, authenticator } = this.#options;
    return transport.send<T>(
      {
        service: "modelarts",
        endpoint,
        path: ["v1", projectId, "services", serviceId, "tasks", ...path],
        authenticator,
        replay: "safe",
        ...call,
      },
      deadline,
    );
  }
}
