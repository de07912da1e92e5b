import assert from "node:assert/strict";
import {
  DEFAULT_EDGE_SERVICE,
  DEFAULT_VAS_SERVICE,
  type Emulator,
  type JsonObject,
  startEmulator,
} from "../../testkit/emulator";
import { edgeTask } from "../emulator/support";
import {
  configurationFor,
  errorsOf,
  failed,
  SCENARIO_TIMEOUT,
  succeeded,
  TestStack,
  writesOf,
} from "../scenarios/support";

const BY_HAND = ["by-hand-1", "by-hand-2"];
const EDGE = DEFAULT_EDGE_SERVICE.id;

/** Makes a task without the provider, and returns its id. */
async function make(emulator: Emulator, body: JsonObject): Promise<string> {
  const { endpoints, projectId, token } = emulator;
  const response = await fetch(`${endpoints.modelarts}/v1/${projectId}/services/${EDGE}/tasks`, {
    method: "POST",
    headers: { "X-Auth-Token": token, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  assert.equal(response.status, 201);
  const { tasks } = (await response.json()) as { tasks: { id: string }[] };
  return tasks[0]!.id;
}

describe("a program that looks up", function () {
  this.timeout(SCENARIO_TIMEOUT);
  let stack: TestStack;

  beforeEach(async () => {
    stack = await TestStack.open({}, { entry: "lookups.cjs" });
    stack.config["scenario:serviceId"] = EDGE;
    for (const body of [
      edgeTask("by-hand-1", { output: { dis: { stream_name: "s" } }, input: url("rtsp://camera/1") }),
      edgeTask("by-hand-2", { output: { dis: { stream_name: "s" } }, input: url("rtsp://camera/2") }),
      edgeTask("secret", {
        output: { dis: { stream_name: "s" } },
        input: url("rtsp://user:canary@camera/3"),
      }),
    ]) {
      await make(stack.emulator, body);
    }
    stack.emulator.clearRequests();
  });
  afterEach(() => stack.close());

  it("finds in previews and updates, writes nothing, and leaves what it cannot know open", async () => {
    const preview = succeeded(await stack.preview());
    assert.deepEqual([...(preview.outputs["names"] as string[])].sort(), BY_HAND);
    assert.deepEqual(writesOf(stack.emulator), []);
    const asked = stack.emulator.calls({ operation: "showServiceTask" });
    assert.deepEqual(asked, []);

    const up = succeeded(await stack.up());
    assert.deepEqual([...(up.outputs["byOutput"] as string[])].sort(), BY_HAND);
    assert.ok(typeof up.outputs["ownState"] === "string");
    assert.deepEqual(writesOf(stack.emulator), ["createServiceTask"]);
    const state = JSON.stringify(stack.exported());
    assert.ok(!state.includes("canary") && !state.includes(stack.emulator.token));
  });

  it("asks with an explicit provider, whose credentials the stack does not have", async () => {
    const { emulator } = stack;
    const { region, projectId, token, endpoints } = emulator;
    stack.config = { "scenario:serviceId": EDGE, "scenario:region": region, "scenario:projectId": projectId };
    stack.secretConfig = { "scenario:provider": JSON.stringify({ token, endpoints }) };
    succeeded(await stack.preview());
    const up = succeeded(await stack.up());
    for (const key of ["names", "byOutput"]) {
      assert.deepEqual([...(up.outputs[key] as string[])].sort(), BY_HAND);
    }
  });

  it("fails with a code and without a stack where something is missing", async () => {
    stack.config["scenario:missing"] = `${EDGE}/${"0".repeat(32)}`;
    const result = await stack.preview();
    const errors = failed(result);
    assert.match(errors, /NOT_FOUND/);
    assert.ok(!/\n\s+at /.test(`${errors}${errorsOf(result)}`), errors);
  });
});

const url = (text: string) => ({ type: "url", data: [{ url: text }] });

describe("static get", function () {
  this.timeout(SCENARIO_TIMEOUT);
  let stack: TestStack;
  let second: Emulator;
  const ID = "a".repeat(32);

  before(async () => {
    // Two clouds that have a task of the same id.
    stack = await TestStack.open({ taskIds: [ID] });
    second = await startEmulator({ taskIds: [ID] });
    assert.equal(await make(stack.emulator, edgeTask("in-the-first")), ID);
    assert.equal(await make(second, edgeTask("in-the-second")), ID);
  });
  after(async () => {
    await second.close();
    await stack.close();
  });

  it("reads with the configuration of today, whatever an earlier run recorded", async () => {
    const program = { lookups: { seen: { id: `${EDGE}/${ID}` } } };
    await stack.deploy(program);
    assert.equal(stack.resource("seen").outputs?.["name"], "in-the-first");
    stack.config = configurationFor(second);
    stack.secretConfig = { "video-analysis:token": second.token };
    await stack.deploy(program);
    const { outputs } = stack.resource("seen");
    assert.deepEqual(
      [outputs?.["name"], outputs?.["endpoint"], outputs?.["state"]],
      ["in-the-second", second.endpoints.modelarts, "RUNNING"],
    );
  });

  for (const [type, id] of [
    ["ServiceTask", `${EDGE}/${"0".repeat(32)}`],
    ["ServiceTask", `${EDGE}/${ID},${"0".repeat(32)}`],
    ["BatchTask", "0".repeat(32)],
    ["VideoAnalysisJob", `${DEFAULT_VAS_SERVICE.name}/${"0".repeat(32)}`],
  ] as const) {
    it(`of a ${type} ${id} that is not there fails the program`, async () => {
      stack.program = { lookups: { seen: { type, id } } };
      assert.match(failed(await stack.up()), /NOT_FOUND: /);
    });
  }
});
