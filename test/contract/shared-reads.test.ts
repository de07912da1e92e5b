import assert from "node:assert/strict";
import { Harness } from "./harness";
import type { State } from "./state";
import { type Kind, KINDS } from "./kinds";
import { numbered } from "./kinds/kind";
import type { Props } from "./values";
import { contract } from "./part";

/** Resources of one stack that the engine reads at the same time. */
const COUNT = 50;

/** Calls of one wave of reads beside those that each batch needs for itself. */
const FEW = 6;

/** For a batch: the list of its sub-tasks, and the details of one. */
const callsOfEach = (kind: Kind): number => (kind.title === "BatchTask" ? 2 : 0);

export const part = contract("reads at the same time", () => {
  let harness: Harness;
  before(async () => {
    harness = await Harness.open();
    await harness.start();
  });
  after(() => harness.close());

  for (const kind of KINDS) {
    describe(kind.title, () => {
      let states: State[] = [];

      before(async () => {
        const steps = numbered(COUNT, (number) => harness.provider.up(kind.program(`shared-${number}`)));
        states = (await Promise.all(steps)).map(({ state }) => state);
      });

      it("cost few calls and find nothing changed", async () => {
        // What a process wrote itself it shows, so a refresh is that of a new run.
        const run = await harness.newRun();
        harness.emulator.clearRequests();
        const refreshed = await Promise.all(states.map((state) => run.refresh(state)));
        assert.ok(refreshed.every((each) => each?.changed.length === 0));
        const calls = harness.emulator.calls({ service: kind.service }).length;
        assert.ok(calls <= FEW + COUNT * callsOfEach(kind), String(calls));
      });

      it("see what this process wrote, what others wrote, and what is gone", async () => {
        const run = await harness.newRun();
        await Promise.all(states.slice(0, 20).map((state) => run.refresh(state)));
        const [written, edited, removed] = states.slice(-3) as [State, State, State];
        const more: Props = { desiredState: "stopped" };
        const step = await run.up(kind.program(`shared-${COUNT - 2}`, more), written);
        kind.edit(harness.emulator, idOf(edited), { description: "by hand" });
        kind.remove(harness.emulator, idOf(removed));
        const [own, others, gone] = await Promise.all(
          [step.state, edited, removed].map((state) => run.refresh(state)),
        );
        assert.deepEqual([own?.changed, own?.state.outputs.state], [[], "STOPPED"]);
        assert.deepEqual(others?.changed, ["description"]);
        assert.equal(gone, undefined);
      });
    });
  }
});

/** The id of the one object that a resource is. */
function idOf({ id }: State): string {
  return id.slice(id.indexOf("/") + 1);
}
