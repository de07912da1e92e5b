/** Finding batches: no call shows one, so all that is known of them comes from lists. */
import type { ViasClient, WireBatch } from "../../api/vias";
import type { Clock } from "../../common/clock";
import type { Deadline } from "../../common/deadline";
import type { Sighting } from "../../lifecycle/resource";
import { TaskReader } from "../../lifecycle/task-reader";
import { ProofScan, scanTasks, type Page, type Scan } from "../../lifecycle/task-scan";

/** Complete scans of all batches that prove, with a query by name, that one is gone (design section 4). */
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
    const among = ({ tasks }: Scan<WireBatch>): WireBatch | undefined =>
      tasks.find((batch) => batch.id === batchId);
    const named = name === undefined ? undefined : among(await this.named(client, name, deadline));
    if (named !== undefined) return named;
    for (let scans = 0; scans < PROOF_SCANS; scans += 1) {
      const found = among(await this.#proofs.run(deadline, () => scan(client, deadline)));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The same for a read, which shares pages with others where that is cheaper than a query by name for each. */
  read(
    client: ViasClient,
    batchId: string,
    name: string | undefined,
    deadline: Deadline,
  ): Promise<Sighting<WireBatch>> {
    return this.#reads.read(batchId, deadline, {
      page: (_, pages, budget) => pageOf(client, pages, undefined, budget),
      fromList: (batch) => batch,
      show: () => this.find(client, batchId, name, deadline),
    });
  }

  /** Runs a call that changes batches. */
  write<R>(batchIds: readonly string[], call: () => Promise<R>): Promise<R> {
    return this.#reads.write(batchIds, call);
  }
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
