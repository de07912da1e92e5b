import assert from "node:assert/strict";
import type { FailureClass } from "../../provider/common/errors";
import type { Page } from "../../provider/services/paging/task-scan";
import { requestError } from "../support/fake-service";
import { idOf, PAGE, Service, type Task } from "../support/listed-service";

describe("shared reads: what they cost", () => {
  it("one call for one read, however many tasks there are", async () => {
    for (const size of [1, 5, 1000]) {
      const service = new Service(size);
      assert.deepEqual(await service.read(0), { task: { id: "task-0", version: 0 }, source: "show" });
      assert.deepEqual([service.pages, service.shows], [0, 1]);
    }
  });

  it("the pages of the list for a wave of reads, and nothing for the waves after it", async () => {
    const service = new Service(100);
    const reads = await service.wave(84, 100);
    assert.deepEqual([service.pages, service.shows], [10, 0]);
    assert.ok(reads.every(({ source }) => source === "list"));
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

  it("the list again when some seconds have passed without a read", async () => {
    const service = new Service(20);
    await service.wave(15, 20);
    assert.equal(service.pages, 2);
    service.change("task-6");
    service.clock.pass(4000);
    assert.equal((await service.read(5)).source, "list");
    service.clock.pass(4000);
    assert.equal((await service.read(6)).task?.version, 0);
    service.clock.pass(6000);
    service.change("task-7");
    assert.equal((await service.read(7)).task?.version, 1);
    await service.wave(8, 14);
    assert.equal(service.pages, 4);
  });

  it("one list for reads that follow each other for minutes, and then another", async () => {
    const service = new Service(100);
    await service.wave(80, 100);
    const { pages } = service;
    for (let index = 0; index < 40; index += 1) {
      service.clock.pass(4000);
      assert.equal((await service.read(index)).source, "list");
    }
    assert.deepEqual([service.pages, service.shows], [pages, 0]);
    service.change("task-40");
    for (let index = 0; index < 6; index += 1) service.clock.pass(4000);
    assert.equal((await service.read(40)).task?.version, 1);
  });

  it("nothing for the whole list where reads just had it and it adds up", async () => {
    const service = new Service(20);
    assert.equal((await service.all()).length, 20);
    await service.wave(0, 16);
    const { pages } = service;
    assert.equal((await service.all()).length, 20);
    assert.equal(service.pages, pages);
    service.change("task-1");
    service.clock.pass(6000);
    assert.equal((await service.all()).length, 20);
    assert.ok(service.pages > pages);
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

describe("shared reads: what they show", () => {
  it("a task that the list does not show is shown before it is missed", async () => {
    const service = new Service(20);
    service.page = (offset) =>
      Promise.resolve({ ...service.pageOf(offset), tasks: service.pageOf(offset).tasks.slice(1) });
    const reads = await service.wave(0, 21);
    assert.deepEqual(reads[0], { task: { id: "task-0", version: 0 }, source: "show" });
    assert.deepEqual(reads[20], { task: undefined, source: "show" });
    assert.ok(service.shows >= 2);
  });

  it("a task of which a show says more is shown every time", async () => {
    const service = new Service(20);
    service.fromList = (task) => (task.id === "task-3" ? undefined : task);
    const reads = await service.wave(0, 10);
    assert.deepEqual(
      reads.map(({ source }) => source === "list"),
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
      const reads = await service.wave(0, 20);
      assert.ok(reads.every(({ task }, index) => task?.id === idOf(index)));
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
    "timeout",
  ] as FailureClass[]) {
    it(`every task by shows where the list fails (${kind}), which is not asked for again at once`, async () => {
      const service = new Service(20);
      service.page = () => Promise.reject(requestError(kind));
      const reads = await service.wave(0, 10);
      assert.ok(reads.every(({ task }) => task !== undefined));
      assert.deepEqual([service.pages, service.shows], [1, 10]);
      await service.wave(10, 20);
      assert.deepEqual([service.pages, service.shows], [1, 20]);
      service.page = (offset) => Promise.resolve(service.pageOf(offset));
      service.clock.pass(61_000);
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
