/**
 * The calls of VIAS batches, as the lifecycle core asks for them. One gateway serves one operation. In one file, since no call
 * shows a batch: each verb rests on the lists, the answer and the sub-tasks that the others have seen.
 */
import type { BatchAnswer, ViasClient, WireBatch, WireSubTask } from "../api/vias";
import type { Deadline } from "../../common/deadline";
import { failureKind, problemOf, VideoAnalysisError } from "../../common/errors";
import type { PropertyMap } from "../../common/json";
import { secretsOf } from "../../common/secrets";
import type {
  Creation,
  ListedTask,
  LiveTask,
  Removal,
  ReadTask,
  TaskGateway,
  TaskInventory,
} from "../../core/contract";
import { worstFirst } from "../../core/state/run-state";
import { hiddenIn } from "../shared/live-task";
import { absentIfNotFound } from "../shared/service-gateway";
import type { BatchLists } from "./batch-lists";
import { sourceCount, toCreateBody, toLiveBatch, toUpdateBody } from "./mapping";
import { hasFailures, LEFT, partialFailure, reasonsOf, type Counted } from "./partial-failure";

/** Pauses before an operation is repeated for the sub-tasks that it failed for, in milliseconds. */
const RETRY_PAUSES = [250, 1000, 2000];

/** Pages of sub-tasks; a service that never ends its list must not hold the run. */
const MAX_PAGES = 1000;

/** The sub-task that stays and is in the worst state: it says most about the batch. */
function sampleOf(entries: readonly WireSubTask[]): WireSubTask[] {
  const states = entries.map((entry) => ({ entry, state: (entry.state ?? "").toUpperCase() }));
  const staying = states.filter(({ state }) => state !== "DELETING");
  return worstFirst(staying.length === 0 ? states : staying)
    .slice(0, 1)
    .map(({ entry }) => entry);
}

export interface BatchTaskGatewayOptions {
  readonly client: ViasClient;
  readonly scope: string;
  /** Shared by all operations in the project. */
  readonly lists: BatchLists;
  /** Whether one sub-task stands for all. */
  readonly detail: "sample" | "all";
  /** Arguments of the batch, as far as they are known. */
  readonly args: PropertyMap;
  /** Those before a change. */
  readonly recordedArgs?: PropertyMap | undefined;
}

export class BatchTaskGateway implements TaskGateway, TaskInventory {
  readonly canStop = true;
  readonly client: ViasClient;
  readonly scope: string;
  readonly lists: BatchLists;
  readonly detail: "sample" | "all";
  readonly #secrets: readonly string[];
  /** Number of sub-tasks that the arguments stand for, where they list them. */
  readonly #sources: number | undefined;
  /** By this name the service finds the batch without a scan; only a hint, for a batch may be renamed. */
  #name: string | undefined;
  /** Answer to the last create or update of this operation. */
  #answer: BatchAnswer | undefined;
  /** Sub-tasks that the create of this operation made; they may be listed later than the batch. */
  #made: number | undefined;
  /** A recorded sub-task: it outlives no batch, so that it distinguishes a stale list from an absence. */
  readonly #recordedPart: string | undefined;
  /** The service accepted the delete of this operation. */
  #deleteAccepted = false;

