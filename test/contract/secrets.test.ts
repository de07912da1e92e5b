import assert from "node:assert/strict";
import { Bench, failsWith, iefArgs } from "./bench";
import { CallFailed, CheckFailed, InitFailed } from "./failures";
import { unfinished } from "./harness";
import { holdsSecret, isSecret, plain, type Props, secret, visibleTexts } from "./values";

const CANARY = {
  header: "canary-header-5d1f",
  callback: "canary-callback-77aa",
  password: "canary-password-c0de",
  user: "canary-user-91ab",
  parameter: "canary-parameter-3e3e",
  token: "canary-token-8f8f",
  login: "canary-login-4242",
};
const CANARIES = Object.values(CANARY);

const VCN: Props = {
  type: "vcn",
  data: [{ deviceId: "device-1" }],
  vcn: { ip: "10.0.0.1", port: 9900, username: "operator", password: CANARY.password },
};
const RESTFUL: Props = {
  type: "restful",
  data: [
    {
      url: `https://media.example.com/stream?token=${CANARY.parameter}`,
      certificateCheck: true,
      rtspPathInResponse: "/url",
      headers: { Authorization: CANARY.header },
    },
  ],
};
const CAMERA: Props = { type: "url", data: [{ url: `rtsp://admin:${CANARY.user}@camera.example.com/1` }] };
const OUTPUT: Props = {
  webhook: { url: "https://hook.example.com", headers: { "X-Key": CANARY.callback } },
  dis: { streamName: "results" },
};

const assertNoCanary = (text: string, where: string): void => {
  for (const canary of CANARIES) assert.ok(!text.includes(canary), `${canary} in ${where}: ${text}`);
};
const assertSealed = (value: unknown, where: string): void => {
  for (const text of visibleTexts(value)) assertNoCanary(text, where);
};

