/** No password, token, header value or URL credential appears in plain text: not in states, output or errors. */
import assert from "node:assert/strict";
import type { JsonObject } from "../../testkit/emulator";
import { Engine, type OperationResult } from "../../tools/engine";
import { batchArgs, EDGE, edgeArgs, jobArgs, type Program, secret, tasksOf } from "../scenarios/program";
import { failed, SCENARIO_TIMEOUT, stepOf, succeeded, TestStack } from "../scenarios/support";

/** Values that occur nowhere else, by what they are. */
const CANARY = {
  inputHeader: "canary-input-header",
  webhookHeader: "canary-webhook-header",
  vcnPassword: "canary-vcn-password",
  urlPassword: "canary-url-password",
  description: "canary-description",
  token: "canary-token",
  iamPassword: "canary-iam-password",
  driftedHeader: "canary-drifted-header",
  driftedPassword: "canary-drifted-password",
} as const;

const USER = { name: "user", password: CANARY.iamPassword, domainName: "domain" };

function program(webhookHeader: string = CANARY.webhookHeader): Program {
  const common = { platform: "edge", sourceUsageEstimate: { cpu: 0.1, memory: 32 }, serviceId: EDGE };
  const webhook = (): JsonObject => ({
    webhook: { url: "https://hooks.example.com/results", headers: { Authorization: webhookHeader } },
  });
  return {
    showArguments: true,
    tasks: {
      ...tasksOf({
        restful: {
          ...common,
          input: {
            type: "restful",
            data: [
              {
                url: "https://media.example.com/streams",
                headers: { "X-Key": CANARY.inputHeader },
                certificateCheck: true,
                rtspPathInResponse: "/url",
              },
            ],
          },
          output: webhook(),
        },
        vcn: {
          ...common,
          input: {
            type: "vcn",
            data: [{ deviceId: "device" }],
            vcn: { ip: "10.0.0.1", port: 9900, username: "operator", password: CANARY.vcnPassword },
          },
          output: { dis: { streamName: "results" } },
        },
        camera: {
          ...edgeArgs({ description: secret(CANARY.description) }),
          input: {
            type: "url",
            data: [{ url: `rtsp://viewer:${CANARY.urlPassword}@cameras.example.com/1` }],
          },
        },
      }).tasks,
      batch: { type: "BatchTask", args: batchArgs({ output: webhook() }) },
      job: {
        type: "VideoAnalysisJob",
        args: jobArgs({
          input: {
            type: "vcn",
            data: [{ deviceId: `${"1".repeat(20)}#${"a".repeat(32)}` }],
            vcn: { ip: "10.0.0.1", port: 9900, username: "operator", password: CANARY.vcnPassword },
          },
          output: {
            webhook: {
              url: `https://viewer:${CANARY.urlPassword}@hooks.example.com/`,
              headers: { "X-Key": CANARY.inputHeader },
            },
          },
        }),
      },
    },
  };
}

