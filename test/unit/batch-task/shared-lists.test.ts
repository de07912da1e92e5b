/** Lists that the operations on many batches share. */
import assert from "node:assert/strict";
import { closeServices } from "../../http/support";
import type { ReadTask } from "../../../provider/core/contract";
import { type Batch, clock, lookAll, Run, taskOf, ViasFleet, wave, WAVE } from "./vias-fleet";

describe("batches that share lists", () => {
  afterEach(() => closeServices());

  describe("when names are looked for", () => {
    it("one list serves all who look at the same time, and finds the one that holds a name", async () => {
      const run = await Run.of(new ViasFleet(3));
      const found = await wave((index) => run.find(index));
      assert.deepEqual(
        found.map((tasks) => tasks.map(({ id }) => id)).filter((ids) => ids.length > 0),
        [["batch-0"], ["batch-1"], ["batch-2"]],
      );
      assert.deepEqual([run.vias.count(/^batches$/), run.vias.count(/^named$/)], [1, 3]);
    });

    it("one that others have renamed since the list holds its name no more", async () => {
      const run = await Run.of(new ViasFleet(3));
      await wave((index) => run.find(index));
      run.vias.batches = run.vias.batches.map((batch) => ({ ...batch, name: `${batch.name}-renamed` }));
      assert.ok((await wave((index) => run.find(index))).every((tasks) => tasks.length === 0));
      assert.equal(run.vias.count(/^batches$/), 1);
    });

    it("one by itself is a query", async () => {
      const run = await Run.of(new ViasFleet(3));
      assert.equal((await run.find(1)).length, 1);
      assert.deepEqual([run.vias.count(/^batches$/), run.vias.count(/^named$/)], [0, 1]);
    });
  });

  describe("when they are made", () => {
    it("one list shows those of a wave; each needs its sub-tasks and a detail", async () => {
      const run = await Run.of(new ViasFleet(0));
      const made = await lookAll(await wave((index) => run.create(index)));
      assert.ok(made.every(({ task }) => task?.parts?.length === 1));
      const { vias } = run;
      assert.deepEqual(
        [vias.count(/^batches$/), vias.count(/^named$/), vias.calls.length],
        [1, 0, 1 + 3 * WAVE],
      );
    });

    it("a wait asks for nothing else while no sub-task has moved, and now and then all the same", async () => {
      const run = await Run.of(new ViasFleet(0));
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
      const run = await Run.of(new ViasFleet(0));
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
      const run = await Run.of(new ViasFleet(310));
      await wave((index) => run.find(index));
      assert.deepEqual([run.vias.count(/^batches$/), run.vias.count(/^unpaged$/)], [1, 1]);
      clock.pass(5000);
      assert.ok((await wave((index) => run.find(index))).every((tasks) => tasks.length === 1));
      assert.deepEqual([run.vias.count(/^batches$/), run.vias.count(/^unpaged$/)], [1, 2]);
    });

    for (const unpaged of ["refused", "page", "page that counts itself"] as const) {
      it(`no batch is lost where an answer without pages is (a) ${unpaged}`, async () => {
        const run = await Run.of(new ViasFleet(410));
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
      const run = await Run.of(new ViasFleet(WAVE + 1));
      const left = await lookAll(await wave((index) => run.remove(index)));
      assert.ok(left.every(({ task, source }) => task === undefined && source === "list"));
      assert.equal(run.vias.calls.length, WAVE + 1);
    });

    it("one by itself takes one complete list", async () => {
      const run = await Run.of(new ViasFleet(2));
      const look = await run.remove(0);
      assert.equal((await look()).task, undefined);
      assert.deepEqual(run.vias.calls, ["delete", "batches"]);
    });

    it("none is gone that a list still shows, and nothing else is asked for", async () => {
      const run = await Run.of(new ViasFleet(WAVE));
      const all = [...run.vias.batches];
      run.vias.listed = () => all;
      const left = await lookAll(await wave((index) => run.remove(index)));
      assert.ok(left.every(({ task }) => task !== undefined));
      assert.equal(run.vias.calls.length, WAVE + 1);
    });

    it("one whose delete has failed in part is gone only by the query and two complete lists", async () => {
      const run = await Run.of(new ViasFleet(1));
      run.vias.failed = 1;
      const look = await run.remove(0);
      assert.equal((await look()).task, undefined);
      assert.ok(run.vias.count(/^named$/) >= 1 && run.vias.count(/^batches$/) >= 2, run.vias.calls.join());
    });
  });

  describe("when they are read", () => {
    it("one list has all sub-tasks, and each batch needs a detail", async () => {
      const run = await Run.of(new ViasFleet(WAVE));
      const read = await wave((index) => run.read(index));
      assert.deepEqual(
        read.map(({ task, source }) => [task?.parts?.map(({ id }) => id), source]),
        Array.from({ length: WAVE }, (_, index) => [[taskOf(`batch-${index}`)], "list"]),
      );
      const { vias } = run;
      assert.deepEqual([vias.count(/^batches$/), vias.count(/^tasks$/), vias.calls.length], [1, 1, 2 + WAVE]);
    });

    it("also where it has ids in another letter case", async () => {
      const run = await Run.of(new ViasFleet(WAVE));
      run.vias.spell = (id) => id.toUpperCase();
      await wave((index) => run.read(index));
      assert.equal(run.vias.count(/^tasks of a batch$/), 0);
    });

    it("the batch's own list has those of a batch that has others than recorded, more, or some on their way out", async () => {
      const run = await Run.of(new ViasFleet(WAVE));
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
      const run = await Run.of(new ViasFleet(24));
      for (const batch of run.vias.batches.slice(0, 20)) {
        batch.states = Array.from({ length: 1000 }, () => "RUNNING");
      }
      await wave((index) => run.read(index), 20, 4);
      assert.deepEqual([run.vias.count(/^tasks$/), run.vias.count(/^tasks of a batch$/)], [1, 4]);
    });

    it("one by itself has its own list", async () => {
      const run = await Run.of(new ViasFleet(3));
      assert.equal((await run.read(1)).source, "show");
      assert.deepEqual(run.vias.calls, ["named", "tasks of a batch", "details"]);
    });
  });
});
