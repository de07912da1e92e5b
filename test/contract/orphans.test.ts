import assert from "node:assert/strict";
import { defaultNamed, edgeArgs, failsWith, Harness, until } from "./harness";
import { type Kind, KINDS, serviceTaskKind, videoAnalysisJobKind } from "./kinds";
import type { Provider } from "./provider";
import type { Props } from "./values";
import { contract } from "./part";

/** Orphans that must not be resumed: what is there, and what the program wants. */
const different = (kind: Kind): readonly [string, Props, Props][] => [
  ["another description", { description: "a" }, { description: "b" }],
  ["no description", {}, { description: "b" }],
  ["a description that the arguments lack", { description: "a" }, {}],
  ["another source", kind.sources(1), kind.sources(1, 2)],
  ["fewer sources", kind.sources(1), kind.sources(2)],
  ["more sources", kind.sources(2), kind.sources(1)],
  ["another output", {}, { output: { dis: { streamName: "other" } } }],
  ["other settings", kind.settings({ a: 1 }), kind.settings({ a: 2 })],
  ["a schedule that the arguments lack", kind.scheduled, {}],
];

export const part = contract("orphans", () => {
  let harness: Harness;
  /** A later run of the engine, whose process remembers nothing of the first one. */
  let later: Provider;
  /** One more, which asks for the tasks of interrupted runs. */
  let asking: Provider;
  const newAskingRun = (): Promise<Provider> => harness.newRun(undefined, { VIDEO_ANALYSIS_RESUME: "1" });
  before(async () => {
    harness = await Harness.open();
    await harness.start();
    [later, asking] = await Promise.all([harness.newRun(), newAskingRun()]);
  });
  after(() => harness.close());

  /** An orphan is refused by a run that does not ask for it, and is another one's with a claim. */
  async function resumed(kind: Kind, args: Props): Promise<void> {
    const name = String(args.name);
    const made = (): string[] => kind.made(harness.emulator, name);
    const { state: old } = await harness.provider.up(defaultNamed(args));
    const ids = made();
    await assert.rejects(
      later.up(defaultNamed(args)),
      failsWith("NAME_TAKEN", /VIDEO_ANALYSIS_RESUME=1 pulumi up/, /adopt: "/, /deleteBeforeReplace: true/),
    );
    const { state } = await asking.up(defaultNamed(args));
    assert.equal(state.id, kind.idFor(ids, args));
    assert.deepEqual([made(), harness.posts(name, kind)], [ids, 1]);
    await until(() => /resuming .* which an interrupted run left behind/.test(asking.output));
    assert.deepEqual((await asking.refresh(state))?.changed, []);
    // Another stack that records the task, too, is not seen; an entry of this one is spared.
    await asking.delete(old);
    assert.deepEqual(made(), ids);
    // The warning takes another way than the answer.
    await until(() => /another resource has taken .* over, so it is not deleted/.test(asking.output));
    await asking.delete(state);
    assert.deepEqual(made(), []);
  }

  /** Nothing says whether the orphan has the program's arguments, so it is left to its owner. */
  async function unresumed(kind: Kind, program: Props, ...paths: readonly string[]): Promise<void> {
    for (const [index, start] of [() => harness.newRun(), newAskingRun].entries()) {
      const args = { ...program, name: `${String(program.name)}-${index}` };
      const adopt = kind.idFor(await harness.lost(kind, defaultNamed(args)), args);
      // Edge lists are scanned once a process, so the orphan has to be there before the first look.
      const run = await start();
      const named = paths.map((path) => new RegExp(`no read shows [^.]*\`${path}\``));
      const error = await run.up(defaultNamed(args)).then(
        () => assert.fail("it was taken over"),
        (thrown: unknown) => thrown,
      );
      assert.ok(failsWith("NAME_TAKEN", ...named, new RegExp(`adopt: "${adopt}"`))(error), String(error));
      assert.doesNotMatch(String(error), /VIDEO_ANALYSIS_RESUME/);
      const { state } = await run.up({ ...args, adopt });
      await until(() => /no read shows .* is trusted to have what the program says/.test(run.output));
      await run.delete(state);
      assert.deepEqual(kind.made(harness.emulator, args.name), []);
    }
  }

  for (const kind of KINDS) {
    describe(kind.title, () => {
      const program = (name: string, more?: Props): Props => kind.program(name, more);
      const ids = (name: string): string[] => kind.made(harness.emulator, name);

      if (kind.features.unreadable.length > 0) {
        it("resumes no orphan: no read shows all of its arguments", () =>
          unresumed(kind, program("orphan", { description: "d" }), ...kind.features.unreadable));
      } else {
        it("resumes the orphan of a lost run under a default name where the run asks for it", () =>
          resumed(kind, program("orphan", { description: "d", ...kind.settings({ a: 1 }) })));
      }

      for (const [index, [title, there, wanted]] of different(kind).entries()) {
        it(`resumes nothing with ${title}`, async () => {
          const name = `different-${index}`;
          const before = await harness.lost(kind, defaultNamed(program(name, there)));
          await assert.rejects(asking.up(defaultNamed(program(name, wanted))), failsWith("NAME_TAKEN"));
          assert.deepEqual(ids(name), before);
        });
      }

      it("resumes nothing that this run has seen recorded, and lets nobody adopt it", async () => {
        const args = defaultNamed(program("seen"));
        const { state } = await harness.provider.up(args);
        // A targeted replacement calls create, then delete, and no diff.
        await asking.read(state);
        const error = await asking.create(await asking.check(args)).then(
          () => assert.fail("it was taken over"),
          (thrown: unknown) => thrown,
        );
        assert.ok(failsWith("NAME_TAKEN", /deleteBeforeReplace: true/, /triggers/)(error), String(error));
        assert.doesNotMatch(String(error), /adopt|VIDEO_ANALYSIS_RESUME/);
        assert.equal(ids("seen").length, 1);
      });

      it("stops where several equal orphans compete", async () => {
        await harness.lost(kind, defaultNamed(program("competing")));
        const twin = await harness.newRun(harness.config({ allowDuplicateNames: "true" }));
        await twin.up(program("competing"));
        const both = ids("competing");
        const lines = both.map((id) => new RegExp(`adopt: "${kind.idFor([id])}"`));
        const again = asking.up(defaultNamed(program("competing")));
        await assert.rejects(again, failsWith("CREATE_AMBIGUOUS", ...lines));
        await assert.rejects(later.up(defaultNamed(program("competing"))), failsWith("NAME_TAKEN", ...lines));
        assert.deepEqual([both.length, ids("competing")], [2, both]);
      });

      describe("of several sources", () => {
        if (kind.features.unreadable.length === 0) {
          it("are resumed as a group", async () => {
            await harness.lost(kind, defaultNamed(program("group", kind.sources(2))));
            const { state } = await asking.up(defaultNamed(program("group", kind.sources(2))));
            assert.deepEqual(state.outputs.taskIds, kind.taskIds(harness.emulator, "group"));
            assert.equal(harness.posts("group", kind), 1);
          });
        }

        it("are not resumed when one of the group is missing", async () => {
          await harness.lost(kind, defaultNamed(program("half", kind.sources(2))));
          harness.emulator.removeTask(kind.taskIds(harness.emulator, "half")[0] ?? "");
          await assert.rejects(
            asking.up(defaultNamed(program("half", kind.sources(2)))),
            failsWith("NAME_TAKEN"),
          );
        });
      });
    });
  }

  it("resumes nothing on Edge, whose estimate no read shows", () =>
    unresumed(serviceTaskKind, edgeArgs("orphan-edge", { description: "d" }), "sourceUsageEstimate"));

  it("writes a password anew that the service masks, where it has an update", async () => {
    const kind = videoAnalysisJobKind;
    const vcn = { ip: "10.0.0.1", port: 9900, username: "camera", password: "canary-right" };
    const input = { type: "vcn", data: [{ deviceId: `${"1".repeat(20)}#${"a".repeat(32)}` }], vcn };
    const wanted = defaultNamed(kind.program("masked", { input }));
    const mistaken = { ...wanted, input: { ...input, vcn: { ...vcn, password: "canary-wrong" } } };
    const [id] = await harness.lost(kind, mistaken);
    const { state } = await asking.up(wanted);
    assert.deepEqual(state.outputs.taskIds, [id]);
    const live = harness.emulator.tasks().find((task) => task.id === id);
    assert.equal((live?.input as { vcn?: { password?: string } }).vcn?.password, "canary-right");
  });
});
