/** Finding batches: no call shows one, so all that is known of them comes from lists. */
import type { BatchQuery, ViasClient, WireBatch } from "../api/vias";
import type { Clock } from "../../common/clock";
import type { Deadline } from "../../common/deadline";
import { failureKind, VideoAnalysisError } from "../../common/errors";
import { sameId } from "../../common/ids";
import type { ReadTask } from "../../core/contract";
import { TaskReader } from "../paging/task-reader";
import { ProofScan, scanTasks, type Page, type Scan } from "../paging/task-scan";
import { SubTaskLists } from "./sub-task-lists";

/** Complete scans that prove, with a query by name, that a batch is gone (docs/api-notes.md, "Gone"). */
const PROOF_SCANS = 2;

/** The lists that all operations in a project share. */
export class BatchLists {
  readonly #proofs = new ProofScan<WireBatch>();
  readonly #reads: TaskReader<WireBatch>;
  readonly #newest = new NewestBatches();
  /** The sub-tasks of all batches. */
  readonly parts: SubTaskLists;

  constructor(clock: Clock) {
    this.#reads = new TaskReader<WireBatch>(clock);
    this.parts = new SubTaskLists(clock);
  }

  /** All batches with the text in their names. */
  named(client: ViasClient, name: string, deadline: Deadline): Promise<Scan<WireBatch>> {
    return scan(client, deadline, name);
  }

  /** All batches of the project. */
  all(client: ViasClient, deadline: Deadline): Promise<readonly WireBatch[]> {
    return this.#reads.all(async () => (await scan(client, deadline)).tasks);
  }

  /** The same by a list that began a moment ago, or begins now; undefined where queries by name are the cheaper way. */
  whole(client: ViasClient, deadline: Deadline): Promise<readonly WireBatch[] | undefined> {
    return this.#reads.whole(deadline, (offset, _, budget) => this.#newest.page(client, offset, budget));
  }

  /** @param name by which the service finds it without a scan; only a hint, for a batch may be renamed */
  async find(
    client: ViasClient,
    batchId: string,
    name: string | undefined,
    deadline: Deadline,
  ): Promise<WireBatch | undefined> {
    const named = name === undefined ? undefined : among(batchId, await this.named(client, name, deadline));
    return named ?? this.#findByScans(client, batchId, deadline, PROOF_SCANS);
  }

  /** A batch whose delete was accepted: one complete list that begins after it proves that it is gone. */
  findDeleted(client: ViasClient, batchId: string, deadline: Deadline): Promise<WireBatch | undefined> {
    return this.#findByScans(client, batchId, deadline, 1);
  }

  async #findByScans(
    client: ViasClient,
    batchId: string,
    deadline: Deadline,
    times: number,
  ): Promise<WireBatch | undefined> {
    for (let scans = 0; scans < times; scans += 1) {
      const all = await this.#proofs.run(deadline, () => scan(client, deadline));
      const found = among(batchId, all);
      if (found !== undefined) return found;
      if (all.unreadable > 0) throw unproved(batchId, all.unreadable);
    }
    return undefined;
  }

  /** The same as {@link find} for a read, which shares pages with others where that is cheaper than a query by name for each. */
  read(
    client: ViasClient,
    batchId: string,
    name: string | undefined,
    deadline: Deadline,
  ): Promise<ReadTask<WireBatch>> {
    return this.#reads.read(batchId, deadline, {
      page: async (offset, pages, budget) => {
        const page = await pageOf(client, { page: pages + 1 }, budget);
        this.parts.expect(offset, page);
        return page;
      },
      fromList: (batch) => own(batchId, batch),
      show: () => this.find(client, batchId, name, deadline),
    });
  }

  /** The batch as it is after the call, for an operation that waits for it. */
  look(
    client: ViasClient,
    batchId: string,
    deadline: Deadline,
    find: () => Promise<WireBatch | undefined>,
  ): Promise<ReadTask<WireBatch>> {
    return this.#reads.look(batchId, deadline, {
      page: (offset, _, budget) => this.#newest.page(client, offset, budget),
      fromList: (batch) => own(batchId, batch),
      show: find,
    });
  }

  /**
   * Runs a call that changes batches.
   *
   * @param isDelete of batches: what a later list still shows of them is no older state
   */
  write<R>(batchIds: readonly string[], call: () => Promise<R>, isDelete = false): Promise<R> {
    return this.#reads.write(batchIds, () => this.parts.write(call), isDelete);
  }

  /** Has the batch of a create looked for in lists that begin after it. */
  noteCreated(batchId: string): void {
    this.#reads.noteCreated([batchId]);
  }
}

