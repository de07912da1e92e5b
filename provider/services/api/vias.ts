/**
 * VIAS v2 batch tasks. Source: the VIAS API reference and its API definitions. There is no call that shows one
 * batch, and every other call on batches answers 200 with counters, also where sub-tasks failed.
 */
import type { Deadline } from "../../common/deadline";
import { failureKind } from "../../common/errors";
import type { ServiceRequest, ServiceResponse } from "../http/request";
import type { TasksClientOptions } from "./tasks-client";
import {
  type BatchAnswer,
  batchAnswer,
  batchPage,
  createdBatch,
  subTaskPage,
  type WireBatch,
  type WireSubTask,
} from "./wire-batch";
import { requireId } from "./wire-list";
import { type WireTask, wireTask } from "./wire-task";

export type { BatchAnswer, WireBatch, WireSubTask } from "./wire-batch";

/** Largest pages that the documents allow. */
const BATCH_PAGE_SIZE = 200;
const TASK_PAGE_SIZE = 1000;

export interface BatchPage {
  /** All matches, not those on the page. */
  readonly count: number;
  readonly batches: readonly WireBatch[];
  /** Entries without a readable id. */
  readonly unreadable: number;
  /** Whether there are as many batches as were asked for. */
  readonly full: boolean;
  /** The service's clock, milliseconds since 1970. */
  readonly date?: number;
}

export interface BatchQuery {
  /** From 1. */
  readonly page: number;
  /** Batches of the page, 5 to 200; left out, 200. */
  readonly size?: number | undefined;
  /** All batches in one answer, from services that do so; the page is what others give. */
  readonly unpaged?: boolean;
  /** Else the oldest first, so that new batches do not shift the pages. */
  readonly newestFirst?: boolean;
  /** Part of the name. */
  readonly nameLike?: string | undefined;
  /** Part of the algorithm's name; the service takes only one of the two. */
  readonly serviceNameLike?: string | undefined;
  /** A state that some sub-task is in, lower case. */
  readonly state?: string | undefined;
  /** Groups, joined by commas; whether these are names or ids is not documented. */
  readonly videoGroups?: string | undefined;
  /** Vendor, and title, of the algorithm. */
  readonly company?: string | undefined;
  readonly title?: string | undefined;
}

export interface SubTaskPage {
  readonly tasks: readonly WireSubTask[];
  /** Whether no page follows. */
  readonly isLast: boolean;
}

type Call<T> = Pick<ServiceRequest<T>, "method" | "operation" | "read"> &
  Partial<Pick<ServiceRequest<T>, "body" | "query" | "replay">>;

const readAnswer: ServiceRequest<BatchAnswer>["read"] = ({ body }) => batchAnswer.parse(body);

export class ViasClient {
  readonly #options: TasksClientOptions;
  #secrets: readonly string[] = [];
  #upperCaseStates = false;

  constructor(options: TasksClientOptions) {
    this.#options = options;
  }

  /** Keeps values out of all messages: a service may repeat what a batch holds where the request itself says nothing. */
  hide(secrets: readonly string[]): void {
    this.#secrets = secrets;
  }

