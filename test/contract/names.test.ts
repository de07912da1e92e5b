import assert from "node:assert/strict";
import { edgeArgs, failsWith, Harness } from "./harness";
import { type Kind, KINDS, serviceTaskKind } from "./kinds";
import type { Provider } from "./provider";
import type { Props } from "./values";
import { contract } from "./part";

/** Duration of an awaited DELETING, in milliseconds. */
const SLOW_DELETE = 400;

export const part = contract("names", () => {
  let harness: Harness;
  /** A later run of the engine, whose process remembers nothing of the first one. */
  let later: Provider;
  before(async () => {
    harness = await Harness.open();
    await harness.start();
    later = await harness.newRun();
  });
  after(() => harness.close());

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
        const found = await harness.lost(kind, program("given", { description: "first" }));
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
        await harness.lost(kind, program("doubled"));
        const run = await harness.newRun(harness.config({ allowDuplicateNames: "true" }));
        await run.up(program("doubled"));
        assert.equal(ids("doubled").length, 2);
      });

      if (kind.operations.update !== undefined) {
        it("refuses a rename onto the name of another task, before the next replacement could fail", async () => {
          const { state } = await later.up(program("renamed"));
          await harness.lost(kind, program("sibling"));
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
        const [id = ""] = await harness.lost(kind, program("deleting"));
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

      it("makes one create of several sources, and ids in the order of its answer", async () => {
        const { state } = await later.up(program("pair", kind.sources(2)));
        assert.equal(state.id, kind.idFor(ids("pair")));
        assert.deepEqual(state.outputs.taskIds, kind.taskIds(harness.emulator, "pair"));
        assert.deepEqual([(state.outputs.states as string[]).length, posts("pair")], [2, 1]);
        assert.deepEqual((await later.refresh(state))?.changed, []);
      });
    });
  }
});
