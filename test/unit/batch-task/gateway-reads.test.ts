/** What the gateway of batches reads and by which calls, and what it takes for an absence. */
import assert from "node:assert/strict";
import { BatchLists } from "../../../provider/services/batch-task/batch-lists";
import { closeServices, type Received, type Reply } from "../../http/support";
import { batchArgs } from "./support";
import { clock, failsWith, open, type Row, ViasService } from "./vias-service";

describe("reads of the gateway of batches", () => {
  let vias: ViasService;
  beforeEach(() => {
    vias = new ViasService();
  });
  afterEach(() => closeServices());

  it("one batch by its name, its sub-tasks and one detail", async () => {
    const gateway = await open(vias);
    const live = await gateway.show("batch-1", clock.deadline());
    assert.deepEqual([live?.name, live?.state, live?.parts?.length], ["site-a", "RUNNING", 2]);
    assert.deepEqual(vias.calls, ["GET batch-tasks named", "GET tasks", "GET tasks/task-1"]);
  });

  it("all details where a name decides whose the batch is", async () => {
    const tasks = await (await open(vias)).find("site-a", clock.deadline());
    assert.deepEqual([tasks.length, tasks[0]?.parts?.length], [1, 2]);
    assert.equal(vias.calls.filter((call) => call.startsWith("GET tasks/")).length, 2);
  });

  it("the detail of the sub-task in the worst state that stays, or all details", async () => {
    vias.states = ["RUNNING", "FAILED", "DELETING"];
    await (await open(vias)).show("batch-1", clock.deadline());
    assert.equal(vias.calls.at(-1), "GET tasks/task-2");
    vias.calls.length = 0;
    await (await open(vias, { detail: "all" })).show("batch-1", clock.deadline());
    assert.equal(vias.calls.filter((call) => call.startsWith("GET tasks/")).length, 3);
  });

  it("every page of the sub-tasks, whose count is that of the page", async () => {
    vias.states = Array.from({ length: 1001 }, () => "RUNNING");
    const live = await (await open(vias)).show("batch-1", clock.deadline());
    assert.equal(live?.parts?.length, 1001);
    assert.equal(vias.count("GET tasks"), 2);
  });

  it("no more pages of sub-tasks than have new ones", async () => {
    vias.states = ["RUNNING"];
    vias.listedWith = { page_size: 1, tasks: [{ id: "task-1", name: "site-a_task", state: "RUNNING" }] };
    const live = await (await open(vias)).show("batch-1", clock.deadline());
    assert.equal(live?.parts?.length, 1);
    assert.equal(vias.count("GET tasks"), 2);
  });

  it("a batch that was renamed, and from then on by its new name", async () => {
    vias.rows = [
      ...Array.from({ length: 200 }, (_, index) => ({ id: `other-${index}`, name: "x" })),
      { id: "batch-1", name: "new" },
    ];
    const gateway = await open(vias);
    assert.equal((await gateway.show("batch-1", clock.deadline()))?.name, "new");
    assert.deepEqual(vias.calls.slice(0, 3), ["GET batch-tasks named", "GET batch-tasks", "GET batch-tasks"]);
    vias.calls.length = 0;
    await gateway.show("batch-1", clock.deadline());
    assert.equal(vias.count("GET batch-tasks"), 0);
  });

  it("the absence of a batch by its name and by two complete scans", async () => {
    vias.rows = [{ id: "batch-2", name: "site-ab" }];
    assert.equal(await (await open(vias)).show("batch-1", clock.deadline()), undefined);
    assert.deepEqual(vias.calls, ["GET batch-tasks named", "GET batch-tasks", "GET batch-tasks"]);
  });

  it("a batch whose id the list has in another letter case, under the id of the state", async () => {
    vias.rows = [{ id: "Batch-1", name: "site-a" }];
    const gateway = await open(vias);
    assert.equal((await gateway.show("batch-1", clock.deadline()))?.id, "batch-1");
    assert.equal((await gateway.read("batch-1", clock.deadline())).task?.id, "batch-1");
  });

  it("no absence while a recorded sub-task still answers: lists may be stale", async () => {
    vias.rows = [];
    const args = batchArgs({ taskIds: ["task-1", "task-2"] });
    const gateway = await open(vias, { args });
    for (const look of [
      gateway.show("batch-1", clock.deadline()),
      gateway.read("batch-1", clock.deadline()),
    ]) {
      await assert.rejects(look, failsWith("REQUEST_FAILED", "task-1"));
    }
    vias.states = ["DELETING", "DELETING"];
    assert.equal(await (await open(vias, { args })).show("batch-1", clock.deadline()), undefined);
  });

  it("the absence after a delete that was accepted, whatever becomes of the sub-tasks", async () => {
    const gateway = await open(vias, { args: batchArgs({ taskIds: ["task-1"] }) });
    assert.equal(await gateway.remove("batch-1", clock.deadline()), "accepted");
    vias.rows = [];
    assert.equal(await gateway.show("batch-1", clock.deadline()), undefined);
  });

  it("no absence from a list with entries whose id cannot be read", async () => {
    vias.rows = [{ id: "batch-2", name: "site-b" }, { name: "site-c" } as Row];
    const gateway = await open(vias);
    await assert.rejects(
      gateway.show("batch-1", clock.deadline()),
      failsWith("REQUEST_FAILED", "readable id"),
    );
    // Others are not in the way of a batch that is there, nor of a name that is free.
    vias.rows.push({ id: "batch-1", name: "site-a" });
    assert.equal((await gateway.show("batch-1", clock.deadline()))?.name, "site-a");
    assert.deepEqual(await gateway.find("site-free", clock.deadline()), []);
  });

  it("nothing from a sub-task that answers with the id of another", async () => {
    const whole = vias.answer;
    const answer = (request: Received): Reply => {
      const reply = whole(request);
      const isDetail = /tasks\/task-1/.test(request.url);
      return isDetail ? { ...reply, body: { ...(reply.body as object), id: "task-9" } } : reply;
    };
    const gateway = await open(Object.assign(vias, { answer }));
    await assert.rejects(
      gateway.show("batch-1", clock.deadline()),
      failsWith("REQUEST_FAILED", "another object"),
    );
  });

  it("no absence from lists that do not add up", async () => {
    const whole = vias.answer;
    vias.rows = [];
    const answer = (request: Received): Reply => {
      const reply = whole(request);
      return { ...reply, body: { ...(reply.body as object), count: 1 } };
    };
    const gateway = await open(Object.assign(vias, { answer }));
    await assert.rejects(
      gateway.show("batch-1", clock.deadline()),
      failsWith("REQUEST_FAILED", "changed during each"),
    );
  });

  it("the absence of many batches by scans that they share", async () => {
    vias.rows = [];
    const lists = new BatchLists(clock);
    const gateway = await open(vias, { lists });
    const ids = Array.from({ length: 20 }, (_, index) => `batch-${index}`);
    const shown = await Promise.all(ids.map((id) => gateway.show(id, clock.deadline())));
    assert.ok(shown.every((live) => live === undefined));
    assert.ok(vias.count("GET batch-tasks") <= 6, String(vias.count("GET batch-tasks")));
  });

  it("only batches of exactly the name", async () => {
    vias.rows = [
      { id: "batch-1", name: "site-a" },
      { id: "batch-2", name: "site-a2" },
    ];
    const tasks = await (await open(vias)).find("site-a", clock.deadline());
    assert.deepEqual(
      tasks.map(({ id }) => id),
      ["batch-1"],
    );
  });
});
