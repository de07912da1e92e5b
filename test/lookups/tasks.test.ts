import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as va from "../../sdk";
import { DEFAULT_EDGE_SERVICE, DEFAULT_IEF_SERVICE, DEFAULT_VAS_SERVICE } from "../../testkit/emulator";
import { sources } from "../emulator/support";
import { makeBatches, makeJobs, makeTasks, namesOf, numbered, withEmulator } from "./support";

const EDGE = DEFAULT_EDGE_SERVICE.id;
const IEF = DEFAULT_IEF_SERVICE.id;
const VAS = DEFAULT_VAS_SERVICE.name;

describe("lookups of tasks", () => {
  const current = withEmulator();

  it("get a service task: its id as adopt takes it, name, state, times, arguments and facts", async () => {
    const { caller, emulator } = current();
    const [id] = await makeTasks(caller, EDGE, ["entrance"]);
    emulator.setState(id!, "RUNNING");
    const task = await va.getServiceTask({ id: `${EDGE}/${id!}` });
    assert.deepEqual(
      [task.id, task.name, task.state, task.taskIds, task.serviceId, task.region, task.projectId],
      [`${EDGE}/${id!}`, "entrance", "RUNNING", [id], EDGE, emulator.region, emulator.projectId],
    );
    assert.equal(task.input.type, "restful");
    assert.equal(task.output.webhook?.url, "https://100.0.0.1:8443/output");
    assert.ok(Date.parse(task.createdAt!) <= Date.parse(task.updatedAt!));
    for (const hidden of ["stateVersion", "unfinished", "timeouts", "regionFrom"])
      assert.ok(!(hidden in task));
  });

  it("get several tasks of one resource, and no part of a set that is not whole", async () => {
    const { caller, emulator } = current();
    const [first, second] = await makeTasks(caller, EDGE, ["one", "one"]);
    const both = await va.getServiceTask({ id: `${EDGE}/${first!},${second!}` });
    assert.deepEqual([both.taskIds, both.input.data.length], [[first, second], 2]);
    emulator.removeTask(second!);
    await assert.rejects(va.getServiceTask({ id: `${EDGE}/${first!},${second!}` }), { code: "NOT_FOUND" });
  });

  it("get a job and a batch", async () => {
    const { caller } = current();
    const [job] = await makeJobs(caller, VAS, ["lobby"]);
    const found = await va.getVideoAnalysisJob({ id: `${VAS}/${job!}` });
    assert.deepEqual(
      [found.id, found.name, found.serviceVersion, found.input.type],
      [`${VAS}/${job!}`, "lobby", "1.0", "obs"],
    );
    const [batch] = await makeBatches(caller, ["night"], { batch_input: sources("group-north") });
    const shown = await va.getBatchTask({ id: batch!, batchDetail: "all" });
    assert.deepEqual([shown.id, shown.name, shown.taskIds.length], [batch, "night", 2]);
    assert.deepEqual(
      shown.batchInput?.videoSourceGroup[0]?.videoSourceList.map(({ videoSourceId }) => videoSourceId).sort(),
      ["camera-north-1", "camera-north-2"],
    );
    assert.deepEqual(shown.output?.webhook?.headers, { a: "a" });
  });

  for (const [what, ask, code] of [
    ["a task", () => va.getServiceTask({ id: `${EDGE}/${"0".repeat(32)}` }), "NOT_FOUND"],
    ["a job", () => va.getVideoAnalysisJob({ id: `${VAS}/${"0".repeat(32)}` }), "NOT_FOUND"],
    ["a batch", () => va.getBatchTask({ id: "nothing-here" }), "NOT_FOUND"],
    ["a service", () => va.getServiceTask({ id: `nowhere/${"0".repeat(32)}` }), "SERVICE_NOT_FOUND"],
    ["the service of a list", () => va.listServiceTasks({ serviceId: "nowhere" }), "SERVICE_NOT_FOUND"],
    ["the service of jobs", () => va.listVideoAnalysisJobs({ serviceName: "nowhere" }), "SERVICE_NOT_FOUND"],
    ["the form of an id", () => va.getServiceTask({ id: "no-slash" }), "INVALID_ID"],
    ["an argument", () => va.listServiceTasks({ serviceId: EDGE, pageSize: 101 }), "INVALID_LOOKUP"],
    [
      "a misspelt argument",
      () => va.listServiceTasks({ serviceId: EDGE, name_like: "x" } as va.ListServiceTasksArgs),
      "INVALID_LOOKUP",
    ],
    ["two names", () => va.listBatchTasks({ nameLike: "a", serviceNameLike: "b" }), "INVALID_LOOKUP"],
  ] as const) {
    it(`say what is wrong with ${what}, as an error that Pulumi prints without a stack`, async () => {
      const error = await Promise.resolve(ask()).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      assert.ok(error instanceof Error);
      assert.equal(Reflect.get(error, "code"), code);
      assert.ok(pulumi.RunError.isInstance(error));
    });
  }

  it("list over several pages, all at once, one by one and by page", async () => {
    const { caller, emulator } = current();
    const names = numbered(7);
    await makeTasks(caller, IEF, names);
    const args = { serviceId: IEF, platform: "ief", pageSize: 3 } as const;
    assert.deepEqual(namesOf(await va.listServiceTasks(args)), names);
    const one: string[] = [];
    for await (const { name } of va.listServiceTasks(args)) one.push(name);
    assert.deepEqual(one, names);
    const sizes: number[] = [];
    for await (const page of va.listServiceTasks(args).byPage()) sizes.push(page.length);
    assert.deepEqual(sizes, [3, 3, 1]);
    emulator.clearRequests();
    for await (const { name } of va.listServiceTasks(args)) if (name === names[2]) break;
    assert.equal(emulator.calls({ operation: "listServiceTasks" }).length, 1);
  });

  it("ask nothing before they are used, and once however often they are awaited", async () => {
    const { emulator } = current();
    const list = va.listServiceTasks({ serviceId: EDGE });
    assert.equal(emulator.requests.length, 0);
    await list;
    const asked = emulator.requests.length;
    await list;
    assert.equal(emulator.requests.length, asked);
  });

  it("stop at the limit, and ask for no page beyond it", async () => {
    const { caller, emulator } = current();
    await makeTasks(caller, EDGE, numbered(5));
    emulator.clearRequests();
    assert.equal((await va.listServiceTasks({ serviceId: EDGE, pageSize: 2, limit: 3 })).length, 3);
    assert.equal(emulator.requests.length, 2);
  });

  it("filter at the service on IEF and here on Edge, where only the paging may be sent", async () => {
    const { caller, emulator } = current();
    const since = new Date(emulator.clock.now() + 1000).toISOString();
    for (const service of [EDGE, IEF]) await makeTasks(caller, service, ["Gate-1", "gate-2", "door"]);
    emulator.clearRequests();
    const filters = { nameLike: "gate", state: "PENDING", createdSince: since } as const;
    for (const task of emulator.tasks()) emulator.setState(task.id, "PENDING");
    assert.deepEqual(namesOf(await va.listServiceTasks({ serviceId: EDGE, ...filters })), ["gate-2"]);
    const onIef = va.listServiceTasks({ serviceId: IEF, platform: "ief", ...filters });
    assert.deepEqual(namesOf(await onIef), ["Gate-1", "gate-2"]);
    const queries = emulator.calls({ operation: "listServiceTasks" }).map(({ query }) => query);
    assert.deepEqual(queries[0], { offset: "0", limit: "100" });
    assert.deepEqual(queries.at(-1), {
      offset: "0",
      limit: "100",
      name_like: "gate",
      state: "PENDING",
      created_since: String(Date.parse(since)),
      sort_key: "created_at",
      sort_dir: "asc",
    });
  });

  it("list jobs with the filters of VAS, in pages of 100 where the service takes no larger ones", async () => {
    const { caller, emulator } = current();
    const ids = await makeJobs(caller, VAS, ["lobby", "yard", "Lobby-2"]);
    emulator.configure({ vasMaxLimit: 100 });
    const jobs = await va.listVideoAnalysisJobs({
      serviceName: VAS,
      nameLike: "lobby",
      serviceVersion: "1.0",
    });
    assert.deepEqual(
      jobs.map(({ id }) => id),
      [`${VAS}/${ids[0]!}`, `${VAS}/${ids[2]!}`],
    );
    const byId = await va.listVideoAnalysisJobs({ serviceName: VAS, idLike: ids[1]!.slice(0, 12) });
    assert.deepEqual(namesOf(byId), ["yard"]);
  });

  it("list batches by what their list shows, or each with its arguments", async () => {
    const { caller, emulator } = current();
    const ids = await makeBatches(caller, ["night", "day"], { batch_input: sources("group-north") });
    emulator.setState(ids[0]!, "RUNNING");
    emulator.setState(ids[1]!, "STOPPED");
    emulator.clearRequests();
    const [first, second] = await va.listBatchTasks();
    assert.equal(emulator.requests.length, 1);
    assert.deepEqual(
      [first!.id, first!.state, first!.statusCounts, first!.taskCount, first!.type],
      [ids[0], "RUNNING", { RUNNING: 2 }, 2, "cloud"],
    );
    assert.deepEqual([second!.name, second!.state], ["day", "STOPPED"]);
    for (const batchStateCase of ["lower", "upper"] as const) {
      emulator.configure({ batchStateCase });
      assert.deepEqual(namesOf(await va.listBatchTasks({ state: "STOPPED" })), ["day"]);
    }
    const [detailed] = await va.listBatchTasks({ nameLike: "night", details: true });
    assert.deepEqual([detailed!.taskCount, detailed!.output?.webhook?.url], [2, "http://test"]);
  });

  it("leave a batch out of a list with details that goes away meanwhile", async () => {
    const { caller, emulator } = current();
    const [gone] = await makeBatches(caller, ["gone", "kept"]);
    const pages = va.listBatchTasks({ details: true })[Symbol.asyncIterator]();
    emulator.inject({ kind: "staleList", match: { operation: "listBatchTasks" }, times: 1 });
    emulator.removeBatch(gone!);
    const first = await pages.next();
    assert.equal(first.done === true ? "" : first.value.name, "kept");
  });
});
