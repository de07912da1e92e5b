/**
 * Tasks below a service, `/{version}/{project}/services/{service}/tasks`: the calls that ModelArts and VAS share.
 * Their differences are data here, or a method of their own clients.
 */
import type { z } from "zod";
import type { Authenticator } from "../auth/authenticator";
import type { Service } from "../auth/endpoints";
import type { Deadline } from "../../common/deadline";
import type { ServiceRequest, ServiceResponse } from "../http/request";
import type { Transport } from "../http/transport";
import { acceptance, listReader, requireId } from "./wire-list";
import { createAnswer } from "./wire-task";

export interface CreatedTasks {
  /** In the order of the answer. One id for each input entry: inferred from the plural array, not documented. */
  readonly ids: readonly string[];
  /** The service's clock, milliseconds since 1970. */
  readonly date?: number;
}

export interface TaskPage<T> {
  /** All matches, not those on the page. */
  readonly count: number;
  readonly tasks: readonly T[];
  /** Entries without a readable id. */
  readonly unreadable: number;
  /** Whether there are as many tasks as were asked for. */
  readonly full: boolean;
  /** Tasks that the next page is asked for, where more than this one. */
  readonly next?: number;
  readonly date?: number;
}

export interface ShownTask<T> {
  readonly task: T;
  readonly date?: number;
}

export interface TasksClientOptions {
  readonly transport: Transport;
  /** Base URL of the service. */
  readonly endpoint: string;
  /** In the path of every call. */
  readonly projectId: string;
  readonly authenticator: Authenticator;
}

/** Names and shapes of the tasks of one API. */
export interface TaskApi<T> {
  readonly service: Service;
  /** First segment of every path. */
  readonly version: string;
  /** Name of a task in messages. */
  readonly noun: string;
  readonly task: z.ZodType<T>;
  /** A task in a list, where it decides about names only. */
  readonly listed: z.ZodType<T>;
}

type Call<T> = Pick<ServiceRequest<T>, "method" | "operation" | "read"> &
  Partial<Pick<ServiceRequest<T>, "body" | "query" | "replay">>;

function dated<T extends object>(content: T, date: number | undefined): T & { date?: number } {
  return date === undefined ? content : { ...content, date };
}

export abstract class TasksClient<T extends { readonly id: string }> {
  readonly #options: TasksClientOptions;
  readonly #api: TaskApi<T>;
  readonly #page;
  readonly #secrets = new Set<string>();

  constructor(options: TasksClientOptions, api: TaskApi<T>) {
    this.#options = options;
    this.#api = api;
    this.#page = listReader("tasks", api.listed);
  }

  /** Keeps values out of all messages: a service may repeat what a task holds where the request itself says nothing. */
  hide(secrets: Iterable<string>): void {
    for (const secret of secrets) this.#secrets.add(secret);
  }

  /**
   * POST …/tasks. Documented with 201; 200 is taken too. Repeated only where the request certainly had no effect,
   * since the APIs have no idempotency token: after a `RequestError` with the effect `unknown` the tasks may exist.
   */
  async createTasks(service: string, body: unknown, deadline: Deadline): Promise<CreatedTasks> {
    const response = await this.send(
      service,
      [],
      {
        method: "POST",
        operation: `create of the service ${this.#api.noun}`,
        replay: "create",
        body,
        // The same id for each of several inputs is one task; twice in the resource's id it could not be read back.
        read: (answer) => [...new Set(createAnswer.parse(answer.body).map(({ id }) => id))],
      },
      deadline,
    );
    return dated({ ids: response.body }, response.date);
  }

  /** GET …/tasks: one page. */
  protected async page(
    service: string,
    query: NonNullable<ServiceRequest<unknown>["query"]> & { readonly limit: number },
    deadline: Deadline,
  ): Promise<TaskPage<T>> {
    const { body, date } = await this.send(
      service,
      [],
      {
        method: "GET",
        operation: `list of the service's ${this.#api.noun}s`,
        query,
        read: (answer) => this.#page(answer.body),
      },
      deadline,
    );
    const { entries: tasks, count, unreadable } = body;
    return dated({ tasks, count, unreadable, full: tasks.length + unreadable >= query.limit }, date);
  }

  /** A task of a list in the stricter form of a show; undefined where it is not in that form. */
  whole(listed: T): T | undefined {
    return this.#api.task.safeParse(listed).data;
  }

  /** GET …/tasks/{task_id}. */
  async showTask(service: string, taskId: string, deadline: Deadline): Promise<ShownTask<T>> {
    const { noun, task } = this.#api;
    const { body, date } = await this.send(
      service,
      [taskId],
      {
        method: "GET",
        operation: `read of ${noun} ${taskId}`,
        read: (answer) => requireId(taskId, task.parse(answer.body)),
      },
      deadline,
    );
    return dated({ task: body }, date);
  }

  /** DELETE …/tasks/{task_id}: any 2xx is acceptance; the task is in DELETING until a read does not find it. */
  async deleteTask(service: string, taskId: string, deadline: Deadline): Promise<void> {
    await this.#act(service, [taskId], "DELETE", `delete of ${this.#api.noun} ${taskId}`, deadline);
  }

  /** POST …/tasks/{task_id}/start: takes effect later. */
  async startTask(service: string, taskId: string, deadline: Deadline): Promise<void> {
    await this.#act(service, [taskId, "start"], "POST", `start of ${this.#api.noun} ${taskId}`, deadline);
  }

  /** POST …/tasks/{task_id}/stop: takes effect later. */
  async stopTask(service: string, taskId: string, deadline: Deadline): Promise<void> {
    await this.#act(service, [taskId, "stop"], "POST", `stop of ${this.#api.noun} ${taskId}`, deadline);
  }

  /** Calls without bodies both ways; any 2xx is acceptance, and repeating them is harmless. */
  async #act(
    service: string,
    path: readonly string[],
    method: "POST" | "DELETE",
    operation: string,
    deadline: Deadline,
  ): Promise<void> {
    await this.send(service, path, { method, operation, read: acceptance }, deadline);
  }

  protected send<R>(
    service: string,
    path: readonly string[],
    call: Call<R>,
    deadline: Deadline,
  ): Promise<ServiceResponse<R>> {
    const { transport, endpoint, projectId, authenticator } = this.#options;
    return transport.send<R>(
      {
        service: this.#api.service,
        endpoint,
        path: [this.#api.version, projectId, "services", service, "tasks", ...path],
        authenticator,
        replay: "safe",
        secrets: this.#secrets,
        ...call,
      },
      deadline,
    );
  }
}
