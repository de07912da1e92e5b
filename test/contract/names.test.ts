import assert from "node:assert/strict";
import { Bench, defaultNamed, edgeArgs, failsWith, until } from "./bench";
import type { Provider } from "./harness";
import { type Kind, KINDS, serviceTaskKind } from "./kinds";
import type { Props } from "./values";

/** Leftovers that must not be taken: what is there, and what the program wants. */
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

describe("contract: names and leftovers", () => {
  let bench: Bench;
  /** A later run of the engine, whose process remembers nothing of the first one. */
  let later: Provider;
  before(async () => {
    bench = await Bench.open();
    await bench.start();
    later = await bench.newRun();
  });
  after(() => bench.close());

  /** A create whose result never reached the state. */
  async function lost(kind: Kind, args: Props): Promise<string[]> {
    await bench.provider.up(args);
    return kind.made(bench.emulator, String(args.name ?? args.autoName));
  }

  /** A leftover is finished by `run`, which then refuses to delete what it took over. */
  async function resumed(kind: Kind, args: Props, run: Provider): Promise<void> {
    const name = String(args.name);
    const made = (): string[] => kind.made(bench.emulator, name);
    const ids = await lost(kind, defaultNamed(args));
    const { state } = await run.up(defaultNamed(args));
    assert.equal(state.id, kind.idFor(ids, args));
    assert.deepEqual([made(), bench.posts(name, kind)], [ids, 1]);
    await until(() => /resuming .* which an interrupted run left behind/.test(run.output));
    // The task was taken over in this very run, so a delete of it must be somebody's mistake.
    await run.delete(state);
    assert.deepEqual(made(), ids);
    // The warning takes another way than the answer.
    await until(() => /was taken over by another resource in this run and is not deleted/.test(run.output));
    await bench.provider.delete(state);
    assert.deepEqual(made(), []);
  }

  async function reused(kind: Kind, args: Props): Promise<void> {
    const { state } = await later.up(args);
    await later.delete(state);
    const again = await later.up(args);
    assert.notEqual(again.state.id, state.id);
    assert.equal(kind.made(bench.emulator, String(args.name)).length, 1);
  }

  // Edge lists are scanned once per process, and have to follow what the process does.
  it("on Edge too, a name is free again when its task is deleted", () =>
    reused(serviceTaskKind, edgeArgs("reused-edge")));

  for (const kind of KINDS) {
    describe(kind.title, () => {
      const program = (name: string, more?: Props): Props => kind.program(name, more);
      const ids = (name: string): string[] => kind.made(bench.emulator, name);
      const posts = (name: string): number => bench.posts(name, kind);

      it("gives a name free again when its task is deleted", () => reused(kind, program("reused")));

      it("refuses a given name that is taken, with the line that takes the task over", async () => {
        const found = await lost(kind, program("given", { description: "first" }));
        const args = program("given", { description: "second" });
        const adopt = kind.idFor(found);
        await assert.rejects(
          later.up(args),
          failsWith(
            "NAME_TAKEN",
            new RegExp(`adopt: "${adopt}"`),
            /description: "second" here, "first" at the/,
          ),
        );
        assert.deepEqual([ids("given"), posts("given")], [found, 1]);
        const { state } = await later.up({ ...args, description: "first", adopt });
        assert.deepEqual([state.id, posts("given")], [adopt, 1]);
      });

      it("makes a second task of one name where the configuration allows it", async () => {
        await lost(kind, program("doubled"));
        const run = await bench.newRun(bench.config({ allowDuplicateNames: "true" }));
        await run.up(program("doubled"));
        assert.equal(ids("doubled").length, 2);
      });

      it("resumes the leftover of a lost run under a default name", () =>
        resumed(kind, program("leftover", { description: "d", ...kind.settings({ a: 1 }) }), later));

      for (const [index, [title, there, wanted]] of different(kind).entries()) {
        it(`takes no leftover with ${title}`, async () => {
          const name = `different-${index}`;
          const before = await lost(kind, defaultNamed(program(name, there)));
          await assert.rejects(later.up(defaultNamed(program(name, wanted))), failsWith("NAME_TAKEN"));
          assert.deepEqual(ids(name), before);
        });
      }

      it("takes no leftover that is older than a create can last", async () => {
        const [id = ""] = await lost(kind, defaultNamed(program("old")));
        kind.edit(bench.emulator, id, { created_at: "2020-01-01T00:00:00Z" });
        await assert.rejects(later.up(defaultNamed(program("old"))), failsWith("NAME_TAKEN"));
      });

      it("takes no leftover that this run has seen as somebody's", async () => {
        const args = defaultNamed(program("seen"));
        const { state } = await bench.provider.up(args);
        // A targeted replacement calls create, then delete, and no diff.
        await later.read(state);
        await assert.rejects(later.create(await later.check(args)), failsWith("NAME_TAKEN"));
        assert.equal(ids("seen").length, 1);
      });

      it("stops where several equal leftovers compete", async () => {
        await lost(kind, defaultNamed(program("competing")));
        const twin = await bench.newRun(bench.config({ allowDuplicateNames: "true" }));
        await twin.up(program("competing"));
        const both = ids("competing");
        const lines = both.map((id) => new RegExp(`adopt: "${kind.idFor([id])}"`));
        const again = later.up(defaultNamed(program("competing")));
        await assert.rejects(again, failsWith("CREATE_AMBIGUOUS", ...lines));
        assert.deepEqual([both.length, ids("competing")], [2, both]);
      });

      it("waits for a task of the name that is being deleted", async () => {
        const { emulator } = bench;
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
        bench.emulator.inject({ kind: "forbidden", match });
        await assert.rejects(later.create(inputs), failsWith("REQUEST_FAILED"));
        await later.create(inputs);
        assert.equal(ids("freed").length, 1);
      });

      describe("of several sources", () => {
        it("make one create, and ids in the order of its answer", async () => {
          const { state } = await later.up(program("pair", kind.sources(2)));
          assert.equal(state.id, kind.idFor(ids("pair")));
          assert.deepEqual(state.outputs.taskIds, kind.taskIds(bench.emulator, "pair"));
          assert.deepEqual([(state.outputs.states as string[]).length, posts("pair")], [2, 1]);
          assert.deepEqual((await later.refresh(state))?.changed, []);
        });

        it("are resumed as a group", async () => {
          await lost(kind, defaultNamed(program("group", kind.sources(2))));
          const { state } = await later.up(defaultNamed(program("group", kind.sources(2))));
          assert.deepEqual(state.outputs.taskIds, kind.taskIds(bench.emulator, "group"));
          assert.equal(posts("group"), 1);
        });

        it("are not resumed when one of the group is missing", async () => {
          await lost(kind, defaultNamed(program("half", kind.sources(2))));
          bench.emulator.removeTask(kind.taskIds(bench.emulator, "half")[0] ?? "");
          await assert.rejects(
            later.up(defaultNamed(program("half", kind.sources(2)))),
            failsWith("NAME_TAKEN"),
          );
        });
      });
    });
  }

  it("resumes on Edge too, whose lists have no filter", async () => {
    // Edge lists are scanned once per process, so the leftover has to be there before its first look.
    await resumed(serviceTaskKind, edgeArgs("leftover-edge", { description: "d" }), await bench.newRun());
  });
});
