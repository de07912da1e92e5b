import assert from "node:assert/strict";
import { AWAITED, Harness, failsWith } from "./harness";
import { CallFailed, CheckFailed, InitFailed } from "./failures";
import { unfinished } from "./state";
import { KINDS, serviceTaskKind } from "./kinds";
import { CANARIES, CANARY, OUTPUT, SECRET_INPUTS } from "./kinds/secrets";
import { holdsSecret, isSecret, plain, type Props, secret, visibleTexts } from "./values";
import { contract } from "./part";

const assertNoCanary = (text: string, where: string): void => {
  for (const canary of CANARIES) assert.ok(!text.includes(canary), `${canary} in ${where}: ${text}`);
};
const assertSealed = (value: unknown, where: string): void => {
  for (const text of visibleTexts(value)) assertNoCanary(text, where);
};

export const part = contract("secrets", () => {
  let harness: Harness;
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
    harness = await Harness.open({ passwordEcho: "echo", tokens: [CANARY.token] });
    await harness.start();
  });
  after(() => harness.close());
  afterEach(() => {
    for (const text of texts.splice(0)) assertNoCanary(text, "an error");
    assertNoCanary(harness.output, "the output of a provider process");
  });

  for (const kind of KINDS) {
    const inputs = SECRET_INPUTS[kind.title];
    const rows: readonly (readonly [string, Props])[] = [
      ["the headers of a webhook", { output: OUTPUT }],
      ...(inputs === undefined
        ? []
        : ([
            ["vcn", { input: inputs.vcn, output: OUTPUT }],
            ["restful", { input: inputs.restful, output: OUTPUT }],
            ["a camera's URL", { input: inputs.camera, output: OUTPUT }],
          ] as const)),
    ];
    for (const [index, [title, secrets]] of rows.entries()) {
      it(`seals ${title} in checked inputs, outputs and what a read returns: ${kind.title}`, async () => {
        const { provider } = harness;
        const name = `sealed-${index}`;
        const args = kind.program(name, secrets);
        const { state } = await provider.up(args);
        for (const [where, value] of Object.entries({ inputs: state.inputs, outputs: state.outputs })) {
          assertSealed(value, where);
          for (const [key, given] of Object.entries(secrets)) {
            assert.ok(holdsSecret(value[key]), where);
            assert.deepEqual(plain(value)[key], given, `${where} hold the values themselves`);
          }
        }
        const refreshed = await provider.refresh(state);
        assertSealed(refreshed?.state, "a refreshed state");
        assert.deepEqual(refreshed?.changed, []);
        const again = await provider.up(args, refreshed.state);
        assert.deepEqual([again.op, again.changed], ["same", []]);
        const there = JSON.stringify([harness.tasksNamed(name), harness.emulator.batches()]);
        assert.ok(
          CANARIES.some((canary) => there.includes(canary)),
          "the service got the values",
        );
      });
    }
  }

  for (const kind of KINDS) {
    describe(kind.title, () => {
      const inputs = SECRET_INPUTS[kind.title];
      /** As many secrets as one program can have, and the same with another value of one of them. */
      const secrets: Props = { output: OUTPUT, ...(inputs === undefined ? {} : { input: inputs.vcn }) };
      const { path, others } =
        inputs === undefined
          ? {
              path: /output\.webhook\.headers/,
              others: {
                output: {
                  webhook: { ...OUTPUT.webhook, headers: { "X-Key": CANARY.login } },
                  dis: OUTPUT.dis,
                },
              },
            }
          : {
              path: /input\.vcn\.password/,
              others: {
                ...secrets,
                input: { ...inputs.vcn, vcn: { ...inputs.vcn.vcn, password: CANARY.login } },
              },
            };

      it("seals leaves where it can, and leaves what is no secret readable", async () => {
        const checked = await harness.provider.check(kind.program("leaves", secrets));
        const { webhook } = checked.output as { webhook: { url: unknown; headers: Props } };
        assert.ok(isSecret(webhook.headers["X-Key"]));
        assert.equal(webhook.url, "https://hook.example.com");
        if (inputs === undefined) return;
        const input = checked.input as { vcn: Props; data: unknown };
        assert.ok(isSecret(input.vcn.password));
        assert.equal(input.vcn.username, "operator");
        assert.deepEqual(input.data, inputs.vcn.data);
      });

      it("does not seal arguments without credentials", async () => {
        assert.equal(holdsSecret(await harness.provider.check(kind.program("open"))), false);
      });

      it("takes values that the program marked as secrets, and finds no change later", async () => {
        const { provider } = harness;
        const args = kind.program("marked", {
          ...secrets,
          description: secret("described"),
          ...kind.settings({ key: secret(CANARY.parameter) }),
          output: { dis: { streamName: secret("results"), dataCategory: [secret("a"), "b"] } },
        });
        const { state } = await provider.up(args);
        assert.ok(isSecret(state.outputs.description));
        assertSealed(state.outputs, "outputs");
        const refreshed = await provider.refresh(state);
        assert.deepEqual(refreshed?.changed, []);
        assert.equal((await provider.up(args, refreshed.state)).op, "same");
      });

      it("sees an echoed secret that somebody changed, and seals the new one", async () => {
        const { state } = await harness.provider.up(kind.program("rotated", secrets));
        const [id = ""] = kind.made(harness.emulator, "rotated");
        kind.edit(harness.emulator, id, { output: { webhook: { headers: { "X-Key": CANARY.login } } } });
        const refreshed = await harness.provider.refresh(state);
        assert.deepEqual(refreshed?.changed, ["output.webhook.headers.X-Key"]);
        assertSealed(refreshed.state, "a refreshed state");
      });

      describe("texts do not give away", () => {
        it("what check refuses", async () => {
          const bad = { output: { webhook: { url: CANARY.user.repeat(90), headers: { a: CANARY.header } } } };
          const error = await failure(
            harness.provider.check(kind.program("bad one", { ...secrets, ...bad })),
          );
          assert.ok(error instanceof CheckFailed);
        });

        it("what a service repeats in its refusal", async () => {
          const input = inputs === undefined ? {} : { input: inputs.restful };
          const checked = await harness.provider.check(kind.program("repeated", { ...secrets, ...input }));
          const message = `bad ${CANARY.header} and ${CANARY.callback} at ?token=${CANARY.parameter}`;
          const told = inputs === undefined ? `bad ${CANARY.callback}` : message;
          const match = { name: "repeated", operation: kind.operations.create };
          harness.emulator.inject({
            kind: "status",
            status: 400,
            code: "ModelArts.0101",
            message: told,
            match,
          });
          const error = await failure(harness.provider.create(checked));
          assert.equal((error as CallFailed).code, "REQUEST_FAILED");
          assert.match(error.message, /ModelArts\.0101/);
        });

        it("what a proxy's page repeats", async () => {
          const input = inputs === undefined ? {} : { input: inputs.camera };
          const checked = await harness.provider.check(
            kind.program("page", { ...secrets, ...input, timeouts: { create: AWAITED } }),
          );
          const body = `<html>${CANARY.token} rtsp://admin:${CANARY.user}@x ${CANARY.callback}</html>`;
          harness.emulator.inject({ kind: "malformed", status: 403, body, match: { name: "page" } });
          await failure(harness.provider.create(checked));
        });

        it("differences of a task that holds the name", async () => {
          const { state } = await harness.provider.up(kind.program("taken", secrets));
          const run = await harness.newRun();
          const args = kind.program("taken", others);
          assert.ok(failsWith("NAME_TAKEN", path)(await failure(run.up(args))));
          if (kind.features.drift === "updated") return;
          const adopting = run.up({ ...args, adopt: state.id });
          assert.ok(failsWith("ADOPT_MISMATCH", path)(await failure(adopting)));
        });

        it("an initialization error, whose properties are sealed", async () => {
          const name = "stuck-secret";
          harness.emulator.inject({ kind: "stuckPending", match: { name } });
          const args = kind.program(name, { ...secrets, waitFor: "running", timeouts: { create: AWAITED } });
          const checked = await harness.provider.check(args);
          const creation = harness.provider.create(checked);
          await failure(creation);
          assertSealed((await unfinished(creation, checked)).outputs, "properties");
        });
      });
    });
  }

  for (const kind of KINDS) {
    const input = SECRET_INPUTS[kind.title]?.vcn;
    if (input === undefined) continue;
    it(`sees an echoed password that somebody changed: ${kind.title}`, async () => {
      const { state } = await harness.provider.up(kind.program("changed", { input }));
      const [id = ""] = kind.made(harness.emulator, "changed");
      kind.edit(harness.emulator, id, { input: { vcn: { password: CANARY.login } } });
      const refreshed = await harness.provider.refresh(state);
      assert.deepEqual(refreshed?.changed, ["input.vcn.password"]);
      assertSealed(refreshed.state, "a refreshed state");
    });

    it(`keeps the recorded password where the service masks or omits it: ${kind.title}`, async () => {
      const { state } = await harness.provider.up(kind.program("withheld", { input }));
      for (const passwordEcho of ["mask", "omit"] as const) {
        harness.emulator.configure({ passwordEcho });
        assert.deepEqual((await harness.provider.refresh(state))?.changed, []);
      }
      harness.emulator.configure({ passwordEcho: "echo" });
    });
  }

  it("does not show a token that is refused, nor the password of a user", async () => {
    const args = serviceTaskKind.program("refused");
    const wrong = await harness.newRun(harness.config({ token: CANARY.login }));
    assert.match((await failure(wrong.up(args))).message, /renew /i);
    const login = { userName: "emulator-user", password: CANARY.login, domainName: "emulator-domain" };
    const user = await harness.newRun(harness.config({ token: undefined, ...login }));
    await failure(user.up(args));
    await failure(
      (await harness.newRun(harness.config({ token: `${CANARY.token}\n${CANARY.token}` }))).up(args),
    );
  });
});
