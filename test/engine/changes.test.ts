/** Which changes of batches and jobs replace and which are updates, as whole programs see it. */
import assert from "node:assert/strict";
import { DEFAULT_ALGORITHM, DEFAULT_VAS_SERVICE, type JsonObject } from "../../testkit/emulator";
import { each, KINDS, oneOfEach } from "../scenarios/kinds";
import { batchArgs, jobArgs, type Program, type TaskDeclaration } from "../scenarios/program";
import {
  changedPaths,
  opsOf,
  SCENARIO_TIMEOUT,
  stepOf,
  succeeded,
  TestStack,
  writesOf,
} from "../scenarios/support";

const timing = (hour: string): JsonObject => ({
  timing: { type: "daily", timezone: "+08:00", periods: [{ beginAt: `${hour}:00:00`, endAt: "20:00:00" }] },
});
const weekly = (...daysOfWeek: number[]): JsonObject => ({
  schedule: { type: "weekly", timezone: "+08:00", daysOfWeek },
});
const settings = (level: number): JsonObject => ({ common: { level } });
const OTHER_OUTPUT: JsonObject = { output: { dis: { streamName: "other" } } };
const camera = (name: string): JsonObject => ({ url: `rtsp://cameras.example.com/${name}` });
const cameras = (...names: string[]): JsonObject => ({ input: { type: "url", data: names.map(camera) } });

/** Arguments before and after, beside the least that is needed, and the changed property. */
type Change = readonly [before: JsonObject, after: JsonObject, path: string];

const REPLACING: Readonly<Record<string, Readonly<Record<string, Change>>>> = {
  BatchTask: {
    version: [{}, { serviceVersion: "1.1" }, "serviceVersion"],
    triggers: [{}, { triggers: ["again"] }, "triggers"],
  },
  VideoAnalysisJob: {
    release: [{}, { serviceVersion: "1.1" }, "serviceVersion"],
    rerun: [{}, { triggers: ["again"] }, "triggers"],
    pool: [{}, { edgePoolId: "a".repeat(32) }, "edgePoolId"],
    order: [{}, { resourceOrderId: "b".repeat(32) }, "resourceOrderId"],
    untimed: [timing("08"), {}, "timing"],
    unset: [{ serviceConfig: settings(1) }, {}, "serviceConfig"],
    second: [{}, cameras("yard", "gate"), "input.data[1]"],
    single: [cameras("yard", "gate"), {}, "input.data[1]"],
  },
};

const UPDATING: Readonly<Record<string, Readonly<Record<string, Change>>>> = {
  BatchTask: {
    described: [{}, { description: "north" }, "description"],
    cleared: [{ description: "north" }, {}, "description"],
    renamed: [{ name: "old-site" }, { name: "new-site" }, "name"],
    output: [{}, OTHER_OUTPUT, "output.dis.streamName"],
    scheduled: [weekly(1), weekly(1, 2), "schedule.daysOfWeek[1]"],
    config: [{ config: settings(1) }, { config: settings(2) }, "config.common.level"],
    ordered: [{}, { resourceOrderId: "order-1" }, "resourceOrderId"],
    template: [{}, { isSavedAsTemplate: true }, "isSavedAsTemplate"],
  },
  VideoAnalysisJob: {
    told: [{}, { description: "yard" }, "description"],
    untold: [{ description: "yard" }, {}, "description"],
    moved: [{ name: "old-yard" }, { name: "new-yard" }, "name"],
    result: [{}, OTHER_OUTPUT, "output.dis.streamName"],
    timed: [{}, timing("08"), "timing"],
    earlier: [timing("08"), timing("07"), "timing.periods[0].beginAt"],
    set: [{ serviceConfig: settings(1) }, { serviceConfig: settings(2) }, "serviceConfig.common.level"],
    camera: [{}, cameras("gate"), "input.data[0].url"],
    both: [cameras("yard", "gate"), { ...cameras("yard", "gate"), description: "two jobs" }, "description"],
  },
};

const ARGS: Readonly<Record<string, (more: JsonObject) => JsonObject>> = {
  BatchTask: batchArgs,
  VideoAnalysisJob: jobArgs,
};

const rows = [REPLACING, UPDATING].flatMap((table) =>
  Object.entries(table).flatMap(([type, changes]) =>
    Object.entries(changes).map(([name, change]) => ({ type, name, change, replaces: table === REPLACING })),
  ),
);

function programOf(moment: 0 | 1): Program {
  const declarations = rows.map(({ type, name, change }): [string, TaskDeclaration] => [
    name,
    { type: type as "BatchTask" | "VideoAnalysisJob", args: ARGS[type]!(change[moment]) },
  ]);
  return { tasks: Object.fromEntries(declarations) };
}