describe("contract: secrets", () => {
  let bench: Bench;
  const texts: string[] = [];

  /** The error of a call that has to fail; its texts must not hold a canary. */
  async function failure(promise: Promise<unknown>): Promise<CallFailed | CheckFailed | InitFailed> {
    const error = await promise.then(
      () => assert.fail("the call was expected to fail"),
      (reason: unknown) => reason,
    );
    assert.ok(
      error instanceof CallFailed || error instanceof CheckFailed || error instanceof InitFailed,
      String(error),
    );
    texts.push(error.message);
    if (error instanceof InitFailed) texts.push(...error.details.reasons);
    return error;
  }

  before(async () => {
    bench = await Bench.open({ passwordEcho: "echo", tokens: [CANARY.token] });
    await bench.start();
  });
  after(() => bench.close());
  afterEach(() => {
    for (const text of texts.splice(0)) assertNoCanary(text, "an error");
    assertNoCanary(bench.output, "the output of a provider process");
  });

  const INPUTS: readonly [string, Props][] = [
    ["vcn", VCN],
    ["restful", RESTFUL],
    ["a camera's URL", CAMERA],
  ];
  for (const [index, [title, input]] of INPUTS.entries()) {
    it(`seals ${title} in checked inputs, outputs and what a read returns`, async () => {
      const { provider } = bench;
      const args = iefArgs(`sealed-${index}`, { input, output: OUTPUT });
      const { state } = await provider.up(args);
      for (const [where, value] of Object.entries({ inputs: state.inputs, outputs: state.outputs })) {
        assertSealed(value, where);
        assert.ok(holdsSecret(value.input), where);
        assert.deepEqual(plain(value).input, input, `${where} hold the values themselves`);
      }
      const refreshed = await provider.refresh(state);
      assertSealed(refreshed?.state, "a refreshed state");
      assert.deepEqual(refreshed?.changed, []);
      const again = await provider.up(args, refreshed.state);
      assert.deepEqual([again.op, again.changed], ["same", []]);
      const [task] = bench.tasksNamed(`sealed-${index}`);
      assert.ok(
        CANARIES.some((canary) => JSON.stringify(task).includes(canary)),
        "the service got the values",
      );
    });
  }

  it("seals leaves where it can, and leaves what is no secret readable", async () => {
    const inputs = await bench.provider.check(iefArgs("leaves", { input: VCN, output: OUTPUT }));
    const input = inputs.input as { vcn: Props; data: unknown };
    assert.ok(isSecret(input.vcn.password));
    assert.equal(input.vcn.username, "operator");
    assert.deepEqual(input.data, VCN.data);
    const { webhook } = inputs.output as { webhook: { url: unknown; headers: Props } };
    assert.ok(isSecret(webhook.headers["X-Key"]));
    assert.equal(webhook.url, "https://hook.example.com");
  });

  it("does not seal URLs without credentials", async () => {
    const inputs = await bench.provider.check(iefArgs("open"));
    assert.equal(holdsSecret(inputs), false);
  });

  it("takes values that the program marked as secrets, and finds no change later", async () => {
    const { provider } = bench;
    const marked = { ...VCN, vcn: { ...(VCN.vcn as Props), password: secret(CANARY.password) } };
    const args = iefArgs("marked", {
      description: secret("described"),
      input: marked,
      output: { dis: { streamName: secret("results"), dataCategory: [secret("a"), "b"] } },
    });
    const { state } = await provider.up(args);
    assert.ok(isSecret(state.outputs.description));
    assertSealed(state.outputs, "outputs");
    const refreshed = await provider.refresh(state);
    assert.deepEqual(refreshed?.changed, []);
    assert.equal((await provider.up(args, refreshed.state)).op, "same");
  });

  it("sees an echoed password that somebody changed, and seals the new one", async () => {
    const { provider, emulator } = bench;
    const { state } = await provider.up(iefArgs("rotated", { input: VCN }));
    const [task] = bench.tasksNamed("rotated");
    emulator.editTask(task!.id, { input: { vcn: { password: CANARY.login } } });
    const refreshed = await provider.refresh(state);
    assert.deepEqual(refreshed?.changed, ["input.vcn.password"]);
    assertSealed(refreshed.state, "a refreshed state");
  });

  it("keeps the recorded password where the service masks or omits it", async () => {
    const { provider, emulator } = bench;
    const { state } = await provider.up(iefArgs("withheld", { input: VCN }));
    for (const passwordEcho of ["mask", "omit"] as const) {
      emulator.configure({ passwordEcho });
      const refreshed = await provider.refresh(state);
      assert.deepEqual(refreshed?.changed, []);
    }
    emulator.configure({ passwordEcho: "echo" });
  });

  describe("texts do not give away", () => {
    it("what check refuses", async () => {
      const bad = { ...(VCN.vcn as Props), port: 99999 };
      const error = await failure(
        bench.provider.check(
          iefArgs("bad one", {
            input: { ...VCN, vcn: bad },
            output: { webhook: { url: CANARY.user.repeat(90) } },
          }),
        ),
      );
      assert.ok(error instanceof CheckFailed);
    });

    it("what a service repeats in its refusal", async () => {
      const name = "repeated";
      const inputs = await bench.provider.check(iefArgs(name, { input: RESTFUL, output: OUTPUT }));
      const message = `bad ${CANARY.header} and ${CANARY.callback} at ?token=${CANARY.parameter}`;
      bench.emulator.inject({
        kind: "status",
        status: 400,
        code: "ModelArts.0101",
        message,
        match: { name },
      });
      const error = await failure(bench.provider.create(inputs));
      assert.equal((error as CallFailed).code, "REQUEST_FAILED");
      assert.match(error.message, /ModelArts\.0101/);
    });

    it("what a proxy's page repeats", async () => {
      const name = "page";
      const inputs = await bench.provider.check(
        iefArgs(name, { input: CAMERA, output: OUTPUT, timeouts: { create: "1s" } }),
      );
      const body = `<html>${CANARY.token} rtsp://admin:${CANARY.user}@x ${CANARY.callback}</html>`;
      bench.emulator.inject({ kind: "malformed", status: 403, body, match: { name } });
      await failure(bench.provider.create(inputs));
    });

    it("differences of a task that holds the name", async () => {
      const { provider } = bench;
      await provider.up(iefArgs("taken", { input: VCN, output: OUTPUT }));
      const other = { ...VCN, vcn: { ...(VCN.vcn as Props), password: CANARY.login } };
      const run = await bench.newRun();
      const args = iefArgs("taken", { input: other, output: OUTPUT });
      assert.ok(failsWith("NAME_TAKEN", /input\.vcn\.password/, /\[secret\]/)(await failure(run.up(args))));
      const [task] = bench.tasksNamed("taken");
      const adopting = run.up({ ...args, adopt: `${String(args.serviceId)}/${task!.id}` });
      assert.ok(failsWith("ADOPT_MISMATCH", /\[secret\]/)(await failure(adopting)));
    });

    it("an initialization error, whose properties are sealed", async () => {
      bench.emulator.inject({ kind: "stuckPending" });
      const args = iefArgs("stuck-secret", {
        input: VCN,
        output: OUTPUT,
        waitFor: "running",
        timeouts: { create: "500ms" },
      });
      const inputs = await bench.provider.check(args);
      const creation = bench.provider.create(inputs);
      await failure(creation);
      assertSealed((await unfinished(creation, inputs)).outputs, "properties");
    });

    it("a token that is refused, and the password of a user", async () => {
      const wrong = await bench.newRun(bench.config({ token: CANARY.login }));
      const refused = await failure(wrong.up(iefArgs("refused")));
      assert.match(refused.message, /renew it/i);
      const login = { userName: "emulator-user", password: CANARY.login, domainName: "emulator-domain" };
      const user = await bench.newRun(bench.config({ token: undefined, ...login }));
      await failure(user.up(iefArgs("refused")));
      await failure(
        (await bench.newRun(bench.config({ token: `${CANARY.token}\n${CANARY.token}` }))).up(iefArgs("x")),
      );
    });
  });
});
