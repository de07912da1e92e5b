import assert from "node:assert/strict";
import fc from "fast-check";
import { Deadline } from "../../provider/common/deadline";
import { VideoAnalysisError, type FailureClass } from "../../provider/common/errors";
import { type Sighting, TaskReader, type TaskSource } from "../../provider/lifecycle/task-reader";
import type { Page } from "../../provider/lifecycle/task-scan";
import { requestError } from "../support/fake-service";
import { virtualTime } from "../support/virtual-time";

interface Task {
  readonly id: string;
  readonly version: number;
}

const PAGE = 10;
const idOf = (index: number): string => `task-${index}`;
const deadline = (ms = 60_000, signal = new AbortController().signal): Deadline =>
  new Deadline("read of a task", ms, signal);
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A service of so many tasks, which counts its calls. */
class Service {
  readonly tasks = new Map<string, Task>();
  readonly reader = new TaskReader<Task>();
  pages = 0;
  shows = 0;
  /** What a list tells, where that is not what there is. */
  page = (offset: number): Promise<Page<Task>> => Promise.resolve(this.pageOf(offset));
  fromList = (task: Task): Task | undefined => task;

  constructor(readonly size: number) {
    for (let index = 0; index < size; index += 1)
      this.tasks.set(idOf(index), { id: idOf(index), version: 0 });
  }

  get calls(): number {
    return this.pages + this.shows;
  }

  pageOf(offset: number): Page<Task> {
    const tasks = [...this.tasks.values()].slice(offset, offset + PAGE);
    return { tasks, count: this.tasks.size, full: tasks.length === PAGE };
  }

  change(id: string): void {
    this.tasks.set(id, { id, version: (this.tasks.get(id)?.version ?? 0) + 1 });
  }

  /** A change that this process makes. */
  write(id: string, what = id): Promise<void> {
    return this.reader.write([id], () => {
      this.change(what);
      return Promise.resolve();
    });
  }

  source(id: string): TaskSource<Task, Task> {
    return {
      page: (offset) => {
        this.pages += 1;
        return this.page(offset);
      },
      fromList: (task) => this.fromList(task),
      show: () => {
        this.shows += 1;
        return Promise.resolve(this.tasks.get(id));
      },
    };
  }

  read(index: number, end = deadline()): Promise<Sighting<Task>> {
    return this.reader.read(idOf(index), end, this.source(idOf(index)));
  }

  /** Reads of tasks `from` up to, not including, `to` at the same time. */
  wave(from: number, to: number): Promise<Sighting<Task>[]> {
    return Promise.all(Array.from({ length: to - from }, (_, index) => this.read(from + index)));
  }

  forget(): void {
    this.pages = 0;
    this.shows = 0;
  }
}

describe("shared reads: what they cost", () => {
  const time = virtualTime();

  it("one call for one read, however many tasks there are", async () => {
    for (const size of [1, 5, 1000]) {
      const service = new Service(size);
      assert.deepEqual(await service.read(0), { task: { id: "task-0", version: 0 }, listed: false });
      assert.deepEqual([service.pages, service.shows], [0, 1]);
    }
  });

  it("the pages of the list for a wave of reads, and nothing for the waves after it", async () => {
    const service = new Service(100);
    const sightings = await service.wave(84, 100);
    assert.deepEqual([service.pages, service.shows], [10, 0]);
    assert.ok(sightings.every(({ listed }) => listed));
    for (let to = 84; to > 0; to -= 14) await service.wave(to - 14, to);
    assert.equal(service.calls, 10);
  });

  it("a page and the shows where the list is long", async () => {
    const service = new Service(1000);
    await service.wave(500, 505);
    assert.deepEqual([service.pages, service.shows], [1, 5]);
    await service.wave(505, 510);
    assert.deepEqual([service.pages, service.shows], [1, 10], "its length is known");
  });

  it("at most twice the list for reads that come one by one", async () => {
    const service = new Service(100);
    for (let index = 0; index < 100; index += 1) await service.read(99 - index);
    assert.ok(service.calls <= 21, String(service.calls));
  });

  for (const wave of [2, 4, 8, 16, 100]) {
    it(`at most twice the list in waves of ${wave}`, async () => {
      const service = new Service(100);
      for (let to = 100; to > 0; to -= wave) await service.wave(Math.max(0, to - wave), to);
      assert.ok(service.calls <= 21, String(service.calls));
    });
  }

  it("page one where most are on it", async () => {
    const service = new Service(100);
    await service.wave(0, 16);
    assert.deepEqual([service.pages, service.shows], [1, 6]);
  });

  it("the list again when some seconds have passed", async () => {
    const service = new Service(20);
    await service.wave(15, 20);
    assert.equal(service.pages, 2);
    service.change("task-6");
    time().pause(4000);
    assert.equal((await service.read(5)).listed, true);
    assert.equal((await service.read(6)).task?.version, 0);
    time().pause(2000);
    service.change("task-7");
    assert.equal((await service.read(7)).task?.version, 1);
    await service.wave(8, 14);
    assert.equal(service.pages, 4);
  });

  it("a show for a task that is read again, and a new list where many are", async () => {
    const service = new Service(20);
    await service.wave(0, 20);
    for (let index = 0; index < 20; index += 1) service.change(idOf(index));
    service.forget();
    assert.equal((await service.read(0)).task?.version, 1);
    assert.deepEqual([service.pages, service.shows], [0, 1]);
    const again = await service.wave(1, 20);
    assert.ok(again.every(({ task }) => task?.version === 1));
    assert.ok(service.calls <= 6, String(service.calls));
  });
});

