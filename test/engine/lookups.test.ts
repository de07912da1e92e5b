import assert from "node:assert/strict";
import { DEFAULT_EDGE_SERVICE } from "../../testkit/emulator";
import { edgeTask } from "../emulator/support";
import { errorsOf, failed, SCENARIO_TIMEOUT, succeeded, TestStack, writesOf } from "./support";

const BY_HAND = ["by-hand-1", "by-hand-2"];
const EDGE = DEFAULT_EDGE_SERVICE.id;

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
      await make(body);
    }
    stack.emulator.clearRequests();
  });
  afterEach(() => stack.close());

  async function make(body: ReturnType<typeof edgeTask>): Promise<void> {
    const { endpoints, projectId, token } = stack.emulator;
    const response = await fetch(`${endpoints.modelarts}/v1/${projectId}/services/${EDGE}/tasks`, {
      method: "POST",
      headers: { "X-Auth-Token": token, "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    assert.equal(response.status, 201);
  }

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
