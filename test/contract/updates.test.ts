import assert from "node:assert/strict";
import { Harness, failsWith } from "./harness";
import { changed, type InPlace, type Kind, KINDS } from "./kinds";
import { plain } from "./values";
import { contract } from "./part";

const titleOf = ({ argument, value }: InPlace): string =>
  value === undefined ? `${argument}, which is taken away` : argument;

export const part = contract("updates in place", () => {
  let harness: Harness;
  before(async () => {
    harness = await Harness.open({ logSecrets: true });
    await harness.start();
  });
  after(() => harness.close());
  afterEach(() => harness.emulator.clearFaults());

  /** Bodies of the PUTs to a resource, whatever its name was and is. */
  const puts = (kind: Kind): unknown[] =>
    harness.emulator
      .calls({ operation: kind.operations.update ?? "none", service: kind.service })
      .map(({ body }) => body);

  for (const kind of KINDS.filter(({ updating }) => updating.length > 0)) {
    describe(kind.title, () => {
      for (const [index, change] of kind.updating.entries()) {
        it(`sends one PUT for ${titleOf(change)}, and reads back without drift`, async () => {
          const { provider, emulator } = harness;
          const name = `change-${index}`;
          const args = kind.full(name);
          const { state } = await provider.up(args);
          emulator.clearRequests();
          const wished = changed(args, {
            ...change,
            value: change.argument === "name" ? "other" : change.value,
          });
          const step = await provider.up(wished, state);
          assert.deepEqual([step.op, step.state.id], ["update", state.id]);
          assert.deepEqual(puts(kind), [kind.updateBody?.(name, change)]);
          assert.equal(harness.posts(name, kind), 0);
          assert.deepEqual(step.state.outputs.taskIds, kind.taskIds(emulator, String(wished.name)));
          assert.deepEqual(plain(step.state.outputs)[change.argument], change.value);
          const refreshed = await provider.refresh(step.state);
          assert.deepEqual(refreshed?.changed, []);
          assert.equal((await provider.up(wished, refreshed.state)).op, "same");
          assert.equal(puts(kind).length, 1);
          await provider.delete(refreshed.state);
        });
      }

      it("repeats an update that failed", async () => {
        const { provider, emulator } = harness;
        const args = kind.program("repeated");
        const { state } = await provider.up(args);
        const wished = { ...args, description: "new" };
        emulator.inject({ kind: "forbidden", match: { operation: kind.operations.update ?? "none" } });
        await assert.rejects(provider.up(wished, state), failsWith("REQUEST_FAILED", /permission/));
        const step = await provider.up(wished, state);
        assert.deepEqual([step.op, (await provider.refresh(step.state))?.changed], ["update", []]);
      });

      it("survives a lost answer", async () => {
        const { provider, emulator } = harness;
        const args = kind.program("lost");
        const { state } = await provider.up(args);
        const match = { operation: kind.operations.update ?? "none" };
        emulator.inject({ kind: "drop", when: "after", match });
        const step = await provider.up({ ...args, description: "new" }, state);
        assert.equal(step.op, "update");
        assert.deepEqual((await provider.refresh(step.state))?.changed, []);
      });

      it("says FIELD_NOT_CLEARED where the service keeps what was taken away", async () => {
        const { provider } = harness;
        const args = kind.program("kept", { description: "described" });
        const { state } = await provider.up(args);
        const [id = ""] = kind.made(harness.emulator, "kept");
        // The service puts the old description back as soon as it is gone.
        harness.tap.watch = (moment, { method }) => {
          if (method === "PUT" && moment === "served")
            kind.edit(harness.emulator, id, { description: "described" });
        };
        const cleared = provider.up(kind.program("kept"), state);
        await assert.rejects(cleared, failsWith("FIELD_NOT_CLEARED", /description/, /triggers/));
        harness.tap.watch = undefined;
        assert.equal((await provider.up(kind.program("kept"), state)).op, "update");
      });
    });
  }

  it("needs one PUT for each job of several sources", async () => {
    const kind = KINDS.find(({ title }) => title === "VideoAnalysisJob")!;
    const args = kind.program("pair", kind.sources(2));
    const { state } = await harness.provider.up(args);
    harness.emulator.clearRequests();
    const step = await harness.provider.up({ ...args, description: "new" }, state);
    assert.equal(step.op, "update");
    assert.deepEqual(puts(kind), Array(2).fill({ name: "pair", description: "new" }));
    const other = await harness.provider.preview(
      { ...args, ...kind.sources(2, 2), description: "new" },
      step.state,
    );
    assert.deepEqual([other.op, other.diff?.replaces], ["replace", ["input"]]);
  });
});
