/** Every secret, every way out: state, output of the process, errors and reasons, with and without the debug log. */
import assert from "node:assert/strict";
import type { Fault } from "../../../testkit/emulator";
import { Harness } from "../../contract/harness";
import { CheckFailed, InitFailed } from "../../contract/failures";
import { DynamicProvider } from "../../contract/dynamic-provider";
import type { Provider } from "../../contract/provider";
import { type Props, visibleTexts } from "../../contract/values";
import { Resource } from "../../fault/resource";
import { CANARY, LOGINS, PROGRAMS, type SecretProgram, spellingsOf } from "./canaries";

/** Prints each request, redacted; a version without it ignores the variable. */
const DEBUG = { VIDEO_ANALYSIS_DEBUG: "1" };

const ALL = Object.values(CANARY);

/** A service, or a proxy before it, that repeats what it was sent now or at an earlier call for the same task. */
function faultsOf(args: Props): readonly (Fault | undefined)[] {
  const text = JSON.stringify(args);
  const own = [...ALL.filter((canary) => text.includes(canary)), CANARY.token];
  const echo = `refused: ${own.join(" ")} ${text}`;
  return [
    undefined,
    { kind: "status", status: 400, message: echo },
    { kind: "status", status: 500, message: echo, when: "after", times: 3 },
    { kind: "malformed", body: `<html>${echo}</html>` },
    { kind: "malformed", body: `<html>${echo}</html>`, status: 404 },
    { kind: "malformed", body: JSON.stringify({ tasks: echo }) },
    { kind: "drop", when: "after" },
    { kind: "unauthorizedExpired" },
    { kind: "wrongProject" },
  ];
}

function assertClean(text: string, where: string): void {
  for (const canary of ALL.flatMap(spellingsOf)) {
    assert.ok(!text.includes(canary), `${canary} in ${where}: ${text}`);
  }
}

describe("canaries", () => {
  let harness: Harness;
  const runs: Provider[] = [];

  before(async () => {
    harness = await Harness.open({
      passwordEcho: "echo",
      tokens: [CANARY.token],
      users: [{ name: "operator", password: CANARY.loginPassword, domainName: "domain" }],
      logSecrets: true,
    });
  });
  after(async () => {
    await Promise.all(runs.map((run) => run.stop()));
    await harness.close();
  });
  afterEach(() => {
    harness.emulator.clearFaults();
    for (const run of runs) assertClean(run.process.output, "the output of a provider process");
  });

  function assertNothingSeen(resource: Resource, error: Error | undefined): void {
    const { state } = resource;
    const seen = state === undefined ? [] : [state.id, ...visibleTexts([state.inputs, state.outputs])];
    for (const text of seen) assertClean(text, "the state");
    for (const reason of state?.initErrors ?? []) assertClean(reason, "the reasons of an unfinished create");
    if (error === undefined) return;
    assertClean(error.message, "an error");
    if (error instanceof InitFailed) error.details.reasons.forEach((text) => assertClean(text, "a reason"));
    if (error instanceof CheckFailed)
      error.failures.forEach(({ reason }) => assertClean(reason, "a failure"));
  }

  /** The life of a resource, with a fault in each of its steps. */
  async function live(
    run: Provider,
    program: SecretProgram,
    name: string,
    fault: Fault | undefined,
  ): Promise<void> {
    const resource = new Resource();
    const args = program.args(name);
    const { service, operations } = program.kind;
    // A replacement in the run of its create would find the name reserved.
    const edited = operations.update === undefined ? { waitFor: "accepted" } : { description: "other" };
    const steps: (() => ReturnType<Resource["up"]>)[] = [
      () => resource.up(run, args),
      () => resource.refresh(run),
      () => resource.up(run, { ...args, ...edited }),
      () => resource.destroy(run),
    ];
    for (const step of steps) {
      if (fault !== undefined) harness.emulator.inject({ ...fault, match: { service } });
      const { error } = await step();
      assert.ok(fault !== undefined || error === undefined, `without a fault: ${error?.message ?? ""}`);
      assertNothingSeen(resource, error);
      harness.emulator.clearFaults();
      const later = resource.state === undefined ? await resource.up(run, args) : await resource.refresh(run);
      assertNothingSeen(resource, later.error);
    }
    assertNothingSeen(resource, (await resource.destroy(run)).error);
  }

  for (const [place, login] of LOGINS.entries()) {
    it(`a login by ${login.title}, with the debug log`, async () => {
      const run = await DynamicProvider.start(harness.config(login.config), DEBUG);
      runs.push(run);
      const [program] = PROGRAMS;
      assert.ok(program !== undefined);
      const resource = new Resource();
      const { error } = await resource.up(run, program.args(`login-${place}`));
      assert.equal(error !== undefined, login.refused === true, error?.message);
      assertNothingSeen(resource, error);
    });
  }

  describe("of arguments", () => {
    let run: Provider;
    before(async () => {
      run = await DynamicProvider.start(harness.config({ maxRetries: "1" }), DEBUG);
      runs.push(run);
    });

    for (const [number, program] of PROGRAMS.entries()) {
      it(`${program.title}: whatever goes wrong`, async () => {
        for (const [index, fault] of faultsOf(program.args("")).entries()) {
          await live(run, program, `canary-${number}-${index}`, fault);
        }
        const sent = JSON.stringify(harness.emulator.requests.map(({ body }) => body));
        assert.ok(
          ALL.some((canary) => sent.includes(canary)),
          "the service got the values",
        );
      });
    }

    it("arguments that are refused", async () => {
      for (const { args } of PROGRAMS) {
        const program = args("refused");
        const wrong: Props[] = [
          { ...program, output: { webhook: { url: CANARY.webhookUser, headers: CANARY.outputHeader } } },
          { ...program, input: { ...(program.input as Props | undefined), vcn: CANARY.cameraPassword } },
          { ...program, [CANARY.token]: "x", adopt: `rtsp://a:${CANARY.urlUser}@b` },
        ];
        for (const item of wrong) {
          const error = await run.check(item).then(
            () => undefined,
            (reason: unknown) => reason as Error,
          );
          // A key that the program chose is no secret: it is quoted as what it is.
          assertClean((error?.message ?? "").replaceAll(CANARY.token, "the key"), "the failures of check");
        }
      }
    });
  });
});
