/** Lists that the operations on many batches share, against a service that counts its calls and pages as it likes. */
import assert from "node:assert/strict";
import type { PropertyMap } from "../../../provider/common/json";
import type { ReadTask } from "../../../provider/core/contract";
import { ViasClient } from "../../../provider/services/api/vias";
import { BatchLists } from "../../../provider/services/batch-task/batch-lists";
import { BatchTaskGateway } from "../../../provider/services/batch-task/gateway";
import { Transport } from "../../../provider/services/http/transport";
import { closeServices, CountingAuthenticator, type Received, type Reply, serve } from "../../http/support";
import { FakeClock } from "../../support/fake-clock";
import { batchArgs, group } from "./support";

/** Operations at the same time, by default in the engine. */
const WAVE = 16;

interface Batch {
  readonly id: string;
  readonly name: string;
  states: string[];
}

const json = (body: unknown, status = 200): Reply => ({ status, body });
const counted = (id: string, failed = 0): Reply =>
  json({ total_count: 1, failed_count: failed, succeed_count: 1 - failed, id, error_list: [] });

/** Batches of one source each, oldest first. */
class Vias {
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

const taskOf = (batchId: string, index = 0): string => `${batchId.replace("batch", "task")}-${index}`;

const clock = new FakeClock();

const argsOf = (index: number, more: PropertyMap = {}): PropertyMap =>
  batchArgs({
    name: `site-${index}`,
    batchInput: { videoSourceGroup: [group("group-north", `camera-${index}`)] },
    ...more,
  });

type Look = () => Promise<ReadTask>;

/** Operations of one run on a service. */
class Run {
  readonly #lists = new BatchLists(clock);

  private constructor(
    readonly vias: Vias,
    readonly endpoint: string,
  ) {}

