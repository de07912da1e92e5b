import assert from "node:assert/strict";
import type { JsonObject } from "../../testkit/emulator";
import {
  batchArgs,
  edgeArgs,
  IEF,
  iefArgs,
  jobArgs,
  outputOf,
  type Program,
  tasksOf,
} from "../scenarios/program";
import {
  changedPaths,
  errorsOf,
  failed,
  opsOf,
  SCENARIO_TIMEOUT,
  stepOf,
  succeeded,
  taskSteps,
  TestStack,
} from "../scenarios/support";

/** The number of resources of the quota target (design section 3). */
const MANY = 200;
/** The largest program text a resource may carry in the state, in bytes. */
const MAX_PROVIDER_TEXT = 90;

describe("preview", function () {
  this.timeout(SCENARIO_TIMEOUT);
  let stack: TestStack;

  beforeEach(async () => {
    stack = await TestStack.open();
  });
  afterEach(() => stack.close());

  it(`of ${MANY} unchanged resources makes no call, and their program text is small`, async () => {
    const names = Array.from({ length: MANY }, (_, index) => `camera-${index}`);
    const program = tasksOf(Object.fromEntries(names.map((name) => [name, edgeArgs({}, name)])));
    await stack.deploy(program);
    assert.equal(stack.emulator.tasks().length, MANY);
    for (const { inputs = {}, outputs = {} } of stack.recorded()) {
      for (const text of [inputs["__provider"], outputs["__provider"]]) {
        assert.ok(typeof text === "string");
        assert.ok(Buffer.byteLength(text) <= MAX_PROVIDER_TEXT, text);
      }
    }
    stack.emulator.clearRequests();
    const preview = succeeded(await stack.preview());
    assert.equal(preview.changes.same, MANY + 1, "every task and the stack itself");
    assert.deepEqual(stack.emulator.requests, []);
  });

  it("shows what depends on another task as unknown, and the up fills it in, in order", async () => {
    const program = tasksOf({
      first: edgeArgs(),
      second: iefArgs({ description: outputOf("first", "taskId") }),
    });
    stack.program = program;
    const preview = succeeded(await stack.preview());
    assert.equal(stepOf(preview, "second").newInputs?.["description"], "[unknown]");
    assert.match(JSON.stringify(stepOf(preview, "second").newInputs), /"name":"second-[0-9a-f]{12}"/);
    assert.deepEqual(stack.emulator.requests, []);

    assert.deepEqual(opsOf(await stack.deploy(program)), ["create first", "create second"]);
    const [first] = stack.taskIds("first");
    assert.equal(stack.resource("second").outputs?.["description"], first);

    stack.program = tasksOf({
      first: edgeArgs({ description: "replaced" }),
      second: iefArgs({ description: outputOf("first", "taskId") }),
    });
    stack.emulator.clearRequests();
    const change = succeeded(await stack.preview());
    assert.deepEqual(changedPaths(stepOf(change, "first", "replace")), ["description"]);
    assert.ok(stepOf(change, "second", "replace"), "an unknown value of a replacing field replaces");
    assert.deepEqual(stack.emulator.requests, []);
    await stack.deploy(stack.program);
    assert.notEqual(stack.taskIds("first")[0], first);
    assert.equal(stack.resource("second").outputs?.["description"], stack.taskIds("first")[0]);
    assert.equal(stack.emulator.tasks().length, 2);
  });

  it("does so from class to class: what is unknown updates a batch or job, and replaces by a replacing field", async () => {
    const chain = (description: string): Program => ({
      tasks: {
        first: { args: edgeArgs({ description }) },
        batch: { type: "BatchTask", args: batchArgs({ description: outputOf("first", "taskId") }) },
        job: { type: "VideoAnalysisJob", args: jobArgs({ description: outputOf("batch", "taskId") }) },
        strict: { type: "VideoAnalysisJob", args: jobArgs({ triggers: [outputOf("first", "taskId")] }) },
      },
    });
    stack.program = chain("one");
    const preview = succeeded(await stack.preview());
    for (const name of ["batch", "job"]) {
      assert.equal(stepOf(preview, name).newInputs?.["description"], "[unknown]");
    }
    await stack.deploy(chain("one"));
    assert.equal(stack.resource("batch").outputs?.["description"], stack.taskIds("first")[0]);

    stack.program = chain("two");
    stack.emulator.clearRequests();
    const change = succeeded(await stack.preview());
    assert.ok(stepOf(change, "first", "replace"));
    assert.ok(stepOf(change, "batch", "update"));
    assert.ok(stepOf(change, "strict", "replace"));
    assert.deepEqual(stack.emulator.requests, []);
    await stack.deploy(stack.program);
    assert.equal(stack.resource("batch").outputs?.["description"], stack.taskIds("first")[0]);
  });

  it("refuses bad batches and jobs with their property paths, beside unknown values", async () => {
    const bad: Program = {
      tasks: {
        batch: {
          type: "BatchTask",
          args: {
            ...batchArgs(),
            description: outputOf("first", "taskId"),
            batchInput: { videoSourceGroup: [{ videoSourceGroupId: "x", videoSourceList: [] }] },
            schedule: { type: "weekly", timezone: "+08:00" },
            output: { eventCenter: false },
            saved_as_template: true,
          },
        },
        job: {
          type: "VideoAnalysisJob",
          args: {
            ...jobArgs(),
            description: outputOf("first", "taskId"),
            serviceVersion: "one",
            input: { type: "restful", data: [] },
            output: {},
            timing: { type: "daily", timezone: "+08:00" },
          },
        },
      },
    };
    const expected = {
      batch: [
        "batchInput.videoSourceGroup[0].videoSourceGroupId",
        "schedule.daysOfWeek",
        "saved_as_template",
        "output",
      ],
      job: ["serviceVersion", "input.type", "timing.periods", "output"],
    };
    // The engine checks nothing more after a resource that is refused.
    for (const [name, properties] of Object.entries(expected)) {
      stack.program = { tasks: { first: { args: edgeArgs() }, [name]: bad.tasks![name]! } };
      const errors = failed(await stack.preview());
      for (const property of properties) {
        assert.ok(errors.includes(`property ${property} `), `${property} is refused; errors:\n${errors}`);
      }
    }
    assert.deepEqual(stack.emulator.requests, []);
  });

  it("refuses bad input with its property path, before any call, also beside unknown values", async () => {
    const headers = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`X-${index}`, "v"]));
    const bad: JsonObject = {
      serviceId: IEF,
      platform: "edge",
      description: outputOf("first", "taskId"),
      desiredState: "running",
      source_usage_estimate: { cpu: 1, memory: 1 },
      schedule: {
        type: "daily",
        timezone: "Europe/Berlin",
        periods: [{ beginAt: "08:00:00", endAt: "09:00:00" }],
        frequency: { interval: 10, duration: 10, beginAt: "08:00:00", endAt: "09:00:00" },
      },
      input: { type: "vis", data: [{ streamName: outputOf("first", "name") }] },
      output: { webhook: { url: 5, headers } },
    };
    stack.program = tasksOf({ first: edgeArgs(), bad });
    const errors = failed(await stack.preview());
    const expected: readonly (readonly [string, RegExp])[] = [
      ["source_usage_estimate", /did you mean `sourceUsageEstimate`/],
      ["sourceUsageEstimate", /required, but missing/],
      ["desiredState", /needs `platform: "ief"`/],
      ["schedule.timezone", /offset from UTC/],
      ["schedule.frequency", /not both/],
      ["input.type", /ModelArts Edge supports/],
      ["output.webhook.url", /expected string/],
      ["output.webhook.headers", /expected 1 to 10/],
    ];
    for (const [property, reason] of expected) {
      const line = errors.split("\n").find((found) => found.includes(`property ${property} `));
      assert.ok(line, `${property} is refused; the errors were:\n${errors}`);
      assert.match(line, reason);
    }
    assert.deepEqual(stack.emulator.requests, []);

    const up = await stack.up();
    assert.match(errorsOf(up), /property schedule.frequency /);
    assert.deepEqual(
      taskSteps(up).filter(({ name }) => name === "bad"),
      [],
    );
  });
});
