/** The calls of VIAS batches, as the lifecycle core asks for them. One gateway serves one operation. */
import type { BatchAnswer, ViasClient } from "../api/vias";
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
import { BatchReader } from "./batch-reader";
import { sourceCount, toCreateBody, toUpdateBody } from "./mapping";
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

export class BatchTaskGateway implements TaskGateway, TaskInventory {
  readonly canStop = true;
  readonly client: ViasClient;
  readonly scope: string;
  readonly lists: BatchLists;
  readonly #secrets: readonly string[];
  readonly #reader: BatchReader;

  constructor({ client, scope, lists, detail, args, recordedArgs = {} }: BatchTaskGatewayOptions) {
    this.client = client;
    this.scope = scope;
    this.lists = lists;
    this.#secrets = [args, recordedArgs].flatMap((bag) => [...secretsOf(bag), ...hiddenIn(bag)]);
    const ids = Array.isArray(args.taskIds) ? (args.taskIds as unknown[]) : [];
    this.#reader = new BatchReader({
      client,
      lists,
      detail,
      secrets: this.#secrets,
      name: typeof args.name === "string" ? args.name : undefined,
      sources: sourceCount(args.batchInput),
      recorded: ids.filter((id) => typeof id === "string" && id !== "") as string[],
    });
    client.hide(this.#secrets);
  }

  async create(args: PropertyMap, deadline: Deadline): Promise<Creation> {
    const answer = await this.#create(args, deadline);
    if (answer.id === undefined) throw this.#failure("create", String(args.name), answer);
    this.#reader.noteCreated(answer);
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

  find(name: string, deadline: Deadline, options?: { fresh?: boolean }): Promise<readonly LiveTask[]> {
    return this.#reader.find(name, deadline, options);
  }

  inventory(deadline: Deadline): Promise<readonly ListedTask[]> {
    return this.#reader.inventory(deadline);
  }

  show(batchId: string, deadline: Deadline): Promise<LiveTask | undefined> {
    return this.#reader.show(batchId, deadline);
  }

  read(batchId: string, deadline: Deadline): Promise<ReadTask> {
    return this.#reader.read(batchId, deadline);
  }

  look(batchId: string, deadline: Deadline): Promise<ReadTask> {
    return this.#reader.look(batchId, deadline);
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
    this.#reader.noteUpdated(answer, String(args.name));
    if (!hasFailures(answer)) return;
    const live = await this.show(batchId, deadline);
    throw this.#failure("update", batchId, answer, (live?.parts ?? []).filter(LEFT.update));
  }

  /** The service's own code for a missing batch proves its absence: no call shows one. */
  async remove(batchId: string, deadline: Deadline): Promise<Removal> {
    const found = await this.#untilDone(
      "delete",
      batchId,
      () => absentIfNotFound(() => this.#delete(batchId, deadline)),
      deadline,
      (left) => this.#stopFirst(batchId, left, deadline),
    );
    return found ? "accepted" : "gone";
  }

  async #delete(batchId: string, deadline: Deadline): Promise<BatchAnswer> {
    const answer = await this.lists.write([batchId], () => this.client.deleteBatch(batchId, deadline), true);
    this.#reader.noteDeleted(hasFailures(answer) ? "partly" : "wholly");
    return answer;
  }

  /** What refuses to be deleted may do so because it runs. */
  async #stopFirst(batchId: string, left: readonly LiveTask[], deadline: Deadline): Promise<void> {
    if (!left.some(LEFT.stop)) return;
    try {
      await absentIfNotFound(() => this.#act(batchId, "stop", deadline));
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
    this.#reader.noteActed();
    return this.lists.write([batchId], () => this.client.actOnBatch(batchId, action, deadline));
  }

  /**
   * Repeats a call while its counters show failures and sub-tasks are left that it concerns; others, such as
   * those that are stopped already, may refuse as they like. False where the batch is gone.
   */
  async #untilDone(
    what: "delete" | "start" | "stop",
    batchId: string,
    call: () => Promise<BatchAnswer | undefined>,
    deadline: Deadline,
    prepare: (left: readonly LiveTask[]) => Promise<void> = () => Promise.resolve(),
  ): Promise<boolean> {
    for (let attempt = 0; ; attempt += 1) {
      const answer = await call();
      if (answer === undefined) return false;
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
