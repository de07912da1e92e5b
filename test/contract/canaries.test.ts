/** Values that the program may have made secrets: plain text to a hook, and so in no message at all. */
import assert from "node:assert/strict";
import { Harness, until } from "./harness";
import { CallFailed, CheckFailed, InitFailed } from "./failures";
import type { Provider } from "./provider";
import { type Kind, KINDS } from "./kinds";
import { isProps, type Props } from "./values";
import { contract } from "./part";

const CANARY = "canary";
/** A text that the services accept nearly everywhere. */
const hidden = (what: string): string => `${CANARY}-${what}-4f3e2d`;

/** Every argument that is a free text. */
const hide = (kind: Kind, name: string, suffix = ""): Props =>
  kind.program(name, {
    description: hidden(`description${suffix}`),
    ...kind.settings({ level: hidden(`level${suffix}`), deep: [{ pin: hidden(`pin${suffix}`) }] }),
    output: {
      obs: { bucket: hidden("bucket"), path: `${hidden("path")}/` },
      dis: { streamName: hidden(`stream${suffix}`), dataCategory: [hidden("category")] },
      webhook: {
        url: `https://${hidden("host")}.example/${hidden("hook")}?code=${hidden("code")}`,
        headers: { "X-Key": hidden("header") },
      },
    },
    triggers: [hidden("trigger")],
    // A job's delete is repeated: its refusal may be one of the present state.
    timeouts: { delete: "2s" },
  });

/** All of the values that a service gets, as it may repeat them. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return value.includes(CANARY) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (!isProps(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => (key === "triggers" ? [] : textsIn(item)));
}

/** The paths of all leaves, and the arguments with another value at each. */
function withEach(
  args: unknown,
  value: unknown,
  path: readonly (string | number)[] = [],
): [string, unknown][] {
  const inner = Array.isArray(args)
    ? args.map((item: unknown, index) => [index, item] as const)
    : isProps(args)
      ? Object.entries(args)
      : undefined;
  if (inner === undefined) return [[path.join("."), value]];
  return inner.flatMap(([key, item]) =>
    withEach(item, value, [...path, key]).map(([at, changed]): [string, unknown] => [
      at,
      Array.isArray(args)
        ? args.map((old: unknown, index) => (index === key ? changed : old))
        : { ...(args as Props), [key]: changed },
    ]),
  );
}

