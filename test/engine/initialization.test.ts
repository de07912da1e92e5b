import assert from "node:assert/strict";
import { Gate } from "./gate";
import { iefArgs, tasksOf } from "./program";
import { failed, opsOf, SCENARIO_TIMEOUT, stepOf, succeeded, TestStack, writesOf } from "./support";

/** Long enough for the calls of a create on a busy machine, short enough to be waited for in a test. */
const SHORT = "4s";

describe("a create that does not come to its end", function () {
  this.timeout(SCENARIO_TIMEOUT);
  let stack: TestStack;
  let gate: Gate;

  beforeEach(async () => {
    stack = await TestStack.open();
    gate = await Gate.open(stack.emulator.url);
    stack.config["video-analysis:endpoints"] = JSON.stringify(stack.emulator.endpoints).replaceAll(
      stack.emulator.url,
      gate.url,
    );
  });
  afterEach(async () => {
    await gate.close();
    await stack.close();
  });

  const waiting = (timeout: string) =>
    tasksOf({ cam: iefArgs({ waitFor: "running", timeouts: { create: timeout } }) });

  for (const refreshed of [false, true]) {
    it(`stuck in PENDING: the id is kept, and the next up finishes${refreshed ? ", also after a refresh" : ""}`, async () => {
      stack.emulator.inject({ kind: "stuckPending" });
      stack.program = waiting(SHORT);
      const result = await stack.up();
      const errors = failed(result);
      assert.match(errors, /TIMEOUT/);
      assert.match(errors, /PENDING/);
      assert.ok(stepOf(result, "cam").initErrors);
      const [id] = stack.liveIds();
      assert.deepEqual(stack.taskIds("cam"), [id]);
      assert.equal(stack.resource("cam").initErrors?.length, 1);
      assert.deepEqual(stack.resource("cam").outputs?.["unfinished"], ["wait"]);

      if (refreshed) {
        succeeded(await stack.refresh());
        assert.equal(stack.resource("cam").initErrors, undefined);
        assert.deepEqual(stack.resource("cam").outputs?.["unfinished"], ["wait"]);
      }
      stack.emulator.setState(id!, "RUNNING");
      stack.emulator.clearRequests();
      assert.deepEqual(opsOf(await stack.deploy(waiting(SHORT))), ["update cam"]);
      assert.deepEqual(writesOf(stack.emulator), []);
      const { outputs, initErrors } = stack.resource("cam");
      assert.equal(initErrors, undefined);
      assert.equal(outputs?.["state"], "RUNNING");
      assert.deepEqual(outputs["unfinished"], []);
      assert.deepEqual(stack.taskIds("cam"), [id]);
    });
  }

  it("CREATE_FAILED at the service: the step fails with the service's words, and destroy removes the task", async () => {
    gate.act = ({ method, moment }) => {
      if (method === "POST" && moment === "after") {
        const error = { code: "ModelArts.3540", message: "no node is free" };
        for (const id of stack.liveIds()) stack.emulator.setState(id, "CREATE_FAILED", { error });
      }
      return "pass";
    };
    stack.program = tasksOf({ cam: iefArgs() });
    const errors = failed(await stack.up());
    assert.match(errors, /TASK_FAILED/);
    assert.match(errors, /no node is free/);
    assert.deepEqual(stack.taskIds("cam"), stack.liveIds());
    gate.act = () => "pass";

    assert.match(failed(await stack.up()), /TASK_FAILED/);
    assert.equal(stack.liveIds().length, 1);
    succeeded(await stack.destroy());
    assert.deepEqual(stack.liveIds(), []);
  });
});
