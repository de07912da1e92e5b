import assert from "node:assert/strict";
import type { ReadTask } from "../../provider/core/contract";
import { requestError } from "../support/fake-service";
import { countPages, hideIds, idOf, numbers, PAGE, Service, type Task } from "../support/listed-service";

/** Creates at the same time, by default in the engine. */
const WAVE = 16;

/** Newest first, as the services list. */
function newestFirst(service: Service): void {
  service.page = (offset) => {
    const all = [...service.tasks.values()].reverse();
    const tasks = all.slice(offset, offset + 2 * WAVE);
    return Promise.resolve({ tasks, count: all.length, full: tasks.length === 2 * WAVE });
  };
}

const makeAndLook = async (service: Service, index: number): Promise<ReadTask<Task>> => {
  await service.make(index);
  return service.look(index);
};
const removeAndLook = async (service: Service, index: number, stays = false): Promise<ReadTask<Task>> => {
  await service.remove(index, stays);
  return service.look(index);
};

describe("shared waits: what they cost", () => {
  it("one show where nobody else waits, one after the other as well", async () => {
    const service = new Service(0);
    newestFirst(service);
    for (const index of numbers(0, 100)) {
      const { task, source } = await makeAndLook(service, index);
      assert.deepEqual([task?.id, source], [idOf(index), "show"]);
    }
    assert.deepEqual([service.pages, service.shows], [0, 100]);
  });

  it("a page for each wave of 1,000 creates", async () => {
    const service = new Service(0);
    newestFirst(service);
    for (let from = 0; from < 1000; from += WAVE) {
      const indices = numbers(from, Math.min(1000, from + WAVE));
      const found = await Promise.all(indices.map((index) => makeAndLook(service, index)));
      assert.ok(found.every(({ task }, at) => task?.id === idOf(from + at)));
    }
    assert.equal(service.shows, 0);
    assert.ok(service.pages <= Math.ceil(1000 / WAVE), String(service.pages));
  });

  it("a page and the shows where the list is long and has them last", async () => {
    const service = new Service(1000);
    await Promise.all(numbers(1000, 1000 + WAVE).map((index) => makeAndLook(service, index)));
    assert.deepEqual([service.pages, service.shows], [1, WAVE]);
  });

  it("the pages of a complete list for a wave of deletes", async () => {
    const service = new Service(50);
    const found = await Promise.all(numbers(0, WAVE).map((index) => removeAndLook(service, index)));
    assert.ok(found.every(({ task, source }) => task === undefined && source === "list"));
    assert.deepEqual([service.pages, service.shows], [4, 0]);
  });

  it("no more lists for many who wait than for one", async () => {
    const service = new Service(PAGE - 1);
    await Promise.all(numbers(0, 8).map((index) => removeAndLook(service, index, true)));
    assert.equal(service.pages, 1);
    // One after the other, as pauses of different lengths end.
    for (let round = 0; round < 10; round += 1) {
      for (const index of numbers(0, 8)) await service.look(index);
    }
    // Besides, the fourth and the eighth look at each are shows.
    assert.ok(service.calls <= 12 + 2 * 8, String(service.calls));
  });

  it("a show for each look, and one page, of those who look in turns where the list has several pages", async () => {
    const service = new Service(3 * PAGE - 1);
    const last = numbers(3 * PAGE - 9, 3 * PAGE - 1);
    for (const index of last) await removeAndLook(service, index, true);
    service.forget();
    for (let round = 0; round < 10; round += 1) for (const index of last) await service.look(index);
    assert.deepEqual([service.pages, service.shows], [1, 80]);
  });
});

