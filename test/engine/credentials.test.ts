import assert from "node:assert/strict";
import { DEFAULT_USER } from "../../testkit/emulator";
import { edgeArgs, tasksOf } from "../scenarios/program";
import { failed, opsOf, SCENARIO_TIMEOUT, succeeded, TestStack } from "../scenarios/support";

describe("credentials", function () {
  this.timeout(SCENARIO_TIMEOUT);
  let stack: TestStack;

  beforeEach(async () => {
    stack = await TestStack.open();
    stack.program = tasksOf({ cam: edgeArgs() });
    stack.secretConfig = {};
  });
  afterEach(() => stack.close());

  const logIn = (password: string): void => {
    stack.config["video-analysis:userName"] = DEFAULT_USER.name;
    stack.config["video-analysis:domainName"] = DEFAULT_USER.domainName;
    stack.secretConfig["video-analysis:password"] = password;
  };

  it("user name and password give a token, and the project is looked up by the region's name", async () => {
    delete stack.config["video-analysis:projectId"];
    logIn(DEFAULT_USER.password);
    succeeded(await stack.up());
    assert.equal(stack.resource("cam").outputs?.["projectId"], stack.emulator.projectId);
    assert.equal(stack.emulator.calls({ service: "iam", method: "POST" }).length, 1, "one token a run");
    assert.deepEqual(opsOf(succeeded(await stack.refresh())), ["refresh-same cam"]);
    succeeded(await stack.destroy());
    assert.deepEqual(stack.liveIds(), []);
  });

  it("a wrong password is said to be one, and is not printed", async () => {
    logIn("wrong-password");
    const errors = failed(await stack.up());
    assert.match(errors, /IAM\.0001/);
    assert.match(errors, /userName|emulator-user/);
    assert.equal(errors.includes("wrong-password"), false);
    assert.deepEqual(stack.liveIds(), []);
    assert.deepEqual(stack.recorded(), []);
  });

  it("without any, a preview works and an up says what to set", async () => {
    assert.deepEqual(opsOf(succeeded(await stack.preview())), ["create cam"]);
    const errors = failed(await stack.up());
    assert.match(errors, /CONFIGURATION: No credentials were found/);
    assert.match(errors, /video-analysis:token/);
    assert.deepEqual(stack.emulator.requests, []);
  });

  it("come from the environment where the stack has none, and a token finds the project too", async () => {
    delete stack.config["video-analysis:projectId"];
    stack.env = { HW_AUTH_TOKEN: stack.emulator.token };
    succeeded(await stack.up());
    assert.equal(stack.liveIds().length, 1);
    assert.equal(stack.resource("cam").outputs?.["projectId"], stack.emulator.projectId);
  });
});
