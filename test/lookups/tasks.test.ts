import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as va from "../../sdk";
import { DEFAULT_EDGE_SERVICE, DEFAULT_IEF_SERVICE, DEFAULT_VAS_SERVICE } from "../../testkit/emulator";
import { edgeTask, sources, vasJob } from "../emulator/support";
import {
  makeBatches,
  makeJobs,
  makeTasks,
  namesOf,
  numbered,
  settled,
  withEmulator,
  withoutEngine,
} from "./support";

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

  it("list batches by what their list tells, or each with its arguments", async () => {
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

describe("the Output forms of lookups", () => {
  const current = withEmulator();

  it("take outputs, and are secret where the service echoes a secret", async () => {
    const { caller } = current();
    const [plainId, secretId] = [
      await caller.made(
        EDGE,
        edgeTask("plain", { output: { dis: { stream_name: "s" } }, input: url("rtsp://camera/1") }),
      ),
      await caller.made(
        EDGE,
        edgeTask("secret", { output: { dis: { stream_name: "s" } }, input: url("rtsp://u:p@camera/1") }),
      ),
    ];
    const plain = await settled(va.getServiceTaskOutput({ id: pulumi.interpolate`${EDGE}/${plainId}` }));
    assert.deepEqual([plain?.value.name, plain?.secret], ["plain", false]);
    const secret = await settled(va.getServiceTaskOutput({ id: `${EDGE}/${secretId}` }));
    assert.deepEqual([secret?.value.name, secret?.secret], ["secret", true]);
    const list = await settled(va.listServiceTasksOutput({ serviceId: pulumi.output(EDGE) }));
    assert.deepEqual([list?.value.length, list?.secret], [2, true]);
    const some = await settled(va.listServiceTasksOutput({ serviceId: EDGE, nameLike: "plain" }));
    assert.deepEqual([some?.value.length, some?.secret], [1, false]);
  });

  it("count webhook headers, passwords of VCN and secrets of jobs and batches", async () => {
    const { caller, emulator } = current();
    emulator.configure({ passwordEcho: "echo" });
    const headers = { webhook: { url: "https://example.com", headers: { "X-Key": "canary" } } };
    const vcn = {
      type: "vcn",
      data: [{ device_id: "d" }],
      vcn: { ip: "10.0.0.1", port: 1, username: "u", password: "canary" },
    };
    const ids = [
      await caller.made(EDGE, edgeTask("headers", { output: headers, input: url("rtsp://camera/1") })),
      await caller.made(EDGE, edgeTask("vcn", { output: { dis: { stream_name: "s" } }, input: vcn })),
    ];
    for (const id of ids) {
      assert.equal((await settled(va.getServiceTaskOutput({ id: `${EDGE}/${id}` })))?.secret, true);
    }
    const job = await caller.call(
      "iva",
      "POST",
      `/services/${VAS}/tasks`,
      vasJob("job", { output: headers }),
    );
    assert.equal(job.status, 201);
    assert.equal((await settled(va.listVideoAnalysisJobsOutput({ serviceName: VAS })))?.secret, true);
    await makeBatches(caller, ["batch"]);
    assert.equal((await settled(va.listBatchTasksOutput({ details: true })))?.secret, true);
    assert.equal((await settled(va.listBatchTasksOutput()))?.secret, false);
  });

  it("stay unknown where an argument is, without a call", async () => {
    const { emulator } = current();
    const unknown = pulumi.output(pulumi.unknown) as pulumi.Output<string>;
    assert.equal(await settled(va.getServiceTaskOutput({ id: unknown })), undefined);
    assert.equal(await settled(va.listServiceTasksOutput({ serviceId: EDGE, nameLike: unknown })), undefined);
    assert.equal(emulator.requests.length, 0);
  });

  it("do not become secret by the credentials that they are asked with", async () => {
    const { caller } = current();
    await makeJobs(caller, VAS, ["lobby"]);
    assert.equal((await settled(va.listVideoAnalysisJobsOutput({ serviceName: VAS })))?.secret, false);
  });

  const url = (text: string) => ({ type: "url", data: [{ url: text }] });
});

describe("where lookups ask", () => {
  const current = withEmulator();

  it("an explicit provider by its own inputs, not by the stack's", async () => {
    const { caller, emulator } = current();
    await makeTasks(caller, EDGE, ["here"]);
    withoutEngine({ "video-analysis:region": "eu-nl" });
    const inputs = {
      region: emulator.region,
      projectId: emulator.projectId,
      token: pulumi.secret(emulator.token),
      endpoints: JSON.stringify(emulator.endpoints),
    };
    const provider = Object.fromEntries(
      Object.entries(inputs).map(([key, value]) => [`video-analysis:${key}`, pulumi.output(value)]),
    ) as unknown as pulumi.ProviderResource;
    const found = await va.listServiceTasks({ serviceId: EDGE }, { provider });
    assert.deepEqual(
      found.map(({ name, region }) => [name, region]),
      [["here", emulator.region]],
    );
    const parent = { getProvider: () => provider } as unknown as pulumi.Resource;
    const inherited = await settled(va.listServiceTasksOutput({ serviceId: EDGE }, { parent }));
    assert.deepEqual(namesOf(inherited!.value), ["here"]);
  });

  it("not at all, where a preview does not know the provider's inputs", async () => {
    const unknown = pulumi.output(pulumi.unknown);
    const provider = { "video-analysis:token": unknown } as unknown as pulumi.ProviderResource;
    await assert.rejects(Promise.resolve(va.listServiceTasks({ serviceId: EDGE }, { provider })), {
      code: "INVALID_LOOKUP",
    });
    assert.equal(await settled(va.listServiceTasksOutput({ serviceId: EDGE }, { provider })), undefined);
  });

  it("in the region of an argument, where the configured project is not the one to ask for", async () => {
    const { emulator } = current();
    // The emulator has one region, and so no project of this name.
    const elsewhere = Promise.resolve(va.listBatchTasks({ region: "cn-north-4" }));
    await assert.rejects(elsewhere, { code: "CONFIGURATION" });
    assert.deepEqual(
      emulator.requests.map(({ service, query }) => [service, query]),
      [["iam", { name: "cn-north-4" }]],
    );
  });
});
