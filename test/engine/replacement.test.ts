import assert from "node:assert/strict";
import type { JsonObject } from "../../testkit/emulator";
import { edgeArgs, EDGE, iefArgs, type Program, tasksOf } from "../scenarios/program";
import { opsOf, SCENARIO_TIMEOUT, stepOf, succeeded, TestStack, writesOf } from "../scenarios/support";

/** A change of each kind of API field; every one has to replace. */
const CHANGES: Readonly<Record<string, JsonObject>> = {
  description: { description: "changed" },
  schedule: {
    schedule: {
      type: "daily",
      timezone: "+01:00",
      periods: [{ beginAt: "08:00:00", endAt: "09:00:00" }],
    },
  },
  input: { input: { type: "url", data: [{ url: "rtsp://cameras.example.com/other" }] } },
  output: { output: { dis: { streamName: "other" } } },
  sourceUsageEstimate: { sourceUsageEstimate: { cpu: 0.2, memory: 32 } },
  triggers: { triggers: ["run it again"] },
};

describe("replacement", function () {
  this.timeout(SCENARIO_TIMEOUT);
  let stack: TestStack;

  /** One resource for each change, so that one run shows them all. */
  const programs = (changed: boolean): Program =>
    tasksOf({
      ...Object.fromEntries(
        Object.entries(CHANGES).map(([name, change]) => [name, edgeArgs(changed ? change : {})]),
      ),
      config: iefArgs({ config: { level: changed ? 2 : 1 } }),
      renamed: edgeArgs({ name: changed ? "new-name" : "old-name" }),
      kept: edgeArgs({}),
    });
  const names = [...Object.keys(CHANGES), "config"];

  before(async () => {
    stack = await TestStack.open();
    await stack.deploy(programs(false));
  });
  after(() => stack.close());

  it("follows the change of any API field, and deletes before it creates", async () => {
    const kept = stack.resource("kept").id;
    const before = Object.fromEntries(names.map((name) => [name, stack.taskIds(name)[0]!]));
    stack.emulator.clearRequests();
    const result = await stack.deploy(programs(true));
    for (const name of names) {
      const ops = opsOf(result).filter((op) => op.endsWith(` ${name}`));
      assert.deepEqual(ops, [`delete-replaced ${name}`, `replace ${name}`, `create-replacement ${name}`]);
      assert.deepEqual(stepOf(result, name, "create-replacement").replaceKeys, [name]);
      assert.notEqual(stack.taskIds(name)[0], before[name]);
      assertOrder(name, "deleteServiceTask", "createServiceTask");
    }
    assert.equal(stack.resource("kept").id, kept);
    assert.equal(stack.emulator.tasks().length, names.length + 2);
  });

  it("creates first where the name changes too", () => {
    assertOrder("renamed", "createServiceTask", "deleteServiceTask");
    const live = stack.emulator.tasks().map(({ name }) => name);
    assert.ok(live.includes("new-name"));
    assert.equal(live.includes("old-name"), false);
  });

  it("keeps the default name, so that nothing else sees a difference", () => {
    const name = stack.resource("description").outputs?.["name"];
    assert.ok(typeof name === "string");
    assert.match(name, /^description-[0-9a-f]{12}$/);
    assert.ok(stack.emulator.tasks().some((task) => task.name === name));
  });

  /** Deletes and creates of a resource's tasks by name; the two names of the renamed one belong together. */
  function assertOrder(resource: string, ...expected: string[]): void {
    const own = (name = ""): boolean =>
      resource === "renamed" ? /^(old|new)-name$/.test(name) : name.startsWith(`${resource}-`);
    const writes = stack.emulator.requests.filter(({ name, method }) => method !== "GET" && own(name));
    assert.deepEqual(
      writes.map(({ operation }) => operation),
      expected,
    );
  }
});

describe("changes in place", function () {
  this.timeout(SCENARIO_TIMEOUT);
  let stack: TestStack;

  before(async () => {
    stack = await TestStack.open();
    await stack.deploy(tasksOf({ cam: iefArgs({ desiredState: "running" }), other: edgeArgs() }));
  });
  after(() => stack.close());

  it("waitFor, timeouts and platform reach the state without a create or delete", async () => {
    const id = stack.resource("other").id;
    stack.emulator.clearRequests();
    const anywhere = edgeArgs({ waitFor: "running", timeouts: { delete: "20m" } });
    delete anywhere["platform"];
    const result = await stack.deploy(
      tasksOf({
        cam: iefArgs({ desiredState: "running" }),
        other: anywhere,
      }),
    );
    assert.deepEqual(opsOf(result).sort(), ["same cam", "update other"]);
    assert.deepEqual(writesOf(stack.emulator), []);
    const { outputs = {} } = stack.resource("other");
    assert.deepEqual(outputs["timeouts"], { delete: "20m" });
    assert.equal(outputs["waitFor"], "running");
    assert.equal(outputs["state"], "RUNNING");
    assert.equal(stack.resource("other").id, id);
  });

  it("desiredState stops and starts the same task", async () => {
    const [id] = stack.taskIds("cam");
    for (const [desiredState, operation, state] of [
      ["stopped", "stopServiceTask", "STOPPED"],
      ["running", "startServiceTask", "RUNNING"],
    ] as const) {
      stack.emulator.clearRequests();
      const waitFor = desiredState === "running" ? { waitFor: "running" } : {};
      await stack.deploy(tasksOf({ cam: iefArgs({ desiredState, ...waitFor }) }));
      assert.deepEqual(
        writesOf(stack.emulator).filter((found) => found !== "deleteServiceTask"),
        [operation],
      );
      assert.deepEqual(stack.taskIds("cam"), [id]);
      assert.equal(stack.emulator.tasks().find((task) => task.id === id)?.state, state);
    }
    assert.deepEqual(opsOf(succeeded(await stack.refresh())), ["refresh-same cam"]);
  });

  it("a different spelling of the same meaning is no change at all", async () => {
    const schedule = (type: string, more: JsonObject = {}): JsonObject => ({
      schedule: {
        type,
        timezone: "+01:00",
        periods: [{ beginAt: "08:00:00", endAt: "09:00:00" }],
        ...more,
      },
    });
    await stack.deploy(tasksOf({ daily: edgeArgs({ serviceId: EDGE, ...schedule("daily") }) }));
    stack.emulator.clearRequests();
    const result = await stack.deploy(
      tasksOf({ daily: edgeArgs(schedule("DAILY", { executionMode: "period" })) }),
    );
    assert.deepEqual(opsOf(result), ["same daily"]);
    assert.deepEqual(writesOf(stack.emulator), []);
  });
});
