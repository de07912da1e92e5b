import assert from "node:assert/strict";
import { Gate } from "../scenarios/gate";
import { each, KINDS, oneOfEach } from "../scenarios/kinds";
import {
  failed,
  opsOf,
  SCENARIO_TIMEOUT,
  stepOf,
  succeeded,
  taskIdsOf,
  TestStack,
  writesOf,
} from "../scenarios/support";

/** Long enough for the calls of a create on a busy machine; on the fast clock it passes in a second. */
const SHORT = "1m";

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
    oneOfEach(() => ({ waitFor: "running", timeouts: { create: timeout } }));

  for (const refreshed of [false, true]) {
    it(`stuck in PENDING: the id is kept, and the next up finishes${refreshed ? ", also after a refresh" : ""}`, async () => {
      stack.emulator.inject({ kind: "stuckPending", times: null });
      stack.program = waiting(SHORT);
      const result = await stack.up();
      const errors = failed(result);
      assert.match(errors, /TIMEOUT/);
      assert.match(errors, /PENDING/);
      const ids = stack.liveIds().sort();
      assert.deepEqual(stack.recorded().flatMap(taskIdsOf).sort(), ids);
      for (const { name } of KINDS) {
        assert.ok(stepOf(result, name).initErrors);
        assert.equal(stack.resource(name).initErrors?.length, 1);
        assert.deepEqual(stack.resource(name).outputs?.["unfinished"], ["wait"]);
      }

      stack.emulator.clearFaults();
      if (refreshed) {
        succeeded(await stack.refresh());
        for (const { name } of KINDS) {
          assert.equal(stack.resource(name).initErrors, undefined);
          assert.deepEqual(stack.resource(name).outputs?.["unfinished"], ["wait"]);
        }
      }
      for (const id of ids) stack.emulator.setState(id, "RUNNING");
      stack.emulator.clearRequests();
      assert.deepEqual(opsOf(await stack.deploy(waiting(SHORT))).sort(), each("update"));
      assert.deepEqual(writesOf(stack.emulator), []);
      for (const { name } of KINDS) {
        const { outputs, initErrors } = stack.resource(name);
        assert.equal(initErrors, undefined);
        assert.equal(outputs?.["state"], "RUNNING");
        assert.deepEqual(outputs["unfinished"], []);
      }
      assert.deepEqual(stack.recorded().flatMap(taskIdsOf).sort(), ids);
    });
  }

  it("CREATE_FAILED at the service: the step fails with the service's words, and destroy removes the task", async () => {
    // The engine starts nothing after the first failure, so all creates have to be under way before it.
    let arrived = 0;
    let open: () => void = () => undefined;
    const allArrived = new Promise<void>((resolve) => (open = resolve));
    gate.act = async ({ method, moment }): Promise<"pass"> => {
      if (method !== "POST") return "pass";
      if (moment === "before") {
        arrived += 1;
        if (arrived === KINDS.length) open();
        await allArrived;
      } else {
        const error = { code: "ModelArts.3540", message: "no node is free" };
        for (const id of stack.liveIds()) stack.emulator.setState(id, "CREATE_FAILED", { error });
      }
      return "pass";
    };
    stack.program = oneOfEach(() => ({}));
    const errors = failed(await stack.up());
    assert.equal(errors.match(/TASK_FAILED/g)?.length, KINDS.length, errors);
    assert.equal(errors.match(/no node is free/g)?.length, KINDS.length, errors);
    assert.deepEqual(stack.recorded().flatMap(taskIdsOf).sort(), stack.liveIds().sort());
    gate.act = () => "pass";

    assert.match(failed(await stack.up()), /TASK_FAILED/);
    assert.equal(stack.liveIds().length, KINDS.length);
    succeeded(await stack.destroy());
    assert.deepEqual(stack.liveIds(), []);
  });
});