describe("secrets", function () {
  this.timeout(SCENARIO_TIMEOUT);
  let stack: TestStack;

  before(async () => {
    // A service that repeats passwords is the hard case.
    stack = await TestStack.open({ tokens: [CANARY.token], users: [USER], passwordEcho: "echo" });
    stack.program = program();
  });
  after(() => stack.close());

  function assertSilent(result: OperationResult): void {
    const { providerCalls, ...rest } = result;
    // What the program passes to its first check is the program's own affair; answers and all later calls are not.
    const calls = providerCalls.map((call) => (call.method === "check" ? { ...call, request: {} } : call));
    const events = stack.events.filter(({ type }) => type !== "call-end");
    const texts = { result: rest, calls, events, printed: stack.printed, state: stack.exported() };
    for (const [where, value] of Object.entries(texts)) {
      const text = JSON.stringify(value);
      for (const canary of Object.values(CANARY)) {
        const at = text.indexOf(canary);
        assert.equal(at, -1, `${canary} in ${where}: …${text.slice(Math.max(0, at - 200), at + 60)}`);
      }
    }
  }

  it("stay out of everything in preview and up, and reach the service", async () => {
    assertSilent(succeeded(await stack.preview()));
    assertSilent(succeeded(await stack.up()));
    const live = JSON.stringify(stack.emulator.tasks());
    for (const key of [
      "inputHeader",
      "webhookHeader",
      "vcnPassword",
      "urlPassword",
      "description",
    ] as const) {
      assert.ok(live.includes(CANARY[key]), `${key} was sent`);
    }
  });

  it("are secret outputs: masked, encrypted, and whole for whoever may see them", async () => {
    const engine = new Engine(stack.engineOptions());
    const masked = (await engine.outputs())["tasks"];
    assert.equal(JSON.stringify(masked).includes("canary"), false);
    const open = JSON.stringify(await engine.outputs({ showSecrets: true }));
    for (const key of [
      "inputHeader",
      "webhookHeader",
      "vcnPassword",
      "urlPassword",
      "description",
    ] as const) {
      assert.ok(open.includes(CANARY[key]), `${key} is in the outputs`);
    }
    assertSilent(succeeded(await stack.up()));
  });

  it("stay secret where a refresh finds others", async () => {
    const [restful, vcn] = [stack.taskIds("restful")[0]!, stack.taskIds("vcn")[0]!];
    stack.emulator.editTask(restful, {
      output: { webhook: { headers: { Authorization: CANARY.driftedHeader } } },
    });
    const [batch, job] = [stack.taskIds("batch")[0]!, stack.taskIds("job")[0]!];
    const webhook = { headers: { Authorization: CANARY.driftedHeader } };
    stack.emulator.editBatch(batch, { output: { webhook } });
    stack.emulator.editTask(job, { input: { vcn: { password: CANARY.driftedPassword } } });
    stack.emulator.editTask(vcn, { input: { vcn: { password: CANARY.driftedPassword } } });
    const refresh = succeeded(await stack.refresh());
    assert.equal(stepOf(refresh, "restful").resultOp, "update");
    assert.equal(stepOf(refresh, "vcn").resultOp, "update");
    assert.equal(stepOf(refresh, "batch").resultOp, "update");
    assert.equal(stepOf(refresh, "job").resultOp, "update");
    assert.equal(stepOf(refresh, "camera").resultOp, "same");
    assertSilent(refresh);
    assertSilent(succeeded(await stack.up()));
    const live = JSON.stringify([stack.emulator.tasks(), stack.emulator.batches()]);
    assert.equal(live.includes("canary-drifted"), false);
  });

  it("stay out of errors in which the service repeats them", async () => {
    const { token, vcnPassword, urlPassword, inputHeader, webhookHeader } = CANARY;
    const message = `Invalid argument: ${webhookHeader}, ${inputHeader}, ${vcnPassword}, rtsp://viewer:${urlPassword}@host/, ${token}`;
    stack.emulator.inject({
      kind: "status",
      status: 400,
      code: "ModelArts.0101",
      message,
      match: { method: "POST" },
      times: null,
    });
    for (const name of ["restful", "vcn", "camera", "batch", "job"]) {
      const only = program().tasks?.[name];
      assert.ok(only);
      stack.program = { tasks: { [`${name}-again`]: only } };
      const result = await stack.up();
      const errors = failed(result);
      assert.match(errors, /ModelArts\.0101/);
      // Only secrets that were in the request can be known in its answer.
      const own =
        {
          restful: [webhookHeader, inputHeader],
          vcn: [vcnPassword],
          camera: [urlPassword],
          batch: [webhookHeader],
          job: [vcnPassword, urlPassword, inputHeader],
        }[name] ?? [];
      for (const canary of [...own, token])
        assert.equal(errors.includes(canary), false, `${canary}: ${errors}`);
    }
    stack.emulator.clearFaults();
  });

  it("stay out of the error of a taken name and of refused arguments", async () => {
    const { restful } = program("canary-other-header").tasks ?? {};
    const [id] = stack.taskIds("restful");
    const name = stack.emulator.tasks().find((task) => task.id === id)?.name ?? "";
    assert.ok(restful);
    stack.program = { tasks: { twin: { args: { ...restful.args, name } } } };
    const taken = failed(await stack.up());
    assert.match(taken, /NAME_TAKEN/);
    assert.equal(taken.includes("canary"), false, taken);

    const input = restful.args["input"] as JsonObject;
    stack.program = { tasks: { typo: { args: { ...restful.args, input: { ...input, type: "restfull" } } } } };
    const refused = failed(await stack.preview());
    assert.match(refused, /property input\.type /);
    assert.equal(refused.includes("canary"), false, refused);
  });

  it("stay out of everything with user name and password too", async () => {
    const other = new TestStack(stack.emulator);
    other.program = tasksOf({ plain: edgeArgs() });
    other.config["video-analysis:userName"] = USER.name;
    other.config["video-analysis:domainName"] = USER.domainName;
    other.secretConfig = { "video-analysis:password": CANARY.iamPassword };
    succeeded(await other.up());
    const texts = [other.exported(), other.events, other.printed].map((value) => JSON.stringify(value));
    for (const text of texts) assert.equal(text.includes("canary"), false);
  });
});
