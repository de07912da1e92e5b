/** VIAS with many batches that counts its calls and pages as it likes, and operations of one run on it. */
import type { PropertyMap } from "../../../provider/common/json";
import type { ReadTask } from "../../../provider/core/contract";
import { ViasClient } from "../../../provider/services/api/vias";
import { BatchLists } from "../../../provider/services/batch-task/batch-lists";
import { BatchTaskGateway } from "../../../provider/services/batch-task/gateway";
import { Transport } from "../../../provider/services/http/transport";
import { CountingAuthenticator, type Received, type Reply, serve } from "../../http/support";
import { FakeClock } from "../../support/fake-clock";
import { batchArgs, group } from "./support";

/** Operations at the same time, by default in the engine. */
export const WAVE = 16;

export interface Batch {
  readonly id: string;
  readonly name: string;
  states: string[];
}

const json = (body: unknown, status = 200): Reply => ({ status, body });
const counted = (id: string, failed = 0): Reply =>
  json({ total_count: 1, failed_count: failed, succeed_count: 1 - failed, id, error_list: [] });

/** Batches of one source each, oldest first. */
export class ViasFleet {
  batches: Batch[] = [];
  /** The answer to a list that asks for no pages. */
  unpaged: "all" | "refused" | "page" | "page that counts itself" = "all";
  /** Failed sub-tasks in the answer to a delete. */
  failed = 0;
  /** The schedule of all batches, and its status: only details have them. */
  scheduled: PropertyMap = {};
  /** What lists show in place of the batches. */
  listed: ((batches: Batch[]) => Batch[]) | undefined;
  /** What the list of all tasks shows in place of their ids. */
  spell = (id: string): string => id;
  calls: string[] = [];

  constructor(count: number) {
    for (let index = 0; index < count; index += 1) this.add(`site-${index}`);
  }

  add(name: string): Batch {
    const batch = { id: `batch-${this.batches.length}`, name, states: ["RUNNING"] };
    this.batches.push(batch);
    return batch;
  }

  count(pattern: RegExp): number {
    return this.calls.filter((call) => pattern.test(call)).length;
  }

  readonly answer = (request: Received): Reply => {
    const url = new URL(request.url, "http://localhost");
    const [collection, id] = url.pathname.replace("/v2/project/", "").split("/");
    const query = url.searchParams;
    if (request.method === "POST") {
      this.calls.push("create");
      return counted(this.add((JSON.parse(request.body) as { name: string }).name).id);
    }
    if (request.method === "DELETE") {
      this.calls.push("delete");
      this.batches = this.batches.filter((batch) => batch.id !== id);
      return counted(id ?? "", this.failed);
    }
    if (collection === "batch-tasks") return this.#batchList(query);
    if (id === undefined) return this.#taskList(query);
    this.calls.push("details");
    return this.#details(id);
  };

  #batchList(query: URLSearchParams): Reply {
    const like = query.get("name_like");
    const isUnpaged = query.get("is_paged") === "false";
    this.calls.push(like !== null ? "named" : isUnpaged ? "unpaged" : "batches");
    if (isUnpaged && this.unpaged === "refused") {
      return json({ error_code: "VIAS.00010001", error_msg: "Invalid parameter: is_paged." }, 400);
    }
    const shown = this.listed?.(this.batches) ?? this.batches;
    const found = shown.filter(({ name }) => name.includes(like ?? ""));
    if (query.get("order_by") === "desc") found.reverse();
    const size = Number(query.get("page_size"));
    const start = (Number(query.get("page_num")) - 1) * size;
    const page = isUnpaged && this.unpaged === "all" ? found : found.slice(start, start + size);
    const count = isUnpaged && this.unpaged === "page that counts itself" ? page.length : found.length;
    const batch_task_list = page.map(({ id, name, states }) => ({
      id,
      batch_task_name: name,
      num_task: states.length,
    }));
    return json({ count, batch_task_list });
  }

  #taskList(query: URLSearchParams): Reply {
    const batchId = query.get("batch_id");
    this.calls.push(batchId === null ? "tasks" : "tasks of a batch");
    const all = this.batches
      .filter(({ id }) => batchId === null || id === batchId)
      .flatMap(({ id, states }) => states.map((state, index) => ({ id: taskOf(id, index), state })));
    if (query.get("sort_dir") === "desc") all.reverse();
    const size = Number(query.get("page_size"));
    const page = all.slice((Number(query.get("page")) - 1) * size).slice(0, size);
    const tasks = page.map((task) => ({ ...task, id: this.spell(task.id), name: "task" }));
    return json({ count: tasks.length, page: Number(query.get("page")), page_size: size, tasks });
  }

  #details(id: string): Reply {
    const [, number = "", index = ""] = /^task-(\d+)-(\d+)$/i.exec(id) ?? [];
    const state = this.batches.find((batch) => batch.id === `batch-${number}`)?.states[Number(index)];
    if (state === undefined) return json({ error_code: "VIAS.00010007", error_msg: "no such task" }, 400);
    return json({
      id,
      state,
      input: { type: "video_source", data: [{ video_source_id: `camera-${number}` }] },
      output: { webhook: { url: "https://example.com/hook", headers: { "X-Key": "header-canary" } } },
      ...this.scheduled,
    });
  }
}

export const taskOf = (batchId: string, index = 0): string => `${batchId.replace("batch", "task")}-${index}`;

export const clock = new FakeClock();

export const argsOf = (index: number, more: PropertyMap = {}): PropertyMap =>
  batchArgs({
    name: `site-${index}`,
    batchInput: { videoSourceGroup: [group("group-north", `camera-${index}`)] },
    ...more,
  });

type Look = () => Promise<ReadTask>;

/** Operations of one run on a service. */
export class Run {
  readonly #lists = new BatchLists(clock);

  private constructor(
    readonly vias: ViasFleet,
    readonly endpoint: string,
  ) {}

  static async of(vias: ViasFleet): Promise<Run> {
    return new Run(vias, (await serve(vias.answer)).url);
  }

  open(args: PropertyMap): BatchTaskGateway {
    const client = new ViasClient({
      transport: new Transport({ clock, env: {} }),
      endpoint: this.endpoint,
      projectId: "project",
      authenticator: new CountingAuthenticator(),
    });
    return new BatchTaskGateway({ client, scope: "scope", lists: this.#lists, detail: "sample", args });
  }

  find(index: number) {
    return this.open(argsOf(index)).find(`site-${index}`, clock.deadline());
  }

  /** Makes a batch; the result looks at it. */
  async create(index: number): Promise<Look> {
    const gateway = this.open(argsOf(index));
    const { ids } = await gateway.create(argsOf(index), clock.deadline());
    return () => gateway.look(ids[0] ?? "", clock.deadline());
  }

  /** Deletes a batch; the result looks at it. */
  async remove(index: number): Promise<Look> {
    const gateway = this.open(argsOf(index, { taskIds: [taskOf(`batch-${index}`)] }));
    await gateway.remove(`batch-${index}`, clock.deadline());
    return () => gateway.look(`batch-${index}`, clock.deadline());
  }

  read(index: number, taskIds = [taskOf(`batch-${index}`)]): Promise<ReadTask> {
    return this.open(argsOf(index, { taskIds })).read(`batch-${index}`, clock.deadline());
  }
}

export const wave = <T>(act: (index: number) => Promise<T>, from = 0, count = WAVE): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => act(from + index)));

export const lookAll = (looks: readonly Look[]): Promise<ReadTask[]> =>
  Promise.all(looks.map((look) => look()));