export const part = contract("values that may be secret", function () {
  this.timeout(60_000);
  let harness: Harness;
  let debugging: Provider;

  before(async () => {
    harness = await Harness.open();
    await harness.start();
    debugging = await harness.newRun(harness.config(), { VIDEO_ANALYSIS_DEBUG: "1" });
  });
  after(() => harness.close());
  afterEach(() => {
    harness.emulator.clearFaults();
    const { output } = harness;
    assert.ok(
      !output.includes(CANARY),
      output.slice(Math.max(0, output.indexOf(CANARY) - 200)).slice(0, 400),
    );
  });

  async function said(call: Promise<unknown>): Promise<string> {
    const error: unknown = await call.then(
      () => assert.fail("the call was expected to fail"),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof CallFailed || error instanceof CheckFailed || error instanceof InitFailed);
    const text = [error.message, ...(error instanceof InitFailed ? error.details.reasons : [])].join("\n");
    assert.ok(!text.includes(CANARY), text);
    return text;
  }

  for (const kind of KINDS) {
    describe(kind.title, () => {
      it("are in no failure of check, whichever argument is wrong", async () => {
        const { __provider, ...args } = kind.full("canaries");
        const wrong = [hidden("wrong"), [hidden("wrong")], { [hidden("key")]: hidden("wrong") }];
        let refused = 0;
        for (const value of wrong) {
          for (const [path, changed] of withEach(args, value)) {
            const call = harness.provider.check({ ...(changed as Props), __provider });
            const error: unknown = await call.then(
              () => undefined,
              (reason: unknown) => reason,
            );
            if (error === undefined) continue;
            refused += 1;
            assert.ok(error instanceof CheckFailed, path);
            for (const { property, reason } of error.failures) {
              assert.equal(property, "");
              // The program's own key is a part of the path.
              const told = reason.replaceAll(hidden("key"), "");
              assert.ok(!told.includes(CANARY), `${path}: ${reason}`);
            }
          }
        }
        assert.ok(refused > 10, `${refused} refusals`);
      });

      it("are in no refusal that repeats them, of a create, an update or a delete", async () => {
        const args = hide(kind, "repeating");
        const { state } = await harness.provider.up(args);
        const message = `refused: ${textsIn(args).join(" and ")}`;
        const operations = [kind.operations.create, kind.operations.update, kind.operations.delete];
        for (const operation of operations.filter((name) => name !== undefined)) {
          harness.emulator.inject({
            kind: "status",
            status: 400,
            message,
            times: null,
            match: { operation },
          });
        }
        const fresh = await harness.provider.check(hide(kind, "repeating-too"));
        assert.match(await said(harness.provider.create(fresh)), /refused: .*\*\*\*/);
        if (kind.operations.update !== undefined) {
          const changed = await harness.provider.check(hide(kind, "repeating", "-changed"), state.inputs);
          assert.match(await said(harness.provider.update(state, changed)), /\*\*\*/);
        }
        await said(harness.provider.delete(state));
      });

      it("are neither in the error of a taken name nor in that of an adoption", async () => {
        const { state } = await harness.provider.up(hide(kind, "held"));
        const other = await harness.newRun();
        const taken = await said(other.up(hide(kind, "held", "-other")));
        assert.match(taken, /NAME_TAKEN.*description/);
        if (kind.features.drift === "updated") return;
        const adopting = await said(other.up({ ...hide(kind, "held", "-other"), adopt: state.id }));
        assert.match(adopting, /ADOPT_MISMATCH.*description/);
      });

      it("are in no text of a task that failed", async () => {
        const args = { ...hide(kind, "failing"), waitFor: "running" };
        const inputs = await harness.provider.check(args);
        const message = `broken by ${textsIn(args).join(", ")}`;
        harness.emulator.inject({ kind: "stuckPending", match: { name: "failing" } });
        const creation = harness.provider.create(inputs);
        void (async () => {
          while (kind.taskIds(harness.emulator, "failing").length === 0) {
            await new Promise((resolve) => setTimeout(resolve, 50));
          }
          for (const id of kind.taskIds(harness.emulator, "failing")) {
            kind.setState(harness.emulator, id, "FAILED", {
              status: message,
              error: { code: "X.1", message },
            });
          }
        })();
        await said(creation);
      });

      it("are in no line of the debug output", async () => {
        const { state } = await debugging.up(hide(kind, "debugged"));
        await debugging.read(state);
        await debugging.delete(state);
        const body = /video-analysis: {3}> \{"name":"debugged","description":"\*\*\*"/;
        await until(() => body.test(debugging.process.output));
      });
    });
  }

  it("that a service writes with escapes reach no terminal", async () => {
    const [kind] = KINDS;
    assert.ok(kind);
    const escapes = "\u001b]0;owned\u0007\u001b[2J\u009b1m\u202etxt\r\n";
    const message = `no ${escapes} such`;
    harness.emulator.inject({
      kind: "status",
      status: 400,
      message,
      match: { operation: kind.operations.create },
    });
    const inputs = await harness.provider.check(kind.program("escapes"));
    const text = await said(harness.provider.create(inputs));
    assert.match(text, /no \\u001b\]0;owned/);
    // eslint-disable-next-line no-control-regex -- these are what must not be there
    assert.doesNotMatch(text, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    const refused = await said(harness.provider.check(kind.program("escapes", { "k\u202ey\u009b": 1 })));
    assert.match(refused, /\\u202e.*\\u009b/);

    harness.emulator.inject({
      kind: "status",
      status: 400,
      message,
      match: { operation: kind.operations.create },
    });
    await assert.rejects(debugging.create(inputs));
    // eslint-disable-next-line no-control-regex -- these are what must not be there
    assert.doesNotMatch(harness.output, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });
});
