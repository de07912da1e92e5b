import assert from "node:assert/strict";
import { requestError } from "../support/fake-service";
import { countPages, hideIds, idOf, PAGE, Service, type Task } from "../support/listed-service";

/** Creates at the same time, by default in the engine. */
const WAVE = 16;

const wave = (service: Service, count = WAVE): Promise<(readonly Task[] | undefined)[]> =>
  Promise.all(Array.from({ length: count }, () => service.names()));

const has = (tasks: readonly Task[] | undefined, index: number): boolean =>
  tasks?.some(({ id }) => id === idOf(index)) === true;

/** A list whose first page is held back until it is opened. */
function holdFirstPage(service: Service): () => void {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  service.page = async (offset) => {
    const page = service.pageOf(offset);
    if (service.pages === 1) await opened;
    return page;
  };
  return open;
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
}

describe("looks by name", () => {
  it("are a query for one create, one after the other as well", async () => {
    for (const size of [0, 1000]) {
      const service = new Service(size);
      for (let index = 0; index < 3; index += 1) assert.equal(await service.names(), undefined);
      assert.deepEqual([service.pages, service.shows], [0, 3]);
    }
  });

  it("share a list with all who look at the same time", async () => {
    const service = new Service(5);
    const found = await wave(service);
    assert.ok(found.every((tasks) => tasks?.length === 5));
    assert.deepEqual([service.pages, service.shows], [1, 0]);
  });

  it("keep a list for a few seconds, and see what others made before the next one", async () => {
    const service = new Service(5);
    for (const index of [5, 6, 7]) {
      service.change(idOf(index));
      for (const ms of [0, 4900]) {
        service.clock.pass(ms);
        assert.ok((await wave(service)).every((tasks) => has(tasks, index)));
      }
      service.clock.pass(100);
    }
    assert.deepEqual([service.pages, service.shows], [3, 0]);
  });

  it("take the list that tasks were waited for with", async () => {
    const service = new Service(5);
    await Promise.all([5, 6, 7].map((index) => service.make(index)));
    await Promise.all([5, 6, 7].map((index) => service.look(index)));
    assert.ok(has(await service.names(), 7));
    assert.deepEqual([service.pages, service.shows], [1, 0]);
  });

  const changes: Readonly<Record<string, (service: Service) => Promise<unknown>>> = {
    "changed a task": (service) => service.write(idOf(1)),
    "has lost the answer of a create": (service) =>
      assert.rejects(service.reader.write([], () => Promise.reject(new Error("lost")))),
  };
  for (const [title, change] of Object.entries(changes)) {
    it(`keep none after this process ${title}`, async () => {
      const service = new Service(5);
      await wave(service);
      await change(service);
      service.change(idOf(7));
      assert.ok((await wave(service)).every((tasks) => has(tasks, 7)));
      assert.deepEqual([service.pages, service.shows], [2, 0]);
    });
  }

  it("take none that was under way when they came", async () => {
    const service = new Service(5);
    const open = holdFirstPage(service);
    const first = wave(service, 4);
    while (service.pages === 0) await Promise.resolve();
    // Others make a task after the first list has passed its place.
    service.change(idOf(7));
    const later = wave(service, 4);
    await turns();
    open();
    await first;
    assert.ok((await later).every((tasks) => has(tasks, 7)));
    assert.deepEqual([service.pages, service.shows], [2, 0]);
  });

  it("share it with those who wait for tasks", async () => {
    const service = new Service(5);
    await Promise.all([5, 6, 7].map((index) => service.make(index)));
    const [names, seen] = await Promise.all([
      wave(service, 4),
      Promise.all([5, 6, 7].map((index) => service.look(index))),
    ]);
    assert.ok(names.every((tasks) => has(tasks, 7)));
    assert.ok(seen.every(({ source }) => source === "list"));
    assert.deepEqual([service.pages, service.shows], [1, 0]);
  });

  it("are a page and the queries where the list is long, and only queries from then on", async () => {
    const service = new Service(1000);
    await wave(service, 8);
    await wave(service, 8);
    assert.deepEqual([service.pages, service.shows], [1, 16]);
  });

  it("take several pages where these are fewer than the queries", async () => {
    const service = new Service(2 * PAGE + 1);
    const found = await wave(service);
    assert.ok(found.every((tasks) => tasks?.length === 2 * PAGE + 1));
    assert.deepEqual([service.pages, service.shows], [3, 0]);
  });

  it("take none between whose pages this process wrote", async () => {
    const service = new Service(2 * PAGE + 1);
    service.page = async (offset) => {
      const page = service.pageOf(offset);
      if (offset === 0) await service.write(idOf(1));
      return page;
    };
    assert.ok((await wave(service)).every((tasks) => tasks === undefined));
  });

  const unusable: Readonly<Record<string, (service: Service) => void>> = {
    "has another count": (service) => {
      service.page = (offset) => Promise.resolve({ ...service.pageOf(offset), count: 7 });
    },
    "counts the page only": countPages,
    "leaves entries out": (service) => {
      service.page = (offset) => {
        const page = service.pageOf(offset);
        return Promise.resolve({ ...page, tasks: page.tasks.slice(1) });
      };
    },
    "repeats its first page": (service) => {
      service.page = () => Promise.resolve(service.pageOf(0));
    },
    "has entries without an id": hideIds,
    fails: (service) => {
      service.page = () => Promise.reject(requestError("forbidden"));
    },
  };
  for (const [title, prepare] of Object.entries(unusable)) {
    it(`are queries where the list ${title}, and stop to ask for it`, async () => {
      const service = new Service(PAGE + 2);
      prepare(service);
      for (let round = 0; round < 20; round += 1) {
        assert.ok((await wave(service)).every((tasks) => tasks === undefined));
      }
      assert.equal(service.shows, 20 * WAVE);
      // Three lists of up to three pages.
      assert.ok(service.pages <= 9, String(service.pages));
    });
  }

  it("ask for the list again a minute later", async () => {
    const service = new Service(5);
    service.page = () => Promise.reject(requestError("forbidden"));
    await wave(service);
    service.page = (offset) => Promise.resolve(service.pageOf(offset));
    service.clock.pass(61_000);
    assert.ok((await wave(service)).every((tasks) => tasks?.length === 5));
  });
});