describe("changes of batches and jobs", function () {
  this.timeout(SCENARIO_TIMEOUT);
  let stack: TestStack;
  let old: Map<string, string | undefined>;
  let result: Awaited<ReturnType<TestStack["deploy"]>>;

  before(async () => {
    const versions = ["1.0", "1.1"];
    stack = await TestStack.open({
      services: [
        { ...DEFAULT_ALGORITHM, versions },
        { ...DEFAULT_VAS_SERVICE, versions },
      ],
    });
    await stack.deploy(programOf(0));
    old = new Map(rows.map(({ name }) => [name, stack.resource(name).id]));
    stack.emulator.clearRequests();
    result = await stack.deploy(programOf(1));
  });
  after(() => stack.close());

  for (const { type, name, change, replaces } of rows) {
    it(`${type} "${name}": ${change[2]} ${replaces ? "replaces, and deletes first" : "is an update in place"}`, () => {
      const ops = opsOf(result).filter((op) => op.endsWith(` ${name}`));
      assert.deepEqual(
        ops,
        replaces
          ? [`delete-replaced ${name}`, `replace ${name}`, `create-replacement ${name}`]
          : [`update ${name}`],
      );
      assert.deepEqual(changedPaths(stepOf(result, name, replaces ? "replace" : "update")), [change[2]]);
      assert.equal(stack.resource(name).id !== old.get(name), replaces);
    });
  }

  it("each update is one call for a batch and one for each task of a job, and each replacement one of each", () => {
    const writes = writesOf(stack.emulator);
    const count = (operation: string): number => writes.filter((found) => found === operation).length;
    const [batches, jobs] = [REPLACING.BatchTask!, REPLACING.VideoAnalysisJob!].map(
      (table) => Object.keys(table).length,
    );
    const { BatchTask: puts = {}, VideoAnalysisJob: jobPuts = {} } = UPDATING;
    assert.equal(count("createBatchTask"), batches);
    assert.equal(count("deleteBatchTask"), batches);
    assert.equal(count("updateBatchTask"), Object.keys(puts).length);
    assert.equal(count("createTasks"), jobs);
    // One of the jobs that are replaced, and one of those that are updated, is two tasks.
    assert.equal(count("deleteTask"), jobs! + 1);
    assert.equal(count("updateTask"), Object.keys(jobPuts).length + 1);
  });

  it("nothing is left to do afterwards", async () => {
    const refresh = succeeded(await stack.refresh());
    assert.deepEqual(
      opsOf(refresh).filter((op) => !op.startsWith("refresh-same")),
      [],
    );
    const again = succeeded(await stack.up());
    assert.deepEqual(
      opsOf(again).filter((op) => !op.startsWith("same")),
      [],
    );
  });
});

describe("changes that no service hears of", function () {
  this.timeout(SCENARIO_TIMEOUT);
  let stack: TestStack;
  const ids = (): (string | undefined)[] => KINDS.map(({ name }) => stack.resource(name).id);

  before(async () => {
    stack = await TestStack.open();
    await stack.deploy(oneOfEach(() => ({})));
  });
  after(() => stack.close());

  it("waitFor and timeouts reach the state of every class without a create, update or delete", async () => {
    const old = ids();
    stack.emulator.clearRequests();
    const result = await stack.deploy(oneOfEach(() => ({ waitFor: "running", timeouts: { delete: "20m" } })));
    assert.deepEqual(opsOf(result).sort(), each("update"));
    assert.deepEqual(writesOf(stack.emulator), []);
    for (const { name } of KINDS) {
      const { outputs = {} } = stack.resource(name);
      assert.deepEqual(
        [outputs["waitFor"], outputs["timeouts"], outputs["state"]],
        ["running", { delete: "20m" }, "RUNNING"],
      );
    }
    assert.deepEqual(ids(), old);
  });

  it("desiredState stops and starts the same objects, and nothing else", async () => {
    const old = ids();
    for (const [desiredState, verb, state] of [
      ["stopped", "stop", "STOPPED"],
      ["running", "start", "RUNNING"],
    ] as const) {
      stack.emulator.clearRequests();
      const waitFor = desiredState === "running" ? { waitFor: "running" } : {};
      await stack.deploy(oneOfEach(() => ({ desiredState, ...waitFor })));
      assert.deepEqual(
        writesOf(stack.emulator).sort(),
        KINDS.map(({ operations }) => operations[verb]).sort(),
      );
      for (const { name } of KINDS) assert.equal(stack.resource(name).outputs?.["state"], state);
    }
    assert.deepEqual(ids(), old);
    assert.deepEqual(opsOf(succeeded(await stack.refresh())).sort(), each("refresh-same"));
  });

  it("a different spelling of the same meaning is no change at all", async () => {
    const spelled = (type: string): Program =>
      oneOfEach(({ name }) => ({
        [name === "job" ? "timing" : "schedule"]: {
          type,
          timezone: "+01:00",
          daysOfWeek: type === "weekly" ? [1, 2] : [2, 1],
          ...(name === "batch" ? {} : { periods: [{ beginAt: "08:00:00", endAt: "09:00:00" }] }),
        },
      }));
    await stack.deploy(spelled("weekly"));
    stack.emulator.clearRequests();
    assert.deepEqual(opsOf(await stack.deploy(spelled("WEEKLY"))).sort(), each("same"));
    assert.deepEqual(writesOf(stack.emulator), []);
  });
});