describe("shared reads: what they tell", () => {
  const time = virtualTime();

  it("a task that the list does not show is shown before it is missed", async () => {
    const service = new Service(20);
    service.page = (offset) =>
      Promise.resolve({ ...service.pageOf(offset), tasks: service.pageOf(offset).tasks.slice(1) });
    const sightings = await service.wave(0, 21);
    assert.deepEqual(sightings[0], { task: { id: "task-0", version: 0 }, listed: false });
    assert.deepEqual(sightings[20], { task: undefined, listed: false });
    assert.ok(service.shows >= 2);
  });

  it("a task that a show tells more of is shown every time", async () => {
    const service = new Service(20);
    service.fromList = (task) => (task.id === "task-3" ? undefined : task);
    const sightings = await service.wave(0, 10);
    assert.deepEqual(
      sightings.map(({ listed }) => listed),
      Array.from({ length: 10 }, (_, index) => index !== 3),
    );
  });

  const LISTS: Readonly<Record<string, (service: Service, offset: number) => Page<Task>>> = {
    "counts too many": (service, offset) => ({ ...service.pageOf(offset), count: 25 }),
    "counts the page only": (service, offset) => ({ ...service.pageOf(offset), count: PAGE }),
    "counts nothing": (service, offset) => ({ ...service.pageOf(offset), count: 0 }),
    "has no count": (service, offset) => {
      const { tasks, full } = service.pageOf(offset);
      return { tasks, full };
    },
    "counts a million": (service, offset) => ({ ...service.pageOf(offset), count: 1_000_000 }),
    "begins anew on every page": (service) => service.pageOf(0),
    "is empty": () => ({ tasks: [], full: false }),
    "is empty and counts": () => ({ tasks: [], count: 20, full: false }),
  };
  for (const [title, list] of Object.entries(LISTS)) {
    it(`every task where the list ${title}`, async () => {
      const service = new Service(20);
      service.page = (offset) => Promise.resolve(list(service, offset));
      const sightings = await service.wave(0, 20);
      assert.ok(sightings.every(({ task }, index) => task?.id === idOf(index)));
      assert.ok(service.calls <= 24, String(service.calls));
    });
  }

  for (const kind of [
    "malformed",
    "throttled",
    "forbidden",
    "not-found",
    "invalid",
    "server",
  ] as FailureClass[]) {
    it(`every task by shows where the list fails (${kind}), which is not asked for again at once`, async () => {
      const service = new Service(20);
      service.page = () => Promise.reject(requestError(kind));
      const sightings = await service.wave(0, 10);
      assert.ok(sightings.every(({ task }) => task !== undefined));
      assert.deepEqual([service.pages, service.shows], [1, 10]);
      await service.wave(10, 20);
      assert.deepEqual([service.pages, service.shows], [1, 20]);
      service.page = (offset) => Promise.resolve(service.pageOf(offset));
      time().pause(61_000);
      await service.wave(0, 10);
      assert.ok(service.pages > 1);
    });
  }

  it("nothing where the credentials are refused", async () => {
    const service = new Service(20);
    service.page = () => Promise.reject(requestError("unauthenticated"));
    await assert.rejects(service.wave(0, 10), /unauthenticated/);
    assert.equal(service.shows, 0);
  });

  it("no mistake of the code as if it were one of the service", async () => {
    const service = new Service(20);
    service.page = () => Promise.reject(new TypeError("a mistake"));
    await assert.rejects(service.wave(0, 10), TypeError);
  });
});

