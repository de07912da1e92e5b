/**
 * VAS v2 jobs, whose host is called `iva`. Sources: "Creating a Job" and its neighbours in the VAS API reference
 * (about 2021), and the newer API definition, which alone knows update, start and stop.
 */
import type { Deadline } from "../../common/deadline";
import { failureKind } from "../../common/errors";
import { type TaskPage, TasksClient, type TasksClientOptions } from "./tasks-client";
import { listedJob, type WireJob, wireJob } from "./wire-job";
import { acceptance } from "./wire-list";

export type { WireJob } from "./wire-job";

/** Most jobs of one page: the API definition allows 1000, the older pages 100. */
const LARGE_PAGE = 1000;
const SMALL_PAGE = 100;

/** How many jobs a page may hold: the larger number until a service refuses it. Shared by all clients of a runtime. */
export class JobPageSize {
  #limit = LARGE_PAGE;

  /** Asks with the larger page, and once more with the smaller one where the answer is that something is invalid. */
  async use<T>(ask: (limit: number) => Promise<T>): Promise<T> {
    const limit = this.#limit;
    try {
      return await ask(limit);
    } catch (error) {
      if (limit === SMALL_PAGE || failureKind(error) !== "invalid") throw error;
    }
    const answer = await ask(SMALL_PAGE);
    this.#limit = SMALL_PAGE;
    return answer;
  }
}

export interface JobQuery {
  readonly offset: number;
  /** Jobs of the page; left out, as many as the service takes. */
  readonly limit?: number | undefined;
  /** Part of the name. */
  readonly nameLike?: string | undefined;
  /** Part of the id. */
  readonly idLike?: string | undefined;
  readonly serviceVersion?: string | undefined;
  readonly state?: string | undefined;
  /** Bounds of the time of creation, milliseconds since 1970. */
  readonly createdSince?: number | undefined;
  readonly createdUntil?: number | undefined;
  /** So that jobs which are created meanwhile do not shift the pages; else the newest come first. */
  readonly oldestFirst?: boolean;
}

export class VasClient extends TasksClient<WireJob> {
  readonly #pageSize: JobPageSize;

  constructor(options: TasksClientOptions, pageSize: JobPageSize) {
    super(options, { service: "iva", version: "v2", noun: "job", task: wireJob, listed: listedJob });
    this.#pageSize = pageSize;
  }

  /** GET …/services/{service_name}/tasks: one page. */
  async listTasks(serviceName: string, query: JobQuery, deadline: Deadline): Promise<TaskPage<WireJob>> {
    // The older pages count offsets from 1, the newer ones from 0: page one is what both give without an offset.
    const offset = query.offset === 0 ? undefined : query.offset;
    const filters = {
      order: query.oldestFirst === true ? "created_at:ASC" : "created_at:DESC",
      name_like: query.nameLike,
      id_like: query.idLike,
      service_version: query.serviceVersion,
      state: query.state,
      created_since: query.createdSince,
      created_until: query.createdUntil,
    };
    return this.#pageSize.use((largest) => {
      const limit = Math.min(largest, query.limit ?? largest);
      return this.page(serviceName, { ...filters, offset, limit }, deadline);
    });
  }

  /** PUT …/tasks/{task_id}: fields that the body leaves out stay as they are (inferred from the documented example). */
  async updateTask(serviceName: string, taskId: string, body: unknown, deadline: Deadline): Promise<void> {
    await this.send(
      serviceName,
      [taskId],
      { method: "PUT", operation: `update of job ${taskId}`, body, read: acceptance },
      deadline,
    );
  }
}
