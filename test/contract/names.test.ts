import assert from "node:assert/strict";
import { Harness, defaultNamed, edgeArgs, failsWith, until } from "./harness";
import type { Provider } from "./provider";
import { type Kind, KINDS, serviceTaskKind, videoAnalysisJobKind } from "./kinds";
import type { Props } from "./values";

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

/** How long a DELETING lasts that somebody has to wait for, in milliseconds. */
const SLOW_DELETE = 400;

describe("contract: names and orphans", () => {
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

  /** A create whose result never reached the state. */
  async function lost(kind: Kind, args: Props): Promise<string[]> {
    await harness.provider.up(args);
    return kind.made(harness.emulator, String(args.name ?? args.autoName));
  }

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
    // Another stack that records the task, too, is seen by nobody; an entry of this one is spared.
    await asking.delete(old);
    assert.deepEqual(made(), ids);
    // The warning takes another way than the answer.
    await until(() => /another resource has taken .* over, so it is not deleted/.test(asking.output));
    await asking.delete(state);
    assert.deepEqual(made(), []);
  }

  /** Nothing says whether the orphan has what the program wants, so it stays whoever's it is. */
  async function unresumed(kind: Kind, program: Props, ...paths: readonly string[]): Promise<void> {
    for (const [index, start] of [() => harness.newRun(), newAskingRun].entries()) {
      const args = { ...program, name: `${String(program.name)}-${index}` };
      const adopt = kind.idFor(await lost(kind, defaultNamed(args)), args);
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

  async function reused(kind: Kind, args: Props): Promise<void> {
    const { state } = await later.up(args);
    await later.delete(state);
    const again = await later.up(args);
    assert.notEqual(again.state.id, state.id);
    assert.equal(kind.made(harness.emulator, String(args.name)).length, 1);
  }

  // Edge lists are scanned once per process, and have to follow what the process does.
  it("on Edge too, a name is free again when its task is deleted", () =>
    reused(serviceTaskKind, edgeArgs("reused-edge")));

  for (const kind of KINDS) {
    describe(kind.title, () => {
      const program = (name: string, more?: Props): Props => kind.program(name, more);
      const ids = (name: string): string[] => kind.made(harness.emulator, name);
      const posts = (name: string): number => harness.posts(name, kind);

      it("gives a name free again when its task is deleted", () => reused(kind, program("reused")));

      it("refuses a given name that is taken, with the line that takes the task over", async () => {
        const found = await lost(kind, program("given", { description: "first" }));
        const args = program("given", { description: "second" });
        const adopt = kind.idFor(found);
        await assert.rejects(
          later.up(args),
          failsWith("NAME_TAKEN", new RegExp(`adopt: "${adopt}"`), /[Ii]t differs: description/),
        );
        assert.deepEqual([ids("given"), posts("given")], [found, 1]);
        const { state } = await later.up({ ...args, description: "first", adopt });
        assert.deepEqual([state.id, posts("given")], [adopt, 1]);
      });

      it("makes a second task of one name where the configuration allows it", async () => {
        await lost(kind, program("doubled"));
        const run = await harness.newRun(harness.config({ allowDuplicateNames: "true" }));
        await run.up(program("doubled"));
        assert.equal(ids("doubled").length, 2);
      });

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
          const before = await lost(kind, defaultNamed(program(name, there)));
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
        await lost(kind, defaultNamed(program("competing")));
        const twin = await harness.newRun(harness.config({ allowDuplicateNames: "true" }));
        await twin.up(program("competing"));
        const both = ids("competing");
        const lines = both.map((id) => new RegExp(`adopt: "${kind.idFor([id])}"`));
        const again = asking.up(defaultNamed(program("competing")));
        await assert.rejects(again, failsWith("CREATE_AMBIGUOUS", ...lines));
        await assert.rejects(later.up(defaultNamed(program("competing"))), failsWith("NAME_TAKEN", ...lines));
        assert.deepEqual([both.length, ids("competing")], [2, both]);
      });

      if (kind.operations.update !== undefined) {
        it("refuses a rename onto the name of another task, before the next replacement could fail", async () => {
          const { state } = await later.up(program("renamed"));
          await lost(kind, program("sibling"));
          await assert.rejects(later.up(program("sibling"), state), failsWith("NAME_TAKEN", /renamed/));
          assert.deepEqual([ids("renamed").length, ids("sibling").length], [1, 1]);
          const adopt = kind.idFor(ids("renamed"));
          const adopter = await harness.newRun();
          await assert.rejects(adopter.up(program("sibling", { adopt })), failsWith("NAME_TAKEN", /renamed/));
          const { state: free } = await later.up(program("renamed-again"), state);
          assert.deepEqual([free.id, ids("renamed-again").length], [state.id, 1]);
        });
      }

      it("waits for a task of the name that is being deleted", async () => {
        const { emulator } = harness;
        const [id = ""] = await lost(kind, program("deleting"));
        emulator.configure({ transitions: { deletingMs: SLOW_DELETE } });
        const path = `${kind.createPath(emulator.projectId)}/${id}`;
        const headers = { "X-Auth-Token": emulator.token };
        const deletion = await fetch(`${emulator.url}/${kind.service}${path}`, { method: "DELETE", headers });
        assert.ok(deletion.ok, String(deletion.status));
        const { state } = await later.up(program("deleting"));
        emulator.configure({ transitions: { deletingMs: 0 } });
        assert.notEqual(state.id, kind.idFor([id]));
        assert.equal(ids("deleting").length, 1);
      });

      it("refuses two resources of one name in one run, and makes one task", async () => {
        const inputs = await later.check(program("same-run"));
        const results = await Promise.allSettled([later.create(inputs), later.create(inputs)]);
        assert.deepEqual(results.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
        const refused = results.find((result) => result.status === "rejected");
        assert.ok(failsWith("DUPLICATE_NAME", /Give one of them another `name`/)(refused?.reason));
        assert.deepEqual([ids("same-run").length, posts("same-run")], [1, 1]);
      });

      it("gives a name free again when its create failed", async () => {
        const inputs = await later.check(program("freed"));
        const match = { operation: kind.operations.create, name: "freed" };
        harness.emulator.inject({ kind: "forbidden", match });
        await assert.rejects(later.create(inputs), failsWith("REQUEST_FAILED"));
        await later.create(inputs);
        assert.equal(ids("freed").length, 1);
      });

      describe("of several sources", () => {
        it("make one create, and ids in the order of its answer", async () => {
          const { state } = await later.up(program("pair", kind.sources(2)));
          assert.equal(state.id, kind.idFor(ids("pair")));
          assert.deepEqual(state.outputs.taskIds, kind.taskIds(harness.emulator, "pair"));
          assert.deepEqual([(state.outputs.states as string[]).length, posts("pair")], [2, 1]);
          assert.deepEqual((await later.refresh(state))?.changed, []);
        });

        if (kind.features.unreadable.length === 0) {
          it("are resumed as a group", async () => {
            await lost(kind, defaultNamed(program("group", kind.sources(2))));
            const { state } = await asking.up(defaultNamed(program("group", kind.sources(2))));
            assert.deepEqual(state.outputs.taskIds, kind.taskIds(harness.emulator, "group"));
            assert.equal(posts("group"), 1);
          });
        }

        it("are not resumed when one of the group is missing", async () => {
          await lost(kind, defaultNamed(program("half", kind.sources(2))));
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
    const [id] = await lost(kind, mistaken);
    const { state } = await asking.up(wanted);
    assert.deepEqual(state.outputs.taskIds, [id]);
    const live = harness.emulator.tasks().find((task) => task.id === id);
    assert.equal((live?.input as { vcn?: { password?: string } }).vcn?.password, "canary-right");
  });
});