  constructor({ client, scope, lists, detail, args, recordedArgs = {} }: BatchTaskGatewayOptions) {
    this.client = client;
    this.scope = scope;
    this.lists = lists;
    this.detail = detail;
    this.#name = typeof args.name === "string" ? args.name : undefined;
    this.#secrets = [args, recordedArgs].flatMap((bag) => [...secretsOf(bag), ...hiddenIn(bag)]);
    this.#sources = sourceCount(args.batchInput);
    const [part] = Array.isArray(args.taskIds) ? (args.taskIds as unknown[]) : [];
    this.#recordedPart = typeof part === "string" && part !== "" ? part : undefined;
    client.hide(this.#secrets);
  }

  async create(args: PropertyMap, deadline: Deadline): Promise<Creation> {
    const answer = await this.#create(args, deadline);
    if (answer.id === undefined) throw this.#failure("create", String(args.name), answer);
    this.#answer = answer;
    this.#made = answer.succeedCount;
    const problems = hasFailures(answer) ? reasonsOf("create", answer, this.#secrets) : [];
    return { ids: [answer.id], problems };
  }

  async #create(args: PropertyMap, deadline: Deadline): Promise<BatchAnswer> {
    try {
      return await this.lists.write([], () => this.client.createBatch(toCreateBody(args), deadline));
    } catch (error) {
      // Nothing exists yet whose state could forbid it: what stands in the way is the name.
      if (failureKind(error) !== "conflict") throw error;
      throw new VideoAnalysisError(
        "NAME_TAKEN",
        `the service does not accept the name "${String(args.name)}": ${problemOf(error)}`,
        { remedy: [{ code: "choose-name" }], cause: error },
      );
    }
  }

  async find(name: string, deadline: Deadline): Promise<readonly LiveTask[]> {
    const { tasks } = await this.lists.named(this.client, name, deadline);
    const held = tasks.filter((batch) => batch.batch_task_name === name);
    // Whether a batch is the one that was asked for is decided by all of its sources, not by a sample.
    return Promise.all(held.map((batch) => this.#describe(batch, deadline, "all")));
  }

  /** Batches only: their states are those of the sub-tasks, which their list does not have. */
  async inventory(deadline: Deadline): Promise<readonly ListedTask[]> {
    const batches = await this.lists.all(this.client, deadline);
    return batches.map(({ id, batch_task_name: name = "", created_at: createdAt }) => ({
      id,
      name,
      ...(createdAt === undefined ? {} : { createdAt }),
    }));
  }

  /** No call shows one batch. It is absent only by the proof that nothing else can give. */
  async show(batchId: string, deadline: Deadline): Promise<LiveTask | undefined> {
    const batch = await this.lists.find(this.client, batchId, this.#name, deadline);
    if (batch === undefined) {
      await this.#confirmAbsent(batchId, deadline);
      return undefined;
    }
    this.#name = batch.batch_task_name ?? this.#name;
    return this.#describe(batch, deadline);
  }

  /** Lists may be stale, or filtered by permission: a batch whose sub-task is still shown is not gone. */
  async #confirmAbsent(batchId: string, deadline: Deadline): Promise<void> {
    const part = this.#recordedPart;
    if (this.#deleteAccepted || part === undefined) return;
    const found = await absentIfNotFound(() => this.client.showSubTask(part, deadline));
    if (found === undefined || found.state?.toUpperCase() === "DELETING") return;
    throw new VideoAnalysisError(
      "REQUEST_FAILED",
      `batch ${batchId} is in no list, but its sub-task ${part} still answers, so the batch is not taken for gone. ` +
        "Lists may lag behind, or leave out what the credentials may not list: try again, or check the permissions.",
    );
  }

  async read(batchId: string, deadline: Deadline): Promise<ReadTask> {
    const { task: batch, source } = await this.lists.read(this.client, batchId, this.#name, deadline);
    if (batch === undefined) {
      await this.#confirmAbsent(batchId, deadline);
      return { task: undefined, source: "show" };
    }
    // The name is all that the list decides; everything else is read from the sub-tasks now.
    const rests = source === "list" && batch.batch_task_name !== this.#name;
    return { task: await this.#describe(batch, deadline), source: rests ? "list" : "show" };
  }

  async look(batchId: string, deadline: Deadline): Promise<ReadTask> {
    return { task: await this.show(batchId, deadline), source: "show" };
  }

  async #describe(batch: WireBatch, deadline: Deadline, detail = this.detail): Promise<LiveTask> {
    const entries = await this.#subTasks(batch.id, deadline);
    const wanted = new Set(detail === "all" || !this.#isOfSources(entries) ? entries : sampleOf(entries));
    const subTasks = await Promise.all(
      entries.map(async (entry) => {
        if (!wanted.has(entry)) return { entry };
        const details = await absentIfNotFound(() => this.client.showSubTask(entry.id, deadline));
        return { entry, details };
      }),
    );
    return toLiveBatch(batch, subTasks, this.#answer, this.#made, this.#secrets);
  }

  /** Whether there are as many sub-tasks as the arguments have sources; if not, all of them have to say which. */
  #isOfSources(entries: readonly WireSubTask[]): boolean {
    const staying = entries.filter(({ state }) => (state ?? "").toUpperCase() !== "DELETING").length;
    return this.#sources === undefined || this.#sources === staying;
  }

  async #subTasks(batchId: string, deadline: Deadline): Promise<WireSubTask[]> {
    const tasks = new Map<string, WireSubTask>();
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      // A batch that went away since it was listed has none; the next read does not find it.
      const answer = await absentIfNotFound(() => this.client.listSubTasks(batchId, page, deadline));
      const known = tasks.size;
      for (const task of answer?.tasks ?? []) tasks.set(task.id, task);
      // Nor may one that repeats itself.
      if (answer?.isLast !== false || tasks.size === known) break;
    }
    return [...tasks.values()];
  }

  async update(
    batchId: string,
    args: PropertyMap,
    changed: readonly string[],
    deadline: Deadline,
  ): Promise<void> {
    const answer = await this.lists.write([batchId], () =>
      this.client.updateBatch(batchId, toUpdateBody(args, changed), deadline),
    );
    this.#answer = answer;
    this.#name = String(args.name);
    if (!hasFailures(answer)) return;
    const live = await this.show(batchId, deadline);
    throw this.#failure("update", batchId, answer, (live?.parts ?? []).filter(LEFT.update));
  }

  /** The service's own code for a missing batch proves its absence: no call shows one. */
  async remove(batchId: string, deadline: Deadline): Promise<Removal> {
    const found = await absentIfNotFound(() =>
      this.#untilDone(
        "delete",
        batchId,
        () => this.#delete(batchId, deadline),
        deadline,
        (left) => this.#stopFirst(batchId, left, deadline),
      ),
    );
    return found === true ? "accepted" : "gone";
  }

  async #delete(batchId: string, deadline: Deadline): Promise<BatchAnswer> {
    const answer = await this.lists.write([batchId], () => this.client.deleteBatch(batchId, deadline));
    this.#deleteAccepted = true;
    return answer;
  }

  /** What refuses to be deleted may do so because it runs. */
  async #stopFirst(batchId: string, left: readonly LiveTask[], deadline: Deadline): Promise<void> {
    if (!left.some(LEFT.stop)) return;
    try {
      await this.#act(batchId, "stop", deadline);
    } catch (error) {
      if (failureKind(error) !== "conflict") throw error;
    }
  }

  async start(batchId: string, deadline: Deadline): Promise<void> {
    await this.#untilDone("start", batchId, () => this.#act(batchId, "start", deadline), deadline);
  }

  async stop(batchId: string, deadline: Deadline): Promise<void> {
    await this.#untilDone("stop", batchId, () => this.#act(batchId, "stop", deadline), deadline);
  }

  #act(batchId: string, action: "start" | "stop", deadline: Deadline): Promise<BatchAnswer> {
    return this.lists.write([batchId], () => this.client.actOnBatch(batchId, action, deadline));
  }

