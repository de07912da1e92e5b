/** The gateway of batches over a service of its own; in one file, since all calls share what that service answers. */
import assert from "node:assert/strict";
import { ViasClient } from "../../../provider/services/api/vias";
import { isVideoAnalysisError } from "../../../provider/common/errors";
import type { PropertyMap } from "../../../provider/common/json";
import { Transport } from "../../../provider/services/http/transport";
import { BatchLists } from "../../../provider/services/batch-task/batch-lists";
import { BatchTaskGateway } from "../../../provider/services/batch-task/gateway";
import { closeServices, CountingAuthenticator, type Received, type Reply, serve } from "../../http/support";
import { batchArgs } from "./support";
import { FakeClock } from "../../support/fake-clock";

interface Row {
  readonly id: string;
  readonly name: string;
}

const json = (body: unknown, status = 200): Reply => ({ status, body });
const counters = (failed: number, total = 2, more: PropertyMap = {}): Reply =>
  json({
    total_count: total,
    failed_count: failed,
    succeed_count: total - failed,
    id: "batch-1",
    error_list: [],
    ...more,
  });

/** Sub-tasks of every batch; a batch list with pages of 200; anything else by `other`. */
class Vias {
  rows: Row[] = [{ id: "batch-1", name: "site-a" }];
  states = ["RUNNING", "RUNNING"];
  /** Further members of the list of sub-tasks. */
  listedWith: PropertyMap = {};
  other: (request: Received) => Reply = () => counters(0);
  readonly calls: string[] = [];

  readonly answer = (request: Received): Reply => {
    const url = new URL(request.url, "http://localhost");
    const path = url.pathname.replace("/v2/project/", "");
    const query = url.searchParams;
    this.calls.push(`${request.method} ${path}${query.has("name_like") ? " named" : ""}`);
    if (request.method !== "GET") return this.other(request);
    if (path === "batch-tasks") return this.#batches(query);
    if (path === "tasks") return this.#subTasks(query);
    const [, id = ""] = path.split("/");
    const source = id.replace("task-", "camera-north-");
    return json({
      id,
      state: this.states[Number(id.slice(-1)) - 1],
      input: { type: "video_source", data: [{ video_source_id: source }] },
      output: { webhook: { url: "https://example.com/hook", headers: { "X-Key": "header-canary" } } },
    });
  };

  #batches(query: URLSearchParams): Reply {
    const like = query.get("name_like") ?? "";
    const found = this.rows.filter(({ name }) => name.includes(like));
    const page = found
      .slice((Number(query.get("page_num")) - 1) * 200)
      .slice(0, Number(query.get("page_size")));
    const batch_task_list = page.map(({ id, name }) => ({
      id,
      batch_task_name: name,
      num_task: this.states.length,
    }));
    return json({ count: found.length, batch_task_list });
  }

  #subTasks(query: URLSearchParams): Reply {
    const size = Number(query.get("page_size"));
    const page = this.states.slice((Number(query.get("page")) - 1) * size).slice(0, size);
    const first = (Number(query.get("page")) - 1) * size + 1;
    const tasks = page.map((state, index) => ({ id: `task-${first + index}`, name: "site-a_task", state }));
    return json({ count: tasks.length, page: 1, page_size: size, tasks, ...this.listedWith });
  }

  count = (call: string): number => this.calls.filter((made) => made === call).length;
}

const clock = new FakeClock();

async function open(
  vias: Vias,
  options: { detail?: "sample" | "all"; args?: PropertyMap; lists?: BatchLists } = {},
): Promise<BatchTaskGateway> {
  const service = await serve(vias.answer);
  const client = new ViasClient({
    transport: new Transport({ clock, env: {} }),
    endpoint: service.url,
    projectId: "project",
    authenticator: new CountingAuthenticator(),
  });
  const { detail = "sample", args = batchArgs(), lists = new BatchLists(clock) } = options;
  return new BatchTaskGateway({ client, scope: "scope", lists, detail, args });
}

const failsWith =
  (code: string, ...texts: (string | RegExp)[]) =>
  (error: unknown) => {
    assert.ok(isVideoAnalysisError(error), String(error));
    assert.equal(error.code, code);
    for (const text of texts) assert.match(error.message, new RegExp(text));
    return true;
  };