const among = (batchId: string, { tasks }: Scan<WireBatch>): WireBatch | undefined => {
  const found = tasks.find((batch) => sameId(batch.id, batchId));
  return found && own(batchId, found);
};

/** The batch under the id that the state has; services differ in the letter case of ids. */
function own(batchId: string, batch: WireBatch): WireBatch {
  if (batch.batch_task_name !== undefined) return { ...batch, id: batchId };
  throw new VideoAnalysisError(
    "REQUEST_FAILED",
    `the list of the batches shows batch ${batchId} without a readable batch_task_name, so it cannot be compared. ` +
      "Look at the batch in the service's console, and try again.",
  );
}

function unproved(batchId: string, unreadable: number): VideoAnalysisError {
  return new VideoAnalysisError(
    "REQUEST_FAILED",
    `batch ${batchId} is not in the list of the batches, but may be among the entries without a readable id ` +
      `(${unreadable} of them), so it may still exist. ` +
      "Look at the list in the service's console, and try again.",
  );
}

function scan(client: ViasClient, deadline: Deadline, nameLike?: string): Promise<Scan<WireBatch>> {
  return scanTasks((_, pages) => pageOf(client, { page: pages + 1, nameLike }, deadline), true);
}

async function pageOf(client: ViasClient, query: BatchQuery, deadline: Deadline): Promise<Page<WireBatch>> {
  const { batches, ...page } = await client.listBatches(query, deadline);
  return { ...page, tasks: batches };
}

/** Batches of a page, and most that are asked for in one answer. */
const PAGE_SIZE = 200;
const MOST_UNPAGED = 2000;

/** Whether an answer of so many may have been cut: pages have round numbers. */
const isRound = (batches: number): boolean => batches % 50 === 0 || [128, 256, 512].includes(batches);

/** The list of all batches, the newest first; in one answer where pages would be several, and the service gives it so. */
class NewestBatches {
  #count = 0;
  #isRefused = false;

  async page(client: ViasClient, offset: number, deadline: Deadline): Promise<Page<WireBatch>> {
    // What an answer without pages lacks is on the page on which it ended.
    const query: BatchQuery = {
      page: Math.floor(offset / PAGE_SIZE) + 1,
      size: PAGE_SIZE,
      newestFirst: true,
    };
    const isUnpaged = offset <= PAGE_SIZE && this.#count > PAGE_SIZE && this.#count <= MOST_UNPAGED;
    const whole = isUnpaged && !this.#isRefused ? await this.#unpaged(client, query, deadline) : undefined;
    const page = whole ?? (await pageOf(client, query, deadline));
    this.#count = page.count ?? 0;
    return page;
  }

  async #unpaged(
    client: ViasClient,
    query: BatchQuery,
    deadline: Deadline,
  ): Promise<Page<WireBatch> | undefined> {
    try {
      const page = await pageOf(client, { ...query, unpaged: true }, deadline);
      const read = page.tasks.length + (page.unreadable ?? 0);
      this.#isRefused = page.count !== undefined && read < page.count;
      // A round number may be a page after all, and `count` that of the page.
      return { ...page, full: this.#isRefused || isRound(read) };
    } catch (error) {
      if (failureKind(error) !== "invalid") throw error;
      this.#isRefused = true;
      return undefined;
    }
  }
}
