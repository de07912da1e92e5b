import assert from "node:assert/strict";
import fc from "fast-check";
import type { PropertyMap } from "../../provider/common/json";
import type { Upgrade } from "../../provider/core/contract";
import { stateVersionOf, upToDate } from "../../provider/core/state/versions";
import { serviceTask } from "../../provider/services/service-task/definition";
import { fileOnIef } from "../support/arguments";
import { codeOf, World } from "../support/world";

const renamed =
  (from: string, to: string): Upgrade =>
  ({ [from]: value, ...rest }) => ({ ...rest, ...(value === undefined ? {} : { [to]: value }) });

/** Names of the outputs in two versions that never were. */
const UPGRADES = [renamed("runs", "triggers"), renamed("area", "region")];
const definition = { ...serviceTask, upgrades: UPGRADES };

/** How the version wrote what today's code has written. */
function asOf(version: number, { triggers, region, ...outputs }: PropertyMap): PropertyMap {
  return {
    ...outputs,
    ...(version < 2 ? { runs: triggers } : { triggers }),
    ...(version < 3 ? { area: region } : { region }),
    stateVersion: version,
  };
}

describe("outputs of an older version", () => {
  for (const version of [1, 2, 3]) {
    describe(`version ${version} of 3`, () => {
      let world: World;
      let id: string;
      let inputs: PropertyMap;
      let outputs: PropertyMap;

      beforeEach(async () => {
        world = new World({ definition });
        const created = await world.create({ ...fileOnIef, triggers: ["first"] });
        assert.equal(created.outs.stateVersion, 3);
        ({ id, inputs } = created);
        outputs = asOf(version, created.outs);
        world.targets.length = 0;
      });

      const openedIn = (): unknown[] => world.targets.map(({ recorded }) => recorded?.region);

      it("read: what only the state knows is kept, and the answer is of today", async () => {
        const { props, inputs: live } = await world.read(id, outputs);
        assert.deepEqual(live?.triggers, ["first"]);
        assert.deepEqual(props?.triggers, ["first"]);
        assert.equal(props.stateVersion, 3);
        assert.deepEqual([props.runs, props.area], [undefined, undefined]);
        assert.deepEqual(openedIn(), ["eu-de"]);
      });

      it("diff: the same arguments are no change, others are", async () => {
        assert.deepEqual((await world.hooks.diff(id, outputs, inputs)).replaces, []);
        const again = { ...inputs, triggers: ["second"] };
        assert.deepEqual((await world.hooks.diff(id, outputs, again)).replaces, ["triggers"]);
      });

      it("update: goes where the state says, and writes the version of today", async () => {
        const after = await world.update(id, outputs, { ...inputs, waitFor: "accepted" });
        assert.equal(after.stateVersion, 3);
        assert.deepEqual(openedIn(), ["eu-de"]);
      });

      it("delete: goes where the state says", async () => {
        await world.hooks.delete(id, outputs);
        assert.deepEqual(openedIn(), ["eu-de"]);
        assert.equal(world.service.tasks.size, 0);
      });
    });
  }

  it("every step that is left is done once, in order, and nothing of a newer version is touched", () => {
    fc.assert(
      fc.property(fc.nat(8), fc.integer({ min: 1, max: 12 }), (steps, version) => {
        const done: number[] = [];
        const upgrades = Array.from({ length: steps }, (_, index): Upgrade => (bag) => {
          done.push(index + 1);
          return { ...bag, [`step${index + 1}`]: true };
        });
        const current = stateVersionOf({ upgrades });
        const outputs = Object.freeze({ stateVersion: version, kept: "as it was" });
        if (version > current) {
          assert.throws(() => upToDate({ upgrades }, outputs), { code: "STATE_TOO_NEW" });
          assert.deepEqual(done, []);
          return;
        }
        const after = upToDate({ upgrades }, outputs);
        assert.deepEqual(
          done,
          Array.from({ length: current - version }, (_, index) => version + index),
        );
        assert.deepEqual([after.stateVersion, after.kept], [current, "as it was"]);
      }),
    );
  });

  it("what a lookup by id gives has no version and stays as it is", async () => {
    const given = { runs: ["a"], area: "b" };
    assert.equal(upToDate(definition, given), given);
    const world = new World({ definition });
    const { id } = await world.create(fileOnIef);
    world.targets.length = 0;
    const { props } = await world.read(id, { runs: ["a"] });
    assert.equal(props?.triggers, undefined);
    assert.deepEqual(
      world.targets.map(({ recorded }) => recorded),
      [undefined],
    );
    assert.equal(await codeOf(world.read(`${id}0`, {})), "NOT_FOUND");
  });
});
