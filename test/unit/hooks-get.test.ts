/** Reads of resources that no program made. */
import assert from "node:assert/strict";
import type { PropertyMap } from "../../provider/common/json";
import { filesOnIef, scheduledUrlToDis, SERVICE, without } from "../support/arguments";
import { codeOf, idFor, World } from "../support/world";

const three = filesOnIef("a", "b", "c");

describe("hooks: get of a resource that no program made", () => {
  it("fills inputs and outputs from the service", async () => {
    const world = new World();
    const [task = ""] = world.service.put(scheduledUrlToDis);
    const { id, props, inputs } = await world.read(idFor(task), {});
    assert.equal(id, idFor(task));
    const visible = without(scheduledUrlToDis, "sourceUsageEstimate");
    assert.deepEqual(inputs, {
      ...visible,
      schedule: { ...(visible.schedule as PropertyMap), type: "daily" },
    });
    assert.deepEqual([props?.stateVersion, props?.state], [1, "RUNNING"]);
    const target = world.targets.at(-1);
    assert.deepEqual([target?.recorded, target?.args.serviceId], [undefined, SERVICE]);
  });

  it("joins the sources of several tasks", async () => {
    const world = new World();
    const ids = world.service.put(three);
    const { inputs } = await world.read(idFor(...ids), {});
    assert.deepEqual(inputs?.input, three.input);
  });

  it("throws when it does not exist, or not all of it", async () => {
    const world = new World();
    const [task = ""] = world.service.put(scheduledUrlToDis);
    assert.equal(await codeOf(world.read(idFor(task, "nobody"), {})), "NOT_FOUND");
    assert.equal(await codeOf(world.read(idFor("nobody"), {})), "NOT_FOUND");
    assert.equal(await codeOf(world.read("nobody", {})), "INVALID_ID");
  });
});
