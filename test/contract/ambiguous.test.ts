import assert from "node:assert/strict";
import type { Fault } from "../../testkit/emulator";
import { AWAITED, Harness, failsWith } from "./harness";
import { KINDS } from "./kinds";
import type { Props } from "./values";
import { contract } from "./part";

const LOST: Fault = { kind: "drop", when: "after" };

export const part = contract("creates that nobody can decide", () => {
  let ambiguous: Harness;
  before(async () => {
    ambiguous = await Harness.open();
    await ambiguous.start();
  });
  after(() => ambiguous.close());

  for (const kind of KINDS) {
    describe(kind.title, () => {
      async function failing(args: Props, faults: readonly Fault[]): Promise<unknown> {
        const inputs = await ambiguous.provider.check(args);
        for (const fault of faults) ambiguous.emulator.inject(fault);
        return ambiguous.provider.create(inputs).then(
          (state) => state,
          (error: unknown) => error,
        );
      }

      it("after a 504 without an effect, and post no second time", async () => {
        const match = { operation: kind.operations.create, name: "gateway" };
        const args = kind.program("gateway", { timeouts: { create: AWAITED } });
        const error = await failing(args, [{ kind: "status", status: 504, match }]);
        assert.ok(failsWith("CREATE_AMBIGUOUS", /looks before it creates/)(error), String(error));
        assert.equal(ambiguous.posts("gateway", kind), 1);
        await ambiguous.provider.up(kind.program("gateway"));
        assert.equal(kind.made(ambiguous.emulator, "gateway").length, 1);
      });

      it("where a task of another content has appeared under the name", async () => {
        const name = "foreign";
        const inputs = await ambiguous.provider.check(kind.program(name));
        ambiguous.emulator.inject({ ...LOST, match: { operation: kind.operations.create, name } });
        ambiguous.tap.watch = () => {
          for (const id of kind.made(ambiguous.emulator, name)) {
            kind.edit(ambiguous.emulator, id, { description: "somebody else's" });
          }
        };
        await assert.rejects(
          ambiguous.provider.create(inputs),
          failsWith("CREATE_AMBIGUOUS", /several or different new tasks/, /adopt: /),
        );
        ambiguous.tap.watch = undefined;
        assert.equal(ambiguous.posts(name, kind), 1);
      });

      it("where no look succeeds, and post no second time", async () => {
        const name = "blind";
        const inputs = await ambiguous.provider.check(kind.program(name, { timeouts: { create: AWAITED } }));
        ambiguous.emulator.inject({ ...LOST, match: { operation: kind.operations.create, name } });
        // The look before the create is the first list; the others fail.
        ambiguous.emulator.inject({
          kind: "status",
          status: 502,
          after: 1,
          times: null,
          match: { operation: kind.operations.list },
        });
        await assert.rejects(ambiguous.provider.create(inputs), failsWith("CREATE_AMBIGUOUS"));
        assert.equal(ambiguous.posts(name, kind), 1);
        ambiguous.emulator.clearFaults();
      });
    });
  }
});
