import assert from "node:assert/strict";
import type { FailureClass } from "../../provider/common/errors";
import { TaskPageSize } from "../../provider/services/api/task-page-size";
import type { TaskPage } from "../../provider/services/api/tasks-client";
import { TaskReader } from "../../provider/services/paging/task-reader";
import { readPages } from "../../provider/services/paging/task-pages";
import { scanTasks } from "../../provider/services/paging/task-scan";
import { FakeClock } from "../support/fake-clock";
import { requestError } from "../support/fake-service";

interface Task {
  readonly id: string;
}

interface Service {
  /** Most tasks of an answer. */
  readonly most?: number;
  /** Larger limits are refused, or else answered with fewer tasks. */
  readonly refusal?: FailureClass;
  /** `count` is that of the page. */
  readonly countsPage?: boolean;
}

/** A list of so many tasks, asked through one page size. */
class List {
  limits: number[] = [];
  readonly #size = new TaskPageSize();

  constructor(
    readonly length: number,
    public service: Service = {},
  ) {}

  readonly page = (offset: number): Promise<TaskPage<Task>> =>
    this.#size.use(offset, (limit) => this.#ask(offset, limit));

  async scan(): Promise<number> {
    this.limits = [];
    return (await scanTasks(this.page)).tasks.length;
  }

  #ask(offset: number, limit: number): Promise<TaskPage<Task>> {
    this.limits.push(limit);
    const { most = 1000, refusal, countsPage = false } = this.service;
    if (refusal !== undefined && limit > most) return Promise.reject(requestError(refusal, "none"));
    const length = Math.max(0, Math.min(limit, most, this.length - offset));
    const tasks = Array.from({ length }, (_, index) => ({ id: `task-${offset + index}` }));
    const count = countsPage ? length : this.length;
    return Promise.resolve({ tasks, count, unreadable: 0, full: length >= limit });
  }
}

describe("the page size of ModelArts", () => {
  it("is the documented one for lists of few pages", async () => {
    for (const [length, pages] of [
      [0, 1],
      [1, 1],
      [99, 1],
      [199, 2],
    ] as const) {
      const list = new List(length, { most: 100, refusal: "invalid" });
      assert.equal(await list.scan(), length);
      assert.deepEqual(
        list.limits,
        Array.from({ length: pages }, () => 100),
      );
    }
  });

  it("is the larger one where the count leaves more than one page, and for later lists", async () => {
    const list = new List(949);
    assert.equal(await list.scan(), 949);
    assert.deepEqual(list.limits, [100, 1000]);
    assert.equal(await list.scan(), 949);
    assert.deepEqual(list.limits, [1000]);
  });

  for (const refusal of ["invalid", "server", "gateway-timeout", "malformed"] as const) {
    it(`is the documented one for good where a larger one is refused, or too large (${refusal})`, async () => {
      const list = new List(349, { most: 100, refusal });
      assert.equal(await list.scan(), 349);
      assert.deepEqual(list.limits, [100, 1000, 100, 100, 100]);
      assert.equal(await list.scan(), 349);
      assert.deepEqual(list.limits, [100, 100, 100, 100]);
    });
  }

  it("is the larger one from the third page on where `count` is that of the page", async () => {
    const list = new List(949, { countsPage: true });
    await readPages(list.page, new FakeClock().deadline(), () => Infinity);
    assert.deepEqual(list.limits.slice(0, 3), [100, 100, 1000]);
  });

  it("makes a long list worth it for fewer", async () => {
    const pages = await readPages(new List(949).page, new FakeClock().deadline(), () => 2);
    assert.deepEqual([pages.cost, pages.isComplete], [2, true]);
    const refused = new List(949, { most: 100, refusal: "invalid" });
    const broken = await readPages(refused.page, new FakeClock().deadline(), () => 2);
    assert.deepEqual([broken.cost, broken.isComplete], [10, false]);
    assert.deepEqual(refused.limits, [100, 1000, 100]);
  });

  it("is the documented one for good where a service answers fewer tasks than it has", async () => {
    const list = new List(499, { most: 150 });
    assert.equal(await list.scan(), 499);
    assert.equal(await list.scan(), 499);
    assert.deepEqual(list.limits, [100, 100, 100, 100, 100]);
  });

  it("loses no task where, besides, `count` is that of the page", async () => {
    for (const most of [100, 128, 200, 333, 500, 1000]) {
      for (const length of [0, 99, 100, 250, 433, 500, 999, 1000, 1301]) {
        const list = new List(length, { most, countsPage: true });
        for (let round = 0; round < 3; round += 1) {
          let found = new Set<string>();
          // No scan adds up to such a count, so that only what it ends with is looked at.
          const page = async (offset: number): Promise<TaskPage<Task>> => {
            if (offset === 0) found = new Set();
            const answer = await list.page(offset);
            for (const { id } of answer.tasks) found.add(id);
            return answer;
          };
          await scanTasks(page).catch(() => undefined);
          assert.equal(found.size, length, `${length} tasks by ${most}`);
          const deadline = new FakeClock().deadline();
          const pages = await readPages(list.page, deadline, () => Infinity);
          assert.ok(!pages.isComplete || pages.tasks.size === length, `${length} tasks by ${most}`);
        }
      }
    }
  });

  it("costs reads two calls where the larger one is refused, and then the shows", async () => {
    for (const refusal of ["invalid", undefined] as const) {
      const list = new List(5000, { most: 100, ...(refusal === undefined ? {} : { refusal }) });
      const clock = new FakeClock();
      const reader = new TaskReader<Task>(clock);
      let shows = 0;
      const source = {
        page: list.page,
        fromList: (task: Task) => task,
        show: () => Promise.resolve(void (shows += 1)),
      };
      const last = Array.from({ length: 16 }, (_, index) => `task-${4999 - index}`);
      await Promise.all(last.map((id) => reader.read(id, clock.deadline(), source)));
      assert.deepEqual([list.limits, shows], [refusal === undefined ? [100, 1000] : [100, 1000, 100], 16]);
    }
  });

  it("is tried again after an outage, which refuses every size", async () => {
    const list = new List(949);
    await list.page(0);
    list.service = { most: 0, refusal: "server" };
    await assert.rejects(list.page(0), { message: /server/ });
    list.service = { most: 1000, refusal: "server" };
    list.limits = [];
    await list.page(0);
    assert.deepEqual(list.limits, [1000]);
  });

  it("passes other failures on", async () => {
    const list = new List(1000);
    await list.scan();
    const size = new TaskPageSize();
    for (const offset of [0, 100]) await size.use(offset, () => list.page(0));
    for (const kind of ["server", "throttled"] as const) {
      await assert.rejects(
        size.use(0, () => Promise.reject(requestError(kind))),
        { message: new RegExp(kind) },
      );
    }
  });
});
