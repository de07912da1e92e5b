/** Answers of a service that differ without any change are no drift of a read. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { silent } from "../../provider/common/log";
import type { PropertyMap } from "../../provider/common/json";
import { outputsOf } from "../../provider/core/state/outputs";
import { RunRegistry } from "../../provider/core/ownership/run-registry";
import { refresh } from "../../provider/core/operations/read";
import type { Binding } from "../../provider/core/contract";
import type { RunContext } from "../../provider/core/operation";
import { autoName } from "../support/arbitraries";
import { manner } from "../support/echo";
import { FakeClock } from "../support/fake-clock";
import { FakeService } from "../support/fake-service";
import { SUBJECTS } from "../support/subjects";
import { LOCATION } from "../support/world";

function environmentOf(binding: Binding): RunContext {
  return {
    clock: new FakeClock(),
    registry: new RunRegistry(),
    signal: new AbortController().signal,
    allowDuplicateNames: false,
    resume: false,
    open: () => Promise.resolve(binding),
    log: silent,
  };
}

for (const { definition, validArguments, checked, echo } of SUBJECTS) {
  describe(`property: a read of ${definition.type}`, () => {
    const inputs = fc
      .tuple(validArguments, autoName)
      .map(([args, name]): PropertyMap => checked({ autoName: name, ...args }).inputs);

    it("gives the checked inputs back, however the service spells and completes what it shows", async () => {
      await fc.assert(
        fc.asyncProperty(inputs, manner, fc.boolean(), async (args, how, oneTask) => {
          const lives = echo(args, how, oneTask);
          const gateway = new FakeService();
          for (const live of lives) gateway.tasks.set(live.id, live);
          const ids = lives.map(({ id }) => id);
          const region = typeof args.region === "string" ? args.region : LOCATION.region;
          const binding = { ...LOCATION, region, gateway };
          const outputs = outputsOf({ definition, inputs: args, binding }, { taskIds: ids, tasks: lives });
          const id = definition.formatId(args, ids);
          const result = await refresh(definition, id, outputs, environmentOf(binding));
          assert.ok(!result.gone);
          assert.deepEqual(result.inputs, args);
          assert.deepEqual(result.outputs, outputs);
          // Whatever the letter case of the answer.
          assert.equal(result.outputs.state, args.desiredState === "stopped" ? "STOPPED" : "RUNNING");
          const [{ createdAt }] = result.outputs.tasks as [{ createdAt: string }];
          assert.equal(Date.parse(createdAt), Date.parse("2026-05-05T12:00:00Z"));
        }),
      );
    });
  });
}
