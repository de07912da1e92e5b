/** Calls of whole operations, sixteen at a time, through the provider process: they hardly depend on the machine. */
import assert from "node:assert/strict";
import { CALL_BOUNDS } from "../../../tools/bench/call-targets";
import { OPERATIONS, type Operation } from "../../../tools/bench/engines/engine";
import { declarationsOf, DirectStack } from "../../../tools/bench/groups/direct-runs";
import { type Kind, KINDS } from "../../../tools/bench/kinds";
import { Service } from "../../../tools/bench/service";

/** Resources of a stack, more than a page of batches or of documented tasks has. */
const MANY = 300;
const TIMEOUT = 480_000;

/** Calls for one resource: none of the lists that many share may cost it more. */
const SINGLE: Readonly<Record<Kind["name"], Readonly<Record<Operation, number>>>> = {
  // The second list of a create has the name of the service.
  ServiceTask: { up: 4, preview: 0, refresh: 1, destroy: 3 },
  VideoAnalysisJob: { up: 3, preview: 0, refresh: 1, destroy: 3 },
  BatchTask: { up: 5, preview: 0, refresh: 3, destroy: 3 },
};

async function callsOf(service: Service, kind: Kind, size: number): Promise<Record<Operation, number>> {
  const counts = { up: NaN, preview: NaN, refresh: NaN, destroy: NaN };
  await DirectStack.with({ service }, declarationsOf(kind, size), async (stack) => {
    for (const operation of OPERATIONS) counts[operation] = (await stack[operation]()).length;
  });
  return counts;
}

describe("calls of whole operations", function () {
  this.timeout(TIMEOUT);
  let service: Service;
  before(async () => {
    service = await Service.start();
  });
  after(() => service.close());

  for (const kind of KINDS) {
    it(`one ${kind.name} takes as many as it needs for itself`, async () => {
      assert.deepEqual(await callsOf(service, kind, 1), SINGLE[kind.name]);
    });

    it(`${MANY} of ${kind.name} take few more than one each`, async () => {
      await service.control.configure({ maxLimit: 1000 });
      const counts = await callsOf(service, kind, MANY);
      for (const operation of OPERATIONS) {
        const most = CALL_BOUNDS[kind.name][operation](MANY);
        assert.ok(counts[operation] <= most, `${operation}: ${counts[operation]}, at most ${most}`);
      }
    });
  }

  it("tasks of a ModelArts service that refuses larger pages than documented take fewer than two each", async () => {
    await service.control.configure({ maxLimit: 100 });
    const [kind] = KINDS.filter(({ name }) => name === "ServiceTask");
    assert.ok(kind);
    const { up, destroy } = await callsOf(service, kind, MANY);
    assert.ok(up <= 1.1 * MANY + 30 && destroy <= 1.5 * MANY + 30, `${up}, ${destroy}`);
  });
});
