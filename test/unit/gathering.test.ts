import assert from "node:assert/strict";
import { Gathering } from "../../provider/services/paging/gathering";
import { VirtualClock } from "../support/virtual-clock";

const RESOURCES = 400;

/** What an engine and a service take, in milliseconds, and how many operations run at a time. */
interface World {
  readonly parallel: number;
  /** To write the state, before and after each operation; one write after the other. */
  readonly step: number;
  /** For an answer. */
  readonly latency: number;
}

interface Outcome {
  readonly lists: number;
  readonly ms: number;
}

/** Operations that write and then look, or that only write. */
function operations({ parallel, step, latency }: World, looks = true): Promise<Outcome> {
  const clock = new VirtualClock();
  const gathering = new Gathering(clock);
  let state = Promise.resolve();
  const writeState = (): Promise<void> => (state = state.then(() => clock.wait(step)));
  let left = RESOURCES;
  let lists = 0;
  let listing: Promise<void> | undefined;
  const list = (): Promise<void> => {
    lists += 1;
    return clock.wait(latency);
  };
  const operate = async (): Promise<void> => {
    const write = gathering.beginWrite();
    await clock.wait(latency);
    gathering.endWrite(write);
    if (!looks) return;
    await gathering.join(clock.deadline());
    listing ??= list();
    const mine = listing;
    await Promise.resolve();
    listing = undefined;
    await mine;
  };
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await writeState();
      await operate();
      await writeState();
    }
  };
  return clock.run(async () => {
    await Promise.all(Array.from({ length: parallel }, worker));
    return { lists, ms: clock.now() };
  });
}

describe("gathering", () => {
  for (const parallel of [4, 8, 16]) {
    for (const step of [25, 50]) {
      it(`lists once for most of ${parallel} that an engine begins one after the other, every ${step} ms`, async () => {
        const { lists, ms } = await operations({ parallel, step, latency: 5 });
        assert.ok(lists <= (1.7 * RESOURCES) / parallel + 20, `${lists} lists`);
        const least = 2 * step * RESOURCES;
        assert.ok(ms <= 1.15 * least, `${ms} of ${least} ms`);
      });
    }
  }

  for (const parallel of [4, 16]) {
    it(`lists once for ${parallel} that come at the same time`, async () => {
      const { lists } = await operations({ parallel, step: 0, latency: 50 });
      assert.ok(lists <= RESOURCES / parallel + 4, `${lists} lists`);
    });
  }

  it("takes little more time than without, where calls take longer than the steps of the engine", async () => {
    for (const parallel of [8, 16]) {
      const world = { parallel, step: 12, latency: 50 };
      const [ours, without] = [await operations(world), await operations(world, false)];
      assert.ok(ours.ms <= 1.5 * without.ms, `${ours.ms} and ${without.ms} ms`);
      assert.ok(ours.lists <= RESOURCES / 3, `${ours.lists} lists`);
    }
  });

  it("does not hold up those who come alone", async () => {
    for (const step of [20, 200, 2000]) {
      const { lists, ms } = await operations({ parallel: 1, step, latency: 5 });
      assert.equal(lists, RESOURCES);
      const least = RESOURCES * (2 * step + 2 * 5);
      const held = ms - least - RESOURCES * 10;
      // Four of them wait for a second one.
      assert.ok(held <= 4 * 1000, `${held} ms`);
      assert.ok(step < 1000 || held === 0, `${held} ms`);
    }
  });

  it("holds up the first eight by ten milliseconds each", async () => {
    const clock = new VirtualClock();
    const gathering = new Gathering(clock);
    await clock.run(async () => {
      for (let index = 0; index < 8; index += 1) {
        await clock.wait(100);
        const before = clock.now();
        await gathering.join(clock.deadline());
        assert.equal(clock.now() - before, 10);
      }
    });
  });

  it("never holds up for more than three seconds, however many came at once before", async () => {
    const clock = new VirtualClock();
    const gathering = new Gathering(clock);
    const joined = async (): Promise<number> => {
      const before = clock.now();
      await gathering.join(clock.deadline());
      return clock.now() - before;
    };
    await clock.run(async () => {
      const burst = Array.from({ length: 40 }, async (_, index) => {
        await clock.wait(4 * index);
        await joined();
      });
      await Promise.all(burst);
      const later: Promise<number>[] = [];
      for (let index = 0; index < 100; index += 1) {
        await clock.wait(400);
        later.push(joined());
      }
      const held = await Promise.all(later);
      assert.ok(Math.max(...held) <= 3010, String(held));
    });
  });

  it("does not wait where a list is not worth it for as many as can come", async () => {
    const clock = new VirtualClock();
    const gathering = new Gathering(clock);
    await clock.run(async () => {
      const join = async (index: number): Promise<void> => {
        await clock.wait(index);
        await gathering.join(clock.deadline());
      };
      for (let wave = 0; wave < 4; wave += 1) await Promise.all([0, 1, 2, 3].map(join));
      const before = clock.now();
      await gathering.join(clock.deadline(), Infinity);
      assert.equal(clock.now() - before, 10);
    });
  });

  it("waits for the writes that begin meanwhile only where the list has several pages", async () => {
    for (const [cost, ms] of [
      [1, 10],
      [3, 40],
    ] as const) {
      const clock = new VirtualClock();
      const gathering = new Gathering(clock);
      await clock.run(async () => {
        const joined = gathering.join(clock.deadline(), cost);
        const write = gathering.beginWrite();
        void clock.wait(35).then(() => gathering.endWrite(write));
        await joined;
        assert.equal(clock.now(), ms);
      });
    }
  });

  it("ends with the deadline of the first", async () => {
    const clock = new VirtualClock();
    const gathering = new Gathering(clock);
    gathering.beginWrite();
    await clock.run(() => gathering.join(clock.deadline(40)));
    assert.equal(clock.now(), 40);
  });
});
