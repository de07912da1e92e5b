import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { withCustomTimeouts } from "../../sdk/timeouts";
import { CLASSES, registration, useMocks, valueOf } from "./support";

const resolve = (value: ReturnType<typeof withCustomTimeouts>) => valueOf(pulumi.output(value));

describe("timeouts", () => {
  before(() => useMocks());

  it("are not sent where nothing is given", () => {
    assert.equal(withCustomTimeouts(undefined, undefined), undefined);
    assert.equal(withCustomTimeouts(undefined, {}), undefined);
  });

  it("stay as given without the option", () => {
    const given = { create: "1h" };
    assert.equal(withCustomTimeouts(given, undefined), given);
  });

  it("come from the option, every operation of it", () => {
    const custom = { create: "1m", read: "2m", update: "3m", delete: "4m" };
    assert.deepEqual(withCustomTimeouts(undefined, custom), custom);
  });

  it("of the argument win, operation by operation", () => {
    assert.deepEqual(
      withCustomTimeouts({ create: "1h", update: undefined }, { create: "1m", update: "3m", delete: "4m" }),
      { create: "1h", update: "3m", delete: "4m" },
    );
  });

  it("may be outputs, as a whole or one by one", async () => {
    const custom = { create: "1m", delete: "4m" };
    assert.deepEqual(await resolve(withCustomTimeouts(pulumi.output({ create: "1h" }), custom)), {
      create: "1h",
      delete: "4m",
    });
    assert.deepEqual(await resolve(withCustomTimeouts(Promise.resolve(undefined), custom)), custom);
    assert.deepEqual(
      await resolve(
        withCustomTimeouts({ create: pulumi.output("1h"), delete: pulumi.output(undefined) }, custom),
      ),
      { create: "1h", delete: "4m" },
    );
  });

  it("keep a secret a secret", async () => {
    const filled = pulumi.output(withCustomTimeouts({ create: pulumi.secret("1h") }, { delete: "4m" }));
    assert.equal(await pulumi.isSecret(filled), true);
  });

  it("that are no object are left for the check to refuse", () => {
    const wrong = "10m" as unknown as Parameters<typeof withCustomTimeouts>[0];
    assert.equal(withCustomTimeouts(wrong, { create: "1m" }), wrong);
  });

  for (const [name, make] of Object.entries(CLASSES)) {
    it(`of a ${name} are filled from the option customTimeouts`, async () => {
      const recorder = await useMocks();
      const customTimeouts = { create: "1m", delete: "4m" };
      await registration(make("camera", { customTimeouts }, { timeouts: { create: "1h" } }));
      assert.deepEqual(recorder.inputsOf("camera")["timeouts"], { create: "1h", delete: "4m" });
      await registration(make("plain"));
      assert.equal(recorder.inputsOf("plain")["timeouts"], undefined);
    });
  }
});
