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
import { hiddenIn } from "../shared/live-task";
import { absentIfNotFound } from "../shared/service-gateway";
import type { BatchLists } from "./batch-lists";
import { sourceCount, toCreateBody, toLiveBatch, toUpdateBody } from "./mapping";
import { isDeleting, listSubTasks, sampleOf } from "./sub-tasks";
import { hasFailures, LEFT, partialFailure, reasonsOf, type Counted } from "./partial-failure";

/** Pauses before an operation is repeated for the sub-tasks that it failed for, in milliseconds. */
const RETRY_PAUSES = [250, 1000, 2000];

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

interface Description {
  readonly detail?: "sample" | "all";
  /** The sub-tasks, where they are listed already. */
  readonly entries?: readonly WireSubTask[] | undefined;
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
  /** Ids of the recorded sub-tasks. */
  readonly #recorded: readonly string[];
  /** Whether the service accepted the delete of this operation, for some of the sub-tasks or for all. */
  #deleted: "no" | "partly" | "wholly" = "no";

  /** The batch as the last look has shown it. */
  #looked: LiveTask | undefined;

  constructor({ client, scope, lists, detail, args, recordedArgs = {} }: BatchTaskGatewayOptions) {
    this.client = client;
    this.scope = scope;
    this.lists = lists;
    this.detail = detail;
    this.#name = typeof args.name === "string" ? args.name : undefined;
    this.#secrets = [args, recordedArgs].flatMap((bag) => [...secretsOf(bag), ...hiddenIn(bag)]);
    this.#sources = sourceCount(args.batchInput);
    const ids = Array.isArray(args.taskIds) ? (args.taskIds as unknown[]) : [];
    this.#recorded = ids.filter((id) => typeof id === "string" && id !== "") as string[];
    client.hide(this.#secrets);
  }

  async create(args: PropertyMap, deadline: Deadline): Promise<Creation> {
    const answer = await this.#create(args, deadline);
    if (answer.id === undefined) throw this.#failure("create", String(args.name), answer);
    this.#answer = answer;
    this.#made = answer.succeedCount;
    this.lists.noteCreated(answer.id);
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

  async find(name: string, deadline: Deadline, options?: { fresh?: boolean }): Promise<readonly LiveTask[]> {
    const whole = options?.fresh === true ? undefined : await this.lists.whole(this.client, deadline);
    const found = whole ?? (await this.lists.named(this.client, name, deadline)).tasks;
    const held = found.filter((batch) => batch.batch_task_name === name);
    // Whether a batch is the one that was asked for is decided by all of its sources, not by a sample.
    return Promise.all(held.map((batch) => this.#describe(batch, deadline, { detail: "all" })));
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
    const batch = await this.#find(batchId, deadline);
    if (batch === undefined) {
      await this.#confirmAbsent(batchId, deadline);
      return undefined;
    }
    this.#name = batch.batch_task_name ?? this.#name;
    return this.#describe(batch, deadline);
  }

  #find(batchId: string, deadline: Deadline): Promise<WireBatch | undefined> {
    return this.#deleted === "wholly"
      ? this.lists.findDeleted(this.client, batchId, deadline)
      : this.lists.find(this.client, batchId, this.#name, deadline);
  }

  /** Lists may be stale, or filtered by permission: a batch whose sub-task is still shown is not gone. */
  async #confirmAbsent(batchId: string, deadline: Deadline): Promise<void> {
    // It outlives no batch, so that it distinguishes a stale list from an absence.
    const [part] = this.#recorded;
    if (this.#deleted !== "no" || part === undefined) return;
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
    const entries = source === "list" ? await this.#recordedParts(batch, deadline) : undefined;
    // Without those, the name is all that lists decide; everything else is read from the sub-tasks now.
    const rests = source === "list" && (entries !== undefined || batch.batch_task_name !== this.#name);
    return { task: await this.#describe(batch, deadline, { entries }), source: rests ? "list" : "show" };
  }

  /** The recorded sub-tasks where they are all that the batch has, and none is on its way out. */
  async #recordedParts(batch: WireBatch, deadline: Deadline): Promise<WireSubTask[] | undefined> {
    if (batch.num_task !== this.#recorded.length) return undefined;
    const entries = await this.lists.parts.of(this.client, this.#recorded, deadline);
    return entries?.some(isDeleting) === true ? undefined : entries;
  }

  /** Where the batch is listed, all else is read from the sub-tasks now; a delete waits for the batch only. */
  async look(batchId: string, deadline: Deadline): Promise<ReadTask> {
    if (this.#deleted === "partly") return { task: await this.show(batchId, deadline), source: "show" };
    const find = (): Promise<WireBatch | undefined> => this.#find(batchId, deadline);
    const { task: batch, source } = await this.lists.look(this.client, batchId, deadline, find);
    if (batch === undefined) {
      if (source === "show") await this.#confirmAbsent(batchId, deadline);
      return { task: undefined, source };
    }
    this.#name = batch.batch_task_name ?? this.#name;
    if (this.#deleted === "no") return this.#lookAtParts(batch, deadline);
    return { task: toLiveBatch(batch, [], this.#answer, this.#made, this.#secrets), source };
  }

  /** As they were shown last, where a list has none of them in another state. */
  async #lookAtParts(batch: WireBatch, deadline: Deadline): Promise<ReadTask> {
    const task = this.#looked;
    const parts = task?.parts ?? [];
    const isWhole = parts.length > 0 && parts.length === batch.num_task && parts.length === task?.partCount;
    // Whether a schedule is active only details say.
    const isScheduled = task?.args.schedule !== undefined;
    if (isWhole && !isScheduled && (await this.lists.parts.areStill(this.client, parts, deadline))) {
      return { task, source: "list" };
    }
    this.#looked = await this.#describe(batch, deadline);
    return { task: this.#looked, source: "show" };
  }

  async #describe(
    batch: WireBatch,
    deadline: Deadline,
    { detail = this.detail, entries: listed }: Description = {},
  ): Promise<LiveTask> {
    const entries = listed ?? (await listSubTasks(this.client, batch.id, deadline));
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
    const staying = entries.filter((entry) => !isDeleting(entry)).length;
    return this.#sources === undefined || this.#sources === staying;
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
    const answer = await this.lists.write([batchId], () => this.client.deleteBatch(batchId, deadline), true);
    this.#deleted = hasFailures(answer) ? "partly" : "wholly";
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
    this.#looked = undefined;
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
