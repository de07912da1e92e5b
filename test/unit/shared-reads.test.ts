/** Reads of all three gateways that share lists; in one file, since they count the calls of one fake service. */
import assert from "node:assert/strict";
import { ModelArtsClient } from "../../provider/services/api/modelarts";
import type { TasksClientOptions } from "../../provider/services/api/tasks-client";
import { JobPageSize, VasClient } from "../../provider/services/api/vas";
import { ViasClient } from "../../provider/services/api/vias";
import type { Service } from "../../provider/services/auth/endpoints";
import type { PropertyMap } from "../../provider/common/json";
import { Transport } from "../../provider/services/http/transport";
import type { LiveTask, ReadTask, TaskGateway } from "../../provider/core/contract";
import { TaskReader } from "../../provider/services/paging/task-reader";
import { BatchLists } from "../../provider/services/batch-task/batch-lists";
import { BatchTaskGateway } from "../../provider/services/batch-task/gateway";
import { ServiceTaskGateway } from "../../provider/services/service-task/gateway";
import { VideoAnalysisJobGateway } from "../../provider/services/video-analysis-job/gateway";
import {
  DEFAULT_IEF_SERVICE,
  DEFAULT_VAS_SERVICE,
  type Emulator,
  startEmulator,
} from "../../testkit/emulator";
import { CountingAuthenticator } from "../http/support";
import { batchArgs, group } from "./batch-task/support";
import { jobArgs } from "./video-analysis-job/support";
import { FakeClock } from "../support/fake-clock";

/** Parallel reads of the engine by default on a machine of four cores. */
const WAVE = 16;

/** Most sources of one VAS create. */
const JOBS_AT_ONCE = 50;

const IEF = DEFAULT_IEF_SERVICE.id;

const taskArgs = (count: number): PropertyMap => ({
  name: "task-test",
  input: {
    type: "url",
    data: Array.from({ length: count }, (_, index) => ({ url: `rtsp://camera-${index}` })),
  },
  output: { dis: { streamName: "results" } },
  config: { level: 1 },
  sourceUsageEstimate: { cpu: 0.1, memory: 32 },
});

const jobsArgs = (count: number, more: PropertyMap = {}): PropertyMap =>
  jobArgs({ input: taskArgs(count).input, ...more });

const clock = new FakeClock();