  /**
   * Repeats a call while its counters show failures and sub-tasks are left that it concerns; others, such as
   * those that are stopped already, may refuse as they like. False where the batch is gone.
   */
  async #untilDone(
    what: "delete" | "start" | "stop",
    batchId: string,
    call: () => Promise<BatchAnswer>,
    deadline: Deadline,
    prepare: (left: readonly LiveTask[]) => Promise<void> = () => Promise.resolve(),
  ): Promise<boolean> {
    for (let attempt = 0; ; attempt += 1) {
      const answer = await call();
      if (!hasFailures(answer)) return true;
      const live = await this.show(batchId, deadline);
      if (live === undefined) return false;
      const left = (live.parts ?? []).filter(LEFT[what]);
      if (left.length === 0) return true;
      const pause = RETRY_PAUSES[attempt];
      if (pause === undefined || deadline.expired) throw this.#failure(what, batchId, answer, left);
      await prepare(left);
      await deadline.sleep(pause);
    }
  }

  async confirmService(deadline: Deadline): Promise<void> {
    await this.client.listBatches({ page: 1 }, deadline);
  }

  #failure(
    what: Counted,
    batch: string,
    answer: BatchAnswer,
    left: readonly LiveTask[] = [],
  ): VideoAnalysisError {
    return partialFailure({ what, batch, reasons: reasonsOf(what, answer, this.#secrets), left });
  }
}
