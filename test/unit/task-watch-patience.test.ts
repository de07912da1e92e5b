import assert from "node:assert/strict";
import type { ReadTask } from "../../provider/core/contract";
import { TaskReader } from "../../provider/services/paging/task-reader";
import { idOf, numbers, Service, type Task } from "../support/listed-service";
import { VirtualClock } from "../support/virtual-clock";

describe("shared waits, after many came one after the other", () => {
  it("show what is gone also where little time is left", async () => {
    const clock = new VirtualClock();
    const reader = new TaskReader<Task>(clock);
    const service = new Service(200);
    const remove = async (index: number, ms: number): Promise<ReadTask<Task>> => {
      const deadline = clock.deadline(ms);
      const id = idOf(index);
      const call = async (): Promise<void> => {
        await clock.wait(50);
        service.tasks.delete(id);
      };
      await reader.write([id], call, true);
      return reader.look(id, deadline, service.source(id));
    };
    await clock.run(async () => {
      const one = async (index: number): Promise<void> => {
        await clock.wait(100 * index);
        await remove(index, 600_000);
      };
      await Promise.all(numbers(0, 40).map(one));
      for (const index of numbers(100, 103)) {
        await clock.wait(300);
        assert.equal((await remove(index, 1000)).task, undefined);
      }
    });
  });

  it("show what is polled without a wait for others", async () => {
    const clock = new VirtualClock();
    const reader = new TaskReader<Task>(clock);
    const service = new Service(200);
    const look = (index: number): Promise<ReadTask<Task>> =>
      reader.look(idOf(index), clock.deadline(), service.source(idOf(index)));
    await clock.run(async () => {
      const once = async (index: number): Promise<void> => {
        await clock.wait(8 * index);
        await look(index);
      };
      await Promise.all(numbers(0, 40).map(once));
      await look(100);
      for (let round = 0; round < 20; round += 1) {
        await clock.wait(400);
        const before = clock.now();
        await look(100);
        assert.ok(clock.now() - before <= 10, String(clock.now() - before));
      }
    });
  });
});
