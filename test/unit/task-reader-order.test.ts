import assert from "node:assert/strict";
import fc from "fast-check";
import { VideoAnalysisError } from "../../provider/common/errors";
import type { TaskSource } from "../../provider/services/paging/task-reader";
import { requestError } from "../support/fake-service";
import { idOf, Service, type Task } from "../support/listed-service";
import { RUNS } from "../support/tier";

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

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
    const first = service.read(0, service.clock.deadline(60_000, stop.signal));
    const others = service.wave(1, 10);
    await listing;
    stop.abort();
    await assert.rejects(first, /TIMEOUT.*interrupted/);
    assert.ok((await others).every(({ source }) => source === "list"));
  });

  it("a list that hangs leaves time for the shows", async () => {
    const service = new Service(20);
    service.page = () => new Promise(() => undefined);
    const reads = await Promise.all(
      [0, 1, 2].map((index) => service.read(index, service.clock.deadline(200))),
    );
    assert.ok(reads.every(({ task, source }) => task !== undefined && source === "show"));
  });
});

describe("shared reads and writes", () => {
  it("a write ends the list: its task is shown from then on, others are read anew", async () => {
    const service = new Service(20);
    await service.wave(0, 5);
    await service.write("task-6");
    service.change("task-7");
    const reads = await service.wave(5, 10);
    assert.deepEqual(
      reads.map(({ task, source }) => [task?.version, source]),
      [
        [0, "list"],
        [1, "show"],
        [1, "list"],
        [0, "list"],
        [0, "list"],
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
    const reads = await wave;
    assert.ok(reads.every(({ source }) => source === "show"));
    assert.equal(reads[1]?.task?.version, 1);
    assert.equal(service.pages, 1);
  });

  it("whatever the order of events, no read shows less than the last own write before it", async () => {
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
            const { task } = await service.reader.read(id, service.clock.deadline(), source(id, lag));
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
      { numRuns: 3 * RUNS },
    );
  });
});