describe("the gateway of batches", () => {
  let vias: Vias;
  beforeEach(() => {
    vias = new Vias();
  });
  afterEach(() => closeServices());

  describe("reads", () => {
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
      assert.deepEqual(vias.calls.slice(0, 3), [
        "GET batch-tasks named",
        "GET batch-tasks",
        "GET batch-tasks",
      ]);
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
      const gateway = await open(vias);
      const whole = vias.answer;
      vias.rows = [];
      const service = await serve((request) => {
        const reply = whole(request);
        return { ...reply, body: { ...(reply.body as object), count: 1 } };
      });
      const client = new ViasClient({
        transport: new Transport({ clock, env: {} }),
        endpoint: service.url,
        projectId: "project",
        authenticator: new CountingAuthenticator(),
      });
      const { lists } = gateway;
      const lying = new BatchTaskGateway({ client, scope: "scope", lists, detail: "sample", args: {} });
      await assert.rejects(
        lying.show("batch-1", clock.deadline()),
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

  describe("counters of a create", () => {
    it("give the id and a problem for each failure, without secrets", async () => {
      vias.other = () => counters(1, 2, { error_list: ["camera-north-2: bad key header-canary"] });
      const creation = await (await open(vias)).create(batchArgs(), clock.deadline());
      assert.deepEqual(creation.ids, ["batch-1"]);
      assert.deepEqual(creation.problems, [
        "1 of 2 sub-tasks could not be created",
        "camera-north-2: bad key ***",
      ]);
    });

    it("are an error where everything failed and nothing has an id", async () => {
      vias.other = () => counters(2, 2, { id: null, error_list: ["no resources"] });
      const gateway = await open(vias);
      await assert.rejects(
        gateway.create(batchArgs(), clock.deadline()),
        failsWith("PARTIAL_FAILURE", "2 of 2", "no resources"),
      );
    });

    it("leave open what happened where something was made and has no id", async () => {
      vias.other = () => counters(1, 2, { id: undefined });
      const gateway = await open(vias);
      await assert.rejects(gateway.create(batchArgs(), clock.deadline()), (error: unknown) => {
        assert.ok(isVideoAnalysisError(error) && "failure" in error);
        assert.equal((error.failure as { effect: string }).effect, "unknown");
        return true;
      });
    });

    it("say how many sub-tasks are still to be listed", async () => {
      vias.other = () => counters(0, 3);
      const gateway = await open(vias);
      await gateway.create(batchArgs(), clock.deadline());
      const live = await gateway.show("batch-1", clock.deadline());
      assert.deepEqual([live?.partCount, live?.parts?.length], [3, 2]);
    });
  });

  it("names a refused name", async () => {
    vias.other = () => json({ error_code: "VIAS.00010011", error_msg: "same name" }, 400);
    await assert.rejects(
      (await open(vias)).create(batchArgs(), clock.deadline()),
      failsWith("NAME_TAKEN", "site-a", "same name"),
    );
  });

  describe("an update", () => {
    it("is one PUT of the whole batch", async () => {
      await (await open(vias)).update("batch-1", batchArgs(), ["output"], clock.deadline());
      assert.deepEqual(vias.calls, ["PUT batch-tasks/batch-1"]);
    });

    it("that failed for some says which", async () => {
      vias.states = ["RUNNING", "START_FAILED"];
      vias.other = () => counters(1, 2, { error_list: ["camera-north-2 has no resources"] });
      await assert.rejects(
        (await open(vias)).update("batch-1", batchArgs(), ["output"], clock.deadline()),
        failsWith(
          "PARTIAL_FAILURE",
          "1 of 2",
          "camera-north-2 has no resources",
          "task-2 \\(START_FAILED\\)",
        ),
      );
    });
  });

  describe("a delete", () => {
    it("is proven by a not-found code alone", async () => {
      vias.other = () => json({ error_code: "VIAS.00010008", error_msg: "no task" }, 400);
      assert.equal(await (await open(vias)).remove("batch-1", clock.deadline()), "gone");
      assert.deepEqual(vias.calls, ["DELETE batch-tasks/batch-1"]);
    });

    it("is repeated for what it failed for, after a stop of what runs", async () => {
      vias.other = ({ method, url }) => {
        if (url.endsWith("/stop")) vias.states = ["DELETING", "STOPPED"];
        return counters(method === "DELETE" && vias.states.includes("RUNNING") ? 1 : 0);
      };
      assert.equal(await (await open(vias)).remove("batch-1", clock.deadline()), "accepted");
      assert.deepEqual(
        vias.calls.filter((call) => !call.startsWith("GET")),
        ["DELETE batch-tasks/batch-1", "PUT batch-tasks/batch-1/action/stop", "DELETE batch-tasks/batch-1"],
      );
    });

    it("that fails for good names the sub-tasks and the reasons", async () => {
      vias.states = ["DELETING", "STOPPED"];
      vias.other = () => counters(1, 2, { error_list: ["locked"] });
      await assert.rejects(
        (await open(vias)).remove("batch-1", clock.deadline()),
        failsWith("PARTIAL_FAILURE", "1 of 2", "locked", "task-2 \\(STOPPED\\)"),
      );
      assert.equal(vias.count("DELETE batch-tasks/batch-1"), 4);
    });
  });

  describe("start and stop", () => {
    it("ignore failures of sub-tasks that are as wished", async () => {
      vias.other = () => counters(2);
      await (await open(vias)).start("batch-1", clock.deadline());
      vias.states = ["STOPPED", "SUCCEEDED"];
      await (await open(vias)).stop("batch-1", clock.deadline());
      assert.equal(vias.calls.filter((call) => call.startsWith("PUT")).length, 2);
    });

    it("are repeated for the rest, and name it in the end", async () => {
      vias.states = ["RUNNING", "STOPPED"];
      vias.other = () => counters(1, 2, { error_list: ["no resources"] });
      const gateway = await open(vias);
      await assert.rejects(
        gateway.start("batch-1", clock.deadline()),
        failsWith("PARTIAL_FAILURE", "could not be started", "no resources", "task-2 \\(STOPPED\\)"),
      );
    });
  });
});