describe("shared reads and deadlines", () => {
  it("those with time left go on where another's ended", async () => {
    const service = new Service(20);
    const stop = new AbortController();
    let asked: () => void = () => undefined;
    const listing = new Promise<void>((resolve) => (asked = resolve));
    service.page = (offset) => {
      if (service.pages > 1) return Promise.resolve(service.pageOf(offset));
      asked();
      return new Promise((_, reject) =>
        stop.signal.addEventListener("abort", () => reject(new VideoAnalysisError("TIMEOUT", "interrupted"))),
      );
    };
    const first = service.read(0, deadline(60_000, stop.signal));
    const others = service.wave(1, 10);
    await listing;
    stop.abort();
    await assert.rejects(first, /TIMEOUT.*interrupted/);
    assert.ok((await others).every(({ listed }) => listed));
  });

  it("a list that hangs leaves time for the shows", async () => {
    const service = new Service(20);
    service.page = () => new Promise(() => undefined);
    const sightings = await Promise.all([0, 1, 2].map((index) => service.read(index, deadline(200))));
    assert.ok(sightings.every(({ task, listed }) => task !== undefined && !listed));
  });
});

describe("shared reads and writes", () => {
  virtualTime();

  it("a write ends the list: its task is shown from then on, others are read anew", async () => {
    const service = new Service(20);
    await service.wave(0, 5);
    await service.write("task-6");
    service.change("task-7");
    const sightings = await service.wave(5, 10);
    assert.deepEqual(
      sightings.map(({ task, listed }) => [task?.version, listed]),
      [
        [0, true],
        [1, false],
        [1, true],
        [0, true],
        [0, true],
      ],
    );
  });

  it("a write that failed may have had its effect all the same", async () => {
    const service = new Service(20);
    await service.wave(0, 5);
    const write = service.reader.write(["task-6"], () => {
      service.change("task-6");
      return Promise.reject(requestError("connection"));
    });
    await assert.rejects(write);
    assert.equal((await service.read(6)).task?.version, 1);
  });

  it("a list that was under way when something was written serves nobody", async () => {
    const service = new Service(20);
    let finish: () => void = () => undefined;
    service.page = (offset) => {
      const page = service.pageOf(offset);
      return new Promise((resolve) => (finish = () => resolve(page)));
    };
    const wave = service.wave(0, 10);
    await turn();
    assert.equal(service.pages, 1);
    await service.write("task-20", "task-1");
    finish();
    const sightings = await wave;
    assert.ok(sightings.every(({ listed }) => !listed));
    assert.equal(sightings[1]?.task?.version, 1);
    assert.equal(service.pages, 1);
  });

  it("whatever the order of events, no read tells less than the last own write before it", async () => {
    const command = fc.record({
      what: fc.constantFrom("read", "read", "read", "write", "fail", "elsewhere", "wait"),
      index: fc.nat(5),
      lag: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(command, { maxLength: 25 }), async (scheduler, commands) => {
        const service = new Service(6);
        /** Versions after the last write of this process that has ended. */
        const ended = new Map<string, number>();
        const first = [...service.tasks.values()];
        const source = (id: string, lag: boolean): TaskSource<Task, Task> => ({
          page: async (offset) => {
            await scheduler.schedule(Promise.resolve());
            const page = service.pageOf(offset);
            const seen = lag ? { ...page, tasks: first.slice(1) } : page;
            await scheduler.schedule(Promise.resolve());
            return seen;
          },
          fromList: (task) => task,
          show: async () => {
            await scheduler.schedule(Promise.resolve());
            const seen = service.tasks.get(id);
            await scheduler.schedule(Promise.resolve());
            return seen;
          },
        });
        const run = async ({ what, index, lag }: (typeof commands)[number]): Promise<void> => {
          const id = idOf(index);
          if (what === "elsewhere") service.change(id);
          if (what === "read") {
            const least = ended.get(id) ?? 0;
            const { task } = await service.reader.read(id, deadline(), source(id, lag));
            assert.ok(task !== undefined, "no task is gone");
            assert.ok(task.version >= least, `${task.version} is older than ${least}`);
          }
          if (what !== "write" && what !== "fail") return;
          const write = service.reader.write([id], async () => {
            await scheduler.schedule(Promise.resolve());
            service.change(id);
            await scheduler.schedule(Promise.resolve());
            if (what === "fail") throw requestError("connection");
          });
          await write.catch(() => undefined);
          ended.set(id, service.tasks.get(id)?.version ?? 0);
        };
        const running: Promise<void>[] = [];
        for (const each of commands) {
          if (each.what === "wait") await scheduler.waitFor(Promise.all(running));
          else running.push(scheduler.schedule(Promise.resolve()).then(() => run(each)));
        }
        await scheduler.waitFor(Promise.all(running));
      }),
      { numRuns: 300 },
    );
  });
});
