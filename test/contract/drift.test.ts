import assert from "node:assert/strict";
import { Harness, edgeArgs } from "./harness";
import { type Drift, driftOf, OWN_DRIFT, REPLACED_DRIFT } from "./drift/drift";
import type { State } from "./state";
import { KINDS } from "./kinds";
import { plain, type Props } from "./values";
import { contract } from "./part";

export const part = contract("drift", () => {
  let harness: Harness;
  before(async () => {
    harness = await Harness.open();
    await harness.start();
  });
  after(() => harness.close());

  for (const kind of KINDS) {
    describe(kind.title, () => {
      const id = (name: string): string => kind.made(harness.emulator, name)[0] ?? "";
      const rows = [...driftOf(kind), ...OWN_DRIFT[kind.title], ...REPLACED_DRIFT[kind.title]];

      /** A resource, a change at the service, and the drift that a refresh shows. */
      async function refreshed(
        name: string,
        { patch, more }: Drift,
      ): Promise<{ args: Props; state: State; changed: string[] }> {
        const args = { ...kind.full(name), ...more };
        const { state } = await harness.provider.up(args);
        kind.edit(harness.emulator, id(name), patch);
        const read = await harness.provider.refresh(state);
        assert.ok(read !== undefined);
        return { args, state: read.state, changed: read.changed.map((path) => path.replace(/\.value$/, "")) };
      }

      for (const [index, drift] of rows.entries()) {
        const isReplaced = kind.features.drift === "replaced" || REPLACED_DRIFT[kind.title].includes(drift);
        if (drift.changed.length === 0) {
          it(`does not show ${drift.title}`, async () => {
            const { args, state, changed } = await refreshed(`drift-${index}`, drift);
            assert.deepEqual(changed, []);
            assert.equal((await harness.provider.up(args, state)).op, "same");
          });
        } else if (isReplaced) {
          it(`shows ${drift.title}, and an up puts it back by a replacement`, async () => {
            const { args, state, changed } = await refreshed(`drift-${index}`, drift);
            assert.deepEqual(changed, drift.changed);
            const plan = await harness.provider.preview(args, state);
            assert.deepEqual([plan.op, plan.diff?.replaces], ["replace", [topOf(drift)]]);
          });
        } else {
          it(`shows ${drift.title}, and an up puts it back in place`, async () => {
            const { args, state, changed } = await refreshed(`drift-${index}`, drift);
            assert.deepEqual(changed, drift.changed);
            const step = await harness.provider.up(args, state);
            assert.deepEqual([step.op, step.state.id], ["update", state.id]);
            assert.deepEqual((await harness.provider.refresh(step.state))?.changed, []);
          });
        }
      }

      it("counts a change of state as outputs only", async () => {
        const { state } = await harness.provider.up(kind.program("ended"));
        kind.setState(harness.emulator, id("ended"), "SUCCEEDED");
        const read = await harness.provider.refresh(state);
        assert.deepEqual([read?.changed, read?.state.outputs.state], [[], "SUCCEEDED"]);
      });

      it("does not show what the service writes out empty where the program wrote nothing", async () => {
        const args = kind.program("empties");
        const { state } = await harness.provider.up(args);
        kind.edit(harness.emulator, id("empties"), { description: "", ...kind.settingsBody({}) });
        const read = await harness.provider.refresh(state);
        assert.ok(read !== undefined);
        assert.deepEqual([read.changed, (await harness.provider.up(args, read.state)).op], [[], "same"]);
      });

      it("shows what appears where the program wrote nothing", async () => {
        const { state } = await harness.provider.up(kind.program("appears"));
        kind.edit(harness.emulator, id("appears"), {
          description: "new",
          [kind.schedule]: { type: "weekly", timezone: "+00:00", days_of_week: [1] },
          ...kind.settingsBody({ level: 1 }),
        });
        const expected = ["description", kind.schedule, kind.settingsPath.split(".")[0]];
        assert.deepEqual((await harness.provider.refresh(state))?.changed, expected.sort());
      });
    });
  }

  it("does not show as gone what is write-only", async () => {
    const { state } = await harness.provider.up(edgeArgs("write-only"));
    const read = await harness.provider.refresh(state);
    assert.deepEqual(read?.changed, []);
    assert.deepEqual(plain(read.state.inputs).sourceUsageEstimate, { cpu: 0.1, memory: 32 });
  });
});

const topOf = ({ changed: [first = ""] }: Drift): string => first.split(/[.[]/)[0] ?? "";
