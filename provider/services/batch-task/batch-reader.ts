/** Reads batches as the lifecycle core asks for them: no call shows one, so that all rests on lists and sub-tasks. */
import type { BatchAnswer, ViasClient, WireBatch, WireSubTask } from "../api/vias";
import type { Deadline } from "../../common/deadline";
import { VideoAnalysisError } from "../../common/errors";
import type { ListedTask, LiveTask, ReadTask } from "../../core/contract";
import { absentIfNotFound } from "../shared/service-gateway";
import type { BatchLists } from "./batch-lists";
import { toLiveBatch } from "./mapping";
import { isDeleting, listSubTasks, sampleOf } from "./sub-tasks";

export interface BatchReaderOptions {
  readonly client: ViasClient;
  readonly lists: BatchLists;
  /** Whether one sub-task stands for all. */
  readonly detail: "sample" | "all";
  readonly secrets: readonly string[];
  /** By this name the service finds the batch without a scan; only a hint, for a batch may be renamed. */
  readonly name: string | undefined;
  /** Number of sub-tasks that the arguments stand for, where they list them. */
  readonly sources: number | undefined;
  /** Ids of the recorded sub-tasks. */
  readonly recorded: readonly string[];
}

interface Description {
  readonly detail?: "sample" | "all";
  /** The sub-tasks, where they are listed already. */
  readonly entries?: readonly WireSubTask[] | undefined;
}

/** Serves one operation, which notes its own calls here. */
export class BatchReader {
  readonly #client: ViasClient;
  readonly #lists: BatchLists;
  readonly #options: BatchReaderOptions;
  #name: string | undefined;
  /** Answer to the last create or update of this operation. */
  #answer: BatchAnswer | undefined;
  /** Sub-tasks that the create of this operation made; they may be listed later than the batch. */
  #made: number | undefined;
  /** Whether the service accepted the delete of this operation, for some of the sub-tasks or for all. */
  #deleted: "no" | "partly" | "wholly" = "no";
  /** The batch as the last look has shown it. */
  #looked: LiveTask | undefined;

  constructor(options: BatchReaderOptions) {
    this.#client = options.client;
    this.#lists = options.lists;
    this.#options = options;
    this.#name = options.name;
  }

  noteCreated(answer: BatchAnswer): void {
    this.#answer = answer;
    this.#made = answer.succeedCount;
  }

  noteUpdated(answer: BatchAnswer, name: string): void {
    this.#answer = answer;
    this.#name = name;
  }

  noteDeleted(deleted: "partly" | "wholly"): void {
    this.#deleted = deleted;
  }

  /** A start or a stop changes what the last look has shown. */
  noteActed(): void {
    this.#looked = undefined;
  }

  async find(name: string, deadline: Deadline, options?: { fresh?: boolean }): Promise<readonly LiveTask[]> {
    const holders = (all: readonly WireBatch[]): WireBatch[] =>
      all.filter((batch) => batch.batch_task_name === name);
    const whole = options?.fresh === true ? undefined : await this.#lists.whole(this.#client, deadline);
    if (whole !== undefined && holders(whole).length === 0) return [];
    // The shared list may be older than a change elsewhere, and no call shows a batch.
    const held = holders((await this.#lists.named(this.#client, name, deadline)).tasks);
    // Whether a batch is the one that was asked for is decided by all of its sources, not by a sample.
    return Promise.all(held.map((batch) => this.#describe(batch, deadline, { detail: "all" })));
  }

  /** Batches only: their states are those of the sub-tasks, which their list does not have. */
  async inventory(deadline: Deadline): Promise<readonly ListedTask[]> {
    const batches = await this.#lists.all(this.#client, deadline);
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
      ? this.#lists.findDeleted(this.#client, batchId, deadline)
      : this.#lists.find(this.#client, batchId, this.#name, deadline);
  }

  /** Lists may be stale, or filtered by permission: a batch whose sub-task is still shown is not gone. */
  async #confirmAbsent(batchId: string, deadline: Deadline): Promise<void> {
    // It outlives no batch, so that it distinguishes a stale list from an absence.
    const [part] = this.#options.recorded;
    if (this.#deleted !== "no" || part === undefined) return;
    const found = await absentIfNotFound(() => this.#client.showSubTask(part, deadline));
    if (found === undefined || found.state?.toUpperCase() === "DELETING") return;
    throw new VideoAnalysisError(
      "REQUEST_FAILED",
      `batch ${batchId} is in no list, but its sub-task ${part} still answers, so the batch is not taken for gone. ` +
        "Lists may lag behind, or leave out what the credentials may not list: try again, or check the permissions.",
    );
  }

  async read(batchId: string, deadline: Deadline): Promise<ReadTask> {
    const { task: batch, source } = await this.#lists.read(this.#client, batchId, this.#name, deadline);
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
    if (batch.num_task !== this.#options.recorded.length) return undefined;
    const entries = await this.#lists.parts.of(this.#client, this.#options.recorded, deadline);
    return entries?.some(isDeleting) === true ? undefined : entries;
  }

  /** Where the batch is listed, all else is read from the sub-tasks now; a delete waits for the batch only. */
  async look(batchId: string, deadline: Deadline): Promise<ReadTask> {
    if (this.#deleted === "partly") return { task: await this.show(batchId, deadline), source: "show" };
    const find = (): Promise<WireBatch | undefined> => this.#find(batchId, deadline);
    const { task: batch, source } = await this.#lists.look(this.#client, batchId, deadline, find);
    if (batch === undefined) {
      if (source === "show") await this.#confirmAbsent(batchId, deadline);
      return { task: undefined, source };
    }
    this.#name = batch.batch_task_name ?? this.#name;
    if (this.#deleted === "no") return this.#lookAtParts(batch, deadline);
    return { task: toLiveBatch(batch, [], this.#answer, this.#made, this.#options.secrets), source };
  }

  /** As they were shown last, where a list has none of them in another state. */
  async #lookAtParts(batch: WireBatch, deadline: Deadline): Promise<ReadTask> {
    const task = this.#looked;
    const parts = task?.parts ?? [];
    const isWhole = parts.length > 0 && parts.length === batch.num_task && parts.length === task?.partCount;
    // Whether a schedule is active only details say.
    const isScheduled = task?.args.schedule !== undefined;
    if (isWhole && !isScheduled && (await this.#lists.parts.areStill(this.#client, parts, deadline))) {
      return { task, source: "list" };
    }
    this.#looked = await this.#describe(batch, deadline);
    return { task: this.#looked, source: "show" };
  }

  async #describe(
    batch: WireBatch,
    deadline: Deadline,
    { detail = this.#options.detail, entries: listed }: Description = {},
  ): Promise<LiveTask> {
    const entries = listed ?? (await listSubTasks(this.#client, batch.id, deadline));
    const wanted = new Set(detail === "all" || !this.#isOfSources(entries) ? entries : sampleOf(entries));
    const subTasks = await Promise.all(
      entries.map(async (entry) => {
        if (!wanted.has(entry)) return { entry };
        const details = await absentIfNotFound(() => this.#client.showSubTask(entry.id, deadline));
        return { entry, details };
      }),
    );
    return toLiveBatch(batch, subTasks, this.#answer, this.#made, this.#options.secrets);
  }

  /** Whether there are as many sub-tasks as the arguments have sources; if not, all of them have to say which. */
  #isOfSources(entries: readonly WireSubTask[]): boolean {
    const staying = entries.filter((entry) => !isDeleting(entry)).length;
    return this.#options.sources === undefined || this.#options.sources === staying;
  }
}