describe("reads against the documented services", () => {
  let emulator: Emulator;

  before(async () => {
    emulator = await startEmulator({
      clock: { mode: "manual" },
      tokens: [...new CountingAuthenticator().secrets()],
    });
  });
  afterEach(() => emulator.reset());
  after(() => emulator.close());

  const options = (service: Service): TasksClientOptions => ({
    transport: new Transport({ clock, env: {} }),
    endpoint: emulator.endpoints[service],
    projectId: emulator.projectId,
    authenticator: new CountingAuthenticator(),
  });
  const serviceTasks = (): ServiceTaskGateway =>
    new ServiceTaskGateway(
      new ModelArtsClient(options("modelarts")),
      "scope",
      IEF,
      "ief",
      new TaskReader(clock),
    );
  const jobs = (): VideoAnalysisJobGateway =>
    new VideoAnalysisJobGateway(
      new VasClient(options("iva"), new JobPageSize()),
      "scope",
      DEFAULT_VAS_SERVICE.name,
      new TaskReader(clock),
    );
  const batches = (args: PropertyMap, lists = new BatchLists(clock)): BatchTaskGateway =>
    new BatchTaskGateway({
      client: new ViasClient(options("vias")),
      scope: "scope",
      lists,
      detail: "sample",
      args,
    });

  const made = async (gateway: TaskGateway, args: PropertyMap): Promise<readonly string[]> => {
    const { ids } = await gateway.create(args, clock.deadline());
    return ids;
  };
  const manyJobs = async (gateway: TaskGateway, count: number): Promise<string[]> => {
    const ids: string[] = [];
    while (ids.length < count) ids.push(...(await made(gateway, jobsArgs(JOBS_AT_ONCE))));
    return ids;
  };
  const readAll = (gateway: TaskGateway, ids: readonly string[]): Promise<ReadTask[]> =>
    Promise.all(ids.map((id) => gateway.read(id, clock.deadline())));
  /** One wave after the other, as the engine lets a refresh run. */
  const refresh = async (gateway: TaskGateway, ids: readonly string[]): Promise<ReadTask[]> => {
    const found: ReadTask[] = [];
    for (let from = 0; from < ids.length; from += WAVE) {
      found.push(...(await readAll(gateway, ids.slice(from, from + WAVE))));
    }
    return found;
  };
  const calls = (operation?: string): number =>
    emulator.calls(operation === undefined ? {} : { operation }).length;
  const shows = (gateway: TaskGateway, ids: readonly string[]): Promise<(LiveTask | undefined)[]> =>
    Promise.all(ids.map((id) => gateway.show(id, clock.deadline())));

  describe("ServiceTask", () => {
    it("one read is one call", async () => {
      const [id = ""] = await made(serviceTasks(), taskArgs(1));
      emulator.clearRequests();
      assert.equal((await serviceTasks().read(id, clock.deadline())).task?.id, id);
      assert.deepEqual([calls(), calls("showServiceTask")], [1, 1]);
    });

    it("a refresh of 1,000 tasks is at most 20 calls, in waves and all at once", async () => {
      const ids = await made(serviceTasks(), taskArgs(1000));
      for (const read of [refresh, readAll]) {
        emulator.clearRequests();
        const reads = await read(serviceTasks(), ids);
        assert.deepEqual(
          reads.map(({ task }) => task?.id),
          ids,
        );
        assert.ok(calls() <= 20, `${read.name}: ${calls()}`);
      }
    });

    it("a list says what a show says, and the name of the service", async () => {
      const ids = await made(serviceTasks(), taskArgs(5));
      const listed = (await readAll(serviceTasks(), ids)).map(({ task }) => task);
      assert.equal(calls("showServiceTask"), 0);
      const shown = await shows(serviceTasks(), ids);
      const serviceName = DEFAULT_IEF_SERVICE.name;
      assert.deepEqual(
        listed,
        shown.map((task) => task && { ...task, outputFields: { ...task.outputFields, serviceName } }),
      );
    });

    it("a stale list calls nothing gone, and no own change undone", async () => {
      const gateway = serviceTasks();
      const ids = await made(serviceTasks(), taskArgs(10));
      emulator.inject({ kind: "staleList", count: 5, times: null });
      const reads = await readAll(gateway, ids);
      assert.ok(reads.every(({ task }) => task !== undefined));
      assert.equal(calls("showServiceTask"), 5);
      const [first = ""] = ids;
      await gateway.remove(first, clock.deadline());
      assert.equal((await gateway.read(first, clock.deadline())).task?.state, "DELETING");
    });

    it("what is gone is shown to be", async () => {
      const ids = await made(serviceTasks(), taskArgs(5));
      emulator.removeTask(ids[2] ?? "");
      const gateway = serviceTasks();
      emulator.clearRequests();
      const reads = await readAll(gateway, ids);
      assert.deepEqual(
        reads.map(({ task }) => task?.id),
        ids.map((id, index) => (index === 2 ? undefined : id)),
      );
      assert.deepEqual([calls("listServiceTasks"), calls("showServiceTask")], [1, 1]);
    });

    for (const kind of ["forbidden", "notPublished"] as const) {
      it(`lists that are refused (${kind}) leave the shows`, async () => {
        const ids = await made(serviceTasks(), taskArgs(5));
        emulator.inject({ kind, times: null, match: { operation: "listServiceTasks" } });
        const reads = await readAll(serviceTasks(), ids);
        assert.ok(reads.every(({ task }) => task !== undefined));
      });
    }

    it("a listed task that is not as documented is shown", async () => {
      const ids = await made(serviceTasks(), taskArgs(5));
      emulator.editTask(ids[1] ?? "", { output: null });
      emulator.clearRequests();
      await readAll(serviceTasks(), ids);
      assert.deepEqual([calls("listServiceTasks"), calls("showServiceTask")], [1, 1]);
    });
  });

  describe("VideoAnalysisJob", () => {
    it("1,000 jobs are one page, and ten where only the older limit is taken", async () => {
      const ids = await manyJobs(jobs(), 1000);
      for (const [vasMaxLimit, most] of [
        [1000, 2],
        [100, 20],
      ] as const) {
        emulator.configure({ vasMaxLimit });
        emulator.clearRequests();
        const reads = await refresh(jobs(), ids);
        assert.ok(reads.every(({ task }, index) => task?.id === ids[index]));
        assert.ok(calls() <= most, `pages of ${vasMaxLimit}: ${calls()}`);
      }
    });

    it("a hosting output is shown, for its result is in no list", async () => {
      const hosted = await made(jobs(), jobsArgs(2, { output: { hosting: { dataCategory: ["a"] } } }));
      const others = await made(jobs(), jobsArgs(5));
      const ids = [...hosted, ...others];
      emulator.clearRequests();
      const reads = await readAll(jobs(), ids);
      assert.deepEqual([calls("listTasksDetails"), calls("showTask")], [1, 2]);
      assert.deepEqual(
        reads.map(({ task }) => task),
        await shows(jobs(), ids),
      );
      assert.ok(
        reads.every(({ task }, index) => index > 1 || task?.outputFields.hostingResult !== undefined),
      );
    });

    it("an update is seen by the next read, also of other jobs", async () => {
      const gateway = jobs();
      const ids = await made(jobs(), jobsArgs(5));
      await readAll(gateway, ids.slice(0, 3));
      emulator.editTask(ids[4] ?? "", { description: "by hand" });
      await gateway.update(
        ids[3] ?? "",
        jobsArgs(1, { description: "new" }),
        ["description"],
        clock.deadline(),
      );
      const reads = await readAll(gateway, ids);
      assert.deepEqual(
        reads.map(({ task }) => task?.args.description),
        [undefined, undefined, undefined, "new", "by hand"],
      );
    });
  });

  describe("BatchTask", () => {
    const argsOf = (index: number): PropertyMap =>
      batchArgs({
        name: `site-${index}`,
        batchInput: { videoSourceGroup: [group("group-north", "camera-north-1")] },
      });

    it("share the pages of all batches, and ask for a single one by its name", async () => {
      const ids: string[] = [];
      for (let index = 0; index < 12; index += 1) {
        ids.push(...(await made(batches(argsOf(index)), argsOf(index))));
      }
      const lists = new BatchLists(clock);
      emulator.clearRequests();
      const reads = await Promise.all(
        ids.map((id, index) => batches(argsOf(index), lists).read(id, clock.deadline())),
      );
      assert.ok(reads.every(({ task, source }, index) => task?.id === ids[index] && source === "show"));
      assert.deepEqual([calls("listBatchTasks"), calls("listTasks")], [1, 12]);

      emulator.clearRequests();
      await batches(argsOf(0)).read(ids[0] ?? "", clock.deadline());
      assert.deepEqual(
        emulator.calls({ operation: "listBatchTasks" }).map(({ query }) => query.name_like),
        ["site-0"],
      );
    });

    it("a batch that the shared pages miss is looked for by its name, and gone only by the proof", async () => {
      const ids: string[] = [];
      for (let index = 0; index < 3; index += 1) {
        ids.push(...(await made(batches(argsOf(index)), argsOf(index))));
      }
      emulator.inject({ kind: "staleList", count: 1, match: { operation: "listBatchTasks" } });
      emulator.removeBatch(ids[0] ?? "");
      const lists = new BatchLists(clock);
      const reads = await Promise.all(
        ids.map((id, index) => batches(argsOf(index), lists).read(id, clock.deadline())),
      );
      assert.deepEqual(
        reads.map(({ task }) => task?.id === undefined),
        [true, false, false],
      );
    });

    it("a name that the list has otherwise is looked at again", async () => {
      const ids: string[] = [];
      for (let index = 0; index < 3; index += 1) {
        ids.push(...(await made(batches(argsOf(index)), argsOf(index))));
      }
      emulator.editBatch(ids[0] ?? "", { name: "renamed" });
      const lists = new BatchLists(clock);
      const [renamed, same] = await Promise.all(
        ids.map((id, index) => batches(argsOf(index), lists).read(id, clock.deadline())),
      );
      assert.deepEqual([renamed?.task?.name, renamed?.source, same?.source], ["renamed", "list", "show"]);
    });
  });
});