  static async of(vias: Vias): Promise<Run> {
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

const wave = <T>(act: (index: number) => Promise<T>, from = 0, count = WAVE): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => act(from + index)));

const lookAll = (looks: readonly Look[]): Promise<ReadTask[]> => Promise.all(looks.map((look) => look()));

describe("batches that share lists", () => {
  afterEach(() => closeServices());

  describe("when names are looked for", () => {
    it("one list serves all who look at the same time, and finds the one that holds a name", async () => {
      const run = await Run.of(new Vias(3));
      const found = await wave((index) => run.find(index));
      assert.deepEqual(
        found.map((tasks) => tasks.map(({ id }) => id)).filter((ids) => ids.length > 0),
        [["batch-0"], ["batch-1"], ["batch-2"]],
      );
      assert.deepEqual([run.vias.count(/^batches$/), run.vias.count(/^named$/)], [1, 0]);
    });

    it("one by itself is a query", async () => {
      const run = await Run.of(new Vias(3));
      assert.equal((await run.find(1)).length, 1);
      assert.deepEqual([run.vias.count(/^batches$/), run.vias.count(/^named$/)], [0, 1]);
    });
  });

  describe("when they are made", () => {
    it("one list shows those of a wave; each needs its sub-tasks and a detail", async () => {
      const run = await Run.of(new Vias(0));
      const made = await lookAll(await wave((index) => run.create(index)));
      assert.ok(made.every(({ task }) => task?.parts?.length === 1));
      const { vias } = run;
      assert.deepEqual(
        [vias.count(/^batches$/), vias.count(/^named$/), vias.calls.length],
        [1, 0, 1 + 3 * WAVE],
      );
    });

    it("a wait asks for nothing else while no sub-task has moved, and now and then all the same", async () => {
      const run = await Run.of(new Vias(0));
      const looks = await wave((index) => run.create(index));
      const look = (): Promise<ReadTask[]> => lookAll(looks);
      await look();
      run.vias.calls = [];
      const still = await look();
      assert.ok(still.every(({ source }) => source === "list"));
      assert.deepEqual([...run.vias.calls].sort(), ["batches", "tasks"]);
      for (const batch of run.vias.batches) batch.states = ["FAILED"];
      const moved = await look();
      assert.ok(moved.every(({ task, source }) => task?.state === "FAILED" && source === "show"));
      await look();
      run.vias.calls = [];
      await look();
      assert.equal(run.vias.count(/^details$/), WAVE);
    });

    it("a wait sees the schedule become active, which no list shows", async () => {
      const run = await Run.of(new Vias(0));
      const schedule = { type: "weekly", timezone: "+01:00", days_of_week: [1] };
      run.vias.scheduled = { schedule, schedule_status: "INACTIVATED" };
      const looks = await wave((index) => run.create(index));
      await lookAll(looks);
      run.vias.scheduled = { schedule, schedule_status: "ACTIVATED" };
      const found = await lookAll(looks);
      assert.deepEqual(
        found.map(({ task }) => task?.parts?.[0]?.scheduleStatus),
        found.map(() => "ACTIVATED"),
      );
    });
  });

  describe("when there are many", () => {
    it("the list is one answer once its length is known", async () => {
      const run = await Run.of(new Vias(310));
      await wave((index) => run.find(index));
      assert.deepEqual([run.vias.count(/^batches$/), run.vias.count(/^unpaged$/)], [1, 1]);
      assert.ok((await wave((index) => run.find(index))).every((tasks) => tasks.length === 1));
      assert.deepEqual([run.vias.count(/^batches$/), run.vias.count(/^unpaged$/)], [1, 2]);
    });

    for (const unpaged of ["refused", "page", "page that counts itself"] as const) {
      it(`no batch is lost where an answer without pages is (a) ${unpaged}`, async () => {
        const run = await Run.of(new Vias(410));
        run.vias.unpaged = unpaged;
        for (let round = 0; round < 4; round += 1) {
          // The oldest are on the last page.
          assert.ok((await wave((index) => run.find(index))).every((tasks) => tasks.length === 1));
        }
        for (let from = 0; from < 64; from += WAVE) {
          run.vias.listed = undefined;
          const all = [...run.vias.batches];
          run.vias.listed = () => all;
          const left = await lookAll(await wave((index) => run.remove(index), from));
          assert.ok(left.every(({ task }) => task !== undefined));
        }
      });
    }
  });

  describe("when they are deleted", () => {
    it("one list proves that those of a wave are gone", async () => {
      const run = await Run.of(new Vias(WAVE + 1));
      const left = await lookAll(await wave((index) => run.remove(index)));
      assert.ok(left.every(({ task, source }) => task === undefined && source === "list"));
      assert.equal(run.vias.calls.length, WAVE + 1);
    });

    it("one by itself takes one complete list", async () => {
      const run = await Run.of(new Vias(2));
      const look = await run.remove(0);
      assert.equal((await look()).task, undefined);
      assert.deepEqual(run.vias.calls, ["delete", "batches"]);
    });

    it("none is gone that a list still shows, and nothing else is asked for", async () => {
      const run = await Run.of(new Vias(WAVE));
      const all = [...run.vias.batches];
      run.vias.listed = () => all;
      const left = await lookAll(await wave((index) => run.remove(index)));
      assert.ok(left.every(({ task }) => task !== undefined));
      assert.equal(run.vias.calls.length, WAVE + 1);
    });

    it("one whose delete has failed in part is gone only by the query and two complete lists", async () => {
      const run = await Run.of(new Vias(1));
      run.vias.failed = 1;
      const look = await run.remove(0);
      assert.equal((await look()).task, undefined);
      assert.ok(run.vias.count(/^named$/) >= 1 && run.vias.count(/^batches$/) >= 2, run.vias.calls.join());
    });
  });

  describe("when they are read", () => {
    it("one list has all sub-tasks, and each batch needs a detail", async () => {
      const run = await Run.of(new Vias(WAVE));
      const read = await wave((index) => run.read(index));
      assert.deepEqual(
        read.map(({ task, source }) => [task?.parts?.map(({ id }) => id), source]),
        Array.from({ length: WAVE }, (_, index) => [[taskOf(`batch-${index}`)], "list"]),
      );
      const { vias } = run;
      assert.deepEqual([vias.count(/^batches$/), vias.count(/^tasks$/), vias.calls.length], [1, 1, 2 + WAVE]);
    });

    it("also where it has ids in another letter case", async () => {
      const run = await Run.of(new Vias(WAVE));
      run.vias.spell = (id) => id.toUpperCase();
      await wave((index) => run.read(index));
      assert.equal(run.vias.count(/^tasks of a batch$/), 0);
    });

    it("the batch's own list has those of a batch that has others than recorded, more, or some on their way out", async () => {
      const run = await Run.of(new Vias(WAVE));
      const [, more, leaving] = run.vias.batches as [Batch, Batch, Batch];
      more.states = ["RUNNING", "STOPPED"];
      leaving.states = ["DELETING"];
      const read = await wave((index) => run.read(index, index === 0 ? ["task-77-0"] : undefined));
      assert.equal(run.vias.count(/^tasks of a batch$/), 3);
      assert.deepEqual(
        read.slice(0, 2).map(({ task }) => task?.parts?.map(({ state }) => state)),
        [["RUNNING"], ["RUNNING", "STOPPED"]],
      );
    });

    it("the batches' own lists have them where the list of all tasks would be longer", async () => {
      const run = await Run.of(new Vias(24));
      for (const batch of run.vias.batches.slice(0, 20)) {
        batch.states = Array.from({ length: 1000 }, () => "RUNNING");
      }
      await wave((index) => run.read(index), 20, 4);
      assert.deepEqual([run.vias.count(/^tasks$/), run.vias.count(/^tasks of a batch$/)], [1, 4]);
    });

    it("one by itself has its own list", async () => {
      const run = await Run.of(new Vias(3));
      assert.equal((await run.read(1)).source, "show");
      assert.deepEqual(run.vias.calls, ["named", "tasks of a batch", "details"]);
    });
  });
});