  /** POST …/batch-tasks. After a `RequestError` with the effect `unknown` the batch may exist. */
  async createBatch(body: unknown, deadline: Deadline): Promise<BatchAnswer> {
    const call: Call<BatchAnswer> = {
      method: "POST",
      operation: "create of the batch",
      replay: "create",
      body,
      read: (answer) => createdBatch(answer.body),
    };
    return (await this.#send(["batch-tasks"], call, deadline)).body;
  }

  /** PUT …/batch-tasks/{id}. Whether it replaces or merges is not documented. */
  async updateBatch(id: string, body: unknown, deadline: Deadline): Promise<BatchAnswer> {
    const operation = `update of batch ${id}`;
    const call: Call<BatchAnswer> = { method: "PUT", operation, body, read: readAnswer };
    return (await this.#send(["batch-tasks", id], call, deadline)).body;
  }

  /** DELETE …/batch-tasks/{id}. The counters are those of the sub-tasks, which may go later (inferred). */
  async deleteBatch(id: string, deadline: Deadline): Promise<BatchAnswer> {
    const call: Call<BatchAnswer> = {
      method: "DELETE",
      operation: `delete of batch ${id}`,
      read: readAnswer,
    };
    return (await this.#send(["batch-tasks", id], call, deadline)).body;
  }

  /** PUT …/batch-tasks/{id}/action/{action}, without a body; the states change later (inferred). */
  async actOnBatch(id: string, action: "start" | "stop", deadline: Deadline): Promise<BatchAnswer> {
    const operation = `${action} of batch ${id}`;
    const call: Call<BatchAnswer> = { method: "PUT", operation, read: readAnswer };
    return (await this.#send(["batch-tasks", id, "action", action], call, deadline)).body;
  }

  /**
   * GET …/batch-tasks: one page. The definition has the states of the filter in lower case, the page of December 2025 in
   * upper case: the other one is asked for where a service refuses the first.
   */
  async listBatches(query: BatchQuery, deadline: Deadline): Promise<BatchPage> {
    const { state } = query;
    if (state === undefined) return this.#batches(query, deadline);
    const upper: BatchQuery = { ...query, state: state.toUpperCase() };
    if (this.#upperCaseStates) return this.#batches(upper, deadline);
    try {
      return await this.#batches(query, deadline);
    } catch (error) {
      if (failureKind(error) !== "invalid") throw error;
    }
    const found = await this.#batches(upper, deadline);
    this.#upperCaseStates = true;
    return found;
  }

  async #batches(query: BatchQuery, deadline: Deadline): Promise<BatchPage> {
    const { page, size = BATCH_PAGE_SIZE, nameLike, serviceNameLike } = query;
    const byName = nameLike === undefined ? undefined : "batch_task_name";
    const byService = serviceNameLike === undefined ? undefined : "publish_service_name";
    const { body, date } = await this.#send(
      ["batch-tasks"],
      {
        method: "GET",
        operation: "list of the batches",
        query: {
          is_paged: query.unpaged === true ? "false" : undefined,
          page_size: size,
          page_num: page,
          sort_name: "created_at",
          order_by: query.newestFirst === true ? "desc" : "asc",
          type_like: byName ?? byService,
          name_like: nameLike ?? serviceNameLike,
          task_state: query.state,
          video_group: query.videoGroups,
          manufacturer: query.company,
          title: query.title,
        },
        read: (answer) => batchPage(answer.body),
      },
      deadline,
    );
    const { entries: batches, count, unreadable } = body;
    return {
      count,
      batches,
      unreadable,
      full: batches.length + unreadable >= size,
      ...(date === undefined ? {} : { date }),
    };
  }

  /** GET …/tasks?batch_id=…: one page of the sub-tasks of a batch, or of all tasks in the project. */
  async listSubTasks(
    batchId: string | undefined,
    page: number,
    deadline: Deadline,
    order: "asc" | "desc" = "asc",
  ): Promise<SubTaskPage> {
    const { body } = await this.#send(
      ["tasks"],
      {
        method: "GET",
        operation: batchId === undefined ? "list of the tasks" : `list of the sub-tasks of batch ${batchId}`,
        query: { batch_id: batchId, page_size: TASK_PAGE_SIZE, page, sort_dir: order },
        read: (answer) => subTaskPage(answer.body),
      },
      deadline,
    );
    // A service that gives smaller pages than it was asked for says so.
    const size = Math.min(TASK_PAGE_SIZE, body.size ?? TASK_PAGE_SIZE);
    return { tasks: body.tasks, isLast: body.tasks.length < size };
  }

  /** GET …/tasks/{task_id}: the details of a sub-task. */
  async showSubTask(taskId: string, deadline: Deadline): Promise<WireTask> {
    const call: Call<WireTask> = {
      method: "GET",
      operation: `read of sub-task ${taskId}`,
      read: (answer) => requireId(taskId, wireTask.parse(answer.body)),
    };
    return (await this.#send(["tasks", taskId], call, deadline)).body;
  }

  #send<T>(path: readonly string[], call: Call<T>, deadline: Deadline): Promise<ServiceResponse<T>> {
    const { transport, endpoint, projectId, authenticator } = this.#options;
    return transport.send<T>(
      {
        service: "vias",
        endpoint,
        path: ["v2", projectId, ...path],
        authenticator,
        replay: "safe",
        secrets: this.#secrets,
        ...call,
      },
      deadline,
    );
  }
}
