/** A stack of many resources costs the quota of the services nothing while nothing changes. */
import assert from "node:assert/strict";
import { edgeArgs, tasksOf } from "../../scenarios/program";
import { SCENARIO_TIMEOUT, succeeded, TestStack } from "../../scenarios/support";

const MANY = 200;
/** The largest program text a resource may carry in the state, in bytes. */
const MAX_PROVIDER_TEXT = 90;

describe("a stack of many resources", function () {
  this.timeout(SCENARIO_TIMEOUT);

  it(`previews ${MANY} unchanged ones without a call, and their program text is small`, async () => {
    const stack = await TestStack.open();
    try {
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
    } finally {
      await stack.close();
    }
  });
});