describe("shared waits: what they show", () => {
  it("what is there after the own write, also where a list was under way", async () => {
    const service = new Service(5);
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    service.page = async (offset) => {
      const page = service.pageOf(offset);
      if (service.pages === 1) await opened;
      return page;
    };
    const first = Promise.all([removeAndLook(service, 0), removeAndLook(service, 1)]);
    while (service.pages === 0) await Promise.resolve();
    const later = Promise.all([makeAndLook(service, 7), makeAndLook(service, 8)]);
    for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
    open();
    assert.ok((await first).every(({ task }) => task === undefined));
    assert.deepEqual(
      (await later).map(({ task, source }) => [task?.id, source]),
      [
        [idOf(7), "list"],
        [idOf(8), "list"],
      ],
    );
    assert.deepEqual([service.pages, service.shows], [2, 0]);
  });

  it("news with every look", async () => {
    const service = new Service(5);
    for (const version of [0, 1, 2, 3]) {
      const found = await Promise.all([0, 1, 2].map((index) => service.look(index)));
      assert.deepEqual(
        found.map(({ task }) => task?.version),
        [version, version, version],
      );
      for (const index of [0, 1, 2]) service.change(idOf(index));
    }
    // The fourth is a show: a list might go on to lag behind.
    assert.deepEqual([service.pages, service.shows], [3, 3]);
  });

  it("what is gone although a list goes on to show it", async () => {
    const service = new Service(5);
    const stale = service.pageOf(0);
    service.page = () => Promise.resolve(stale);
    const first = await Promise.all([0, 1, 2].map((index) => removeAndLook(service, index)));
    assert.ok(first.every(({ task, source }) => task !== undefined && source === "list"));
    const looks: ReadTask<Task>[] = [];
    for (let round = 0; round < 3; round += 1) {
      looks.push(...(await Promise.all([0, 1, 2].map((index) => service.look(index)))));
    }
    assert.deepEqual(
      looks.slice(-3).map(({ task, source }) => [task, source]),
      [0, 1, 2].map(() => [undefined, "show"]),
    );
  });

  it("by shows what this process started, stopped or updated", async () => {
    const service = new Service(5);
    await Promise.all([0, 1, 2].map((index) => service.write(idOf(index))));
    const found = await Promise.all([0, 1, 2].map((index) => service.look(index)));
    assert.ok(found.every(({ source }) => source === "show"));
  });

  const incomplete: Readonly<Record<string, (service: Service) => void>> = {
    "has no count": (service) => {
      service.page = (offset) => {
        const { tasks, full } = service.pageOf(offset);
        return Promise.resolve({ tasks, full });
      };
    },
    "has another count": (service) => {
      service.page = (offset) =>
        Promise.resolve({ ...service.pageOf(offset), count: service.tasks.size + 1 });
    },
    "counts the page only": countPages,
    "has entries without an id": hideIds,
    "lost a task between two pages": (service) => {
      service.page = (offset) => {
        const page = service.pageOf(offset);
        if (offset === 0) service.tasks.delete(idOf(7));
        return Promise.resolve(page);
      };
    },
  };
  for (const [title, prepare] of Object.entries(incomplete)) {
    it(`nothing is gone by a list that ${title}`, async () => {
      const service = new Service(20);
      prepare(service);
      const found = await Promise.all(numbers(0, 6).map((index) => removeAndLook(service, index)));
      assert.ok(found.every(({ task, source }) => task === undefined && source === "show"));
      assert.equal(service.shows, 6);
    });
  }

  it("nothing is gone by several pages between which this process wrote", async () => {
    const service = new Service(30);
    service.page = async (offset) => {
      const page = service.pageOf(offset);
      if (offset === 0) await service.write(idOf(29));
      return page;
    };
    const found = await Promise.all(numbers(0, 8).map((index) => removeAndLook(service, index)));
    assert.ok(found.every(({ source }) => source === "show"));
  });

  it("every task by shows where the list gets no answer in time, for which those who wait do not wait one after the other", async () => {
    const service = new Service(0);
    service.page = () => Promise.reject(requestError("timeout"));
    const found = await Promise.all(numbers(0, WAVE).map((index) => makeAndLook(service, index)));
    assert.ok(found.every(({ task }) => task !== undefined));
    assert.deepEqual([service.pages, service.shows], [1, WAVE]);
  });

  it("every task by shows where the list fails, which is not asked for again at once", async () => {
    const service = new Service(0);
    service.page = () => Promise.reject(requestError("forbidden"));
    for (const from of [0, WAVE]) {
      const found = await Promise.all(numbers(from, from + WAVE).map((index) => makeAndLook(service, index)));
      assert.ok(found.every(({ task }) => task !== undefined));
    }
    assert.deepEqual([service.pages, service.shows], [1, 2 * WAVE]);
  });
});
