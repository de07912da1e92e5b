/** Finding batches: no call shows one, so all that is known of them comes from lists. */
import type { ViasClient, WireBatch } from "../api/vias";
import type { Clock } from "../../common/clock";
import type { Deadline } from "../../common/deadline";
import { VideoAnalysisError } from "../../common/errors";
import { sameId } from "../../common/ids";
import type { ReadTask } from "../../core/contract";
import { TaskReader } from "../paging/task-reader";
import { ProofScan, scanTasks, type Page, type Scan } from "../paging/task-scan";

/** Complete scans that prove, with a query by name, that a batch is gone (docs/api-notes.md, "Gone"). */
const PROOF_SCANS = 2;

/** The lists that all operations in a project share. */
export class BatchLists {
  readonly #proofs = new ProofScan<WireBatch>();
  readonly #reads: TaskReader<WireBatch>;

  constructor(clock: Clock) {
    this.#reads = new TaskReader<WireBatch>(clock);
  }

  /** All batches with the text in their names. */
  named(client: ViasClient, name: string, deadline: Deadline): Promise<Scan<WireBatch>> {
    return scan(client, deadline, name);
  }

  /** All batches of the project. */
  all(client: ViasClient, deadline: Deadline): Promise<readonly WireBatch[]> {
    return this.#reads.all(async () => (await scan(client, deadline)).tasks);
  }

  /** @param name by which the service finds it without a scan; only a hint, for a batch may be renamed */
  async find(
    client: ViasClient,
    batchId: string,
    name: string | undefined,
    deadline: Deadline,
  ): Promise<WireBatch | undefined> {
    const among = ({ tasks }: Scan<WireBatch>): WireBatch | undefined => {
      const found = tasks.find((batch) => sameId(batch.id, batchId));
      return found && own(batchId, found);
    };
    const named = name === undefined ? undefined : among(await this.named(client, name, deadline));
    if (named !== undefined) return named;
    for (let scans = 0; scans < PROOF_SCANS; scans += 1) {
      const all = await this.#proofs.run(deadline, () => scan(client, deadline));
      const found = among(all);
      if (found !== undefined) return found;
      if (all.unreadable > 0) throw unproved(batchId, all.unreadable);
    }
    return undefined;
  }

  /** The same for a read, which shares pages with others where that is cheaper than a query by name for each. */
  read(
    client: ViasClient,
    batchId: string,
    name: string | undefined,
    deadline: Deadline,
  ): Promise<ReadTask<WireBatch>> {
    return this.#reads.read(batchId, deadline, {
      page: (_, pages, budget) => pageOf(client, pages, undefined, budget),
      fromList: (batch) => own(batchId, batch),
      show: () => this.find(client, batchId, name, deadline),
    });
  }

  /** Runs a call that changes batches. */
  write<R>(batchIds: readonly string[], call: () => Promise<R>): Promise<R> {
    return this.#reads.write(batchIds, call);
  }
}

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
    `batch ${batchId} is not in the list of the batches, but ${unreadable} entries of it have no readable id, so it ` +
      "may still exist. Look at the list in the service's console, and try again.",
  );
}

function scan(client: ViasClient, deadline: Deadline, nameLike?: string): Promise<Scan<WireBatch>> {
  return scanTasks((_, pages) => pageOf(client, pages, nameLike, deadline), true);
}

async function pageOf(
  client: ViasClient,
  pages: number,
  nameLike: string | undefined,
  deadline: Deadline,
): Promise<Page<WireBatch>> {
  const { batches, ...page } = await client.listBatches({ page: pages + 1, nameLike }, deadline);
  return { ...page, tasks: batches };
}
