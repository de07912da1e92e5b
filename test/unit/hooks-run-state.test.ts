import assert from "node:assert/strict";
import { fileOnIef } from "../support/arguments";
import { requestError } from "../support/fake-service";
import { World } from "../support/world";

describe("hooks: run state", () => {
  async function made(args: Record<string, unknown>) {
    const world = new World();
    const { id, outs } = await world.create(args);
    world.service.calls.length = 0;
    return { world, id, outs, task: [...world.service.tasks.keys()][0] ?? "" };
  }

  it("repeats a stop before a delete where the state does not allow it yet", async () => {
    const { world, id, outs, task } = await made(fileOnIef);
    const remove = world.service.remove.bind(world.service);
    world.service.change(task, { state: "STARTING" });
    world.service.remove = (taskId) =>
      world.service.tasks.get(taskId)?.state === "STOPPED"
        ? remove(taskId)
        : Promise.reject(requestError("conflict", "none", 409));
    world.service.fail("stop", requestError("conflict", "none", 409));
    await world.hooks.delete(id, outs);
    assert.equal(world.service.tasks.size, 0);
    assert.equal(world.service.count("stop"), 2);
  });
});
