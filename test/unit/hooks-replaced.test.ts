import assert from "node:assert/strict";
import { VideoAnalysisError } from "../../provider/common/errors";
import type { PropertyMap } from "../../provider/common/json";
import { fileOnIef, without } from "../support/arguments";
import { FakeService, requestError } from "../support/fake-service";
import { idFor, LOCATION, PROVIDER_TEXT, rejection, World } from "../support/world";

const OWNER = "door-0123456789ab";
const given: PropertyMap = { ...fileOnIef, name: "door", autoName: OWNER };
const byDefault: PropertyMap = { ...without(fileOnIef, "name"), autoName: OWNER };

interface Recorded {
  readonly id: string;
  readonly outs: PropertyMap;
  readonly inputs: PropertyMap;
}

describe("hooks: replacements", () => {
  let service: FakeService;
  beforeEach(() => (service = new FakeService()));

  const made = (args: PropertyMap): Promise<Recorded> => new World({ service }).create(args);
  const create = (world: World, inputs: PropertyMap): Promise<unknown> =>
    world.hooks.create({ ...inputs, __provider: PROVIDER_TEXT });

  for (const [title, args] of [
    ["given", given],
    ["default", byDefault],
  ] as const) {
    it(`--replace and taint, one check and a create: NAME_TAKEN names the ways, ${title} name`, async () => {
      const { id } = await made(args);
      for (const resume of [false, true]) {
        // With a resume that was asked for nothing distinguishes the two; see docs/concepts.md.
        if (resume && args === byDefault) continue;
        const { message } = await rejection(new World({ service, resume }).create(args));
        assert.match(message, /^NAME_TAKEN: /);
        for (const part of ["--replace", "deleteBeforeReplace: true", "`triggers`"]) {
          assert.ok(message.includes(part), part);
        }
        assert.deepEqual(
          [...service.tasks.keys()].map((task) => idFor(task)),
          [id],
        );
      }
    });

    it(`replacementTrigger and its like, two checks and no diff: the same, ${title} name`, async () => {
      const { outs, inputs } = await made(args);
      for (const resume of [false, true]) {
        const world = new World({ service, resume });
        await world.check(args, inputs);
        const { message } = await rejection(world.create(args));
        assert.match(message, /^NAME_TAKEN: .*its? .*own.*deleteBeforeReplace: true.*`triggers`/);
        assert.ok(!message.includes("adopt:") && !message.includes("RESUME"), message);
        assert.deepEqual([...service.tasks.keys()], outs.taskIds);
      }
    });

    it(`with deleteBeforeReplace the new task is made in the same run, ${title} name`, async () => {
      const { id, outs, inputs } = await made(args);
      for (const checks of [0, 1]) {
        const world = new World({ service });
        if (checks > 0) await world.check(args, inputs);
        const fresh = await world.check(args);
        await world.hooks.delete(id, outs);
        const created = (await create(world, fresh)) as { id: string };
        assert.notEqual(created.id, id);
        assert.equal(service.tasks.size, 1);
        for (const task of service.tasks.keys()) service.tasks.delete(task);
      }
    });

    it(`a replacing change that is taken back keeps the task, with a claim, ${title} name`, async () => {
      const { id, outs, inputs } = await made(args);
      // `retainOnDelete`: the engine drops the old entry without a call, and the create finds its task.
      const changed = { ...args, description: "changed" };
      const failing = new World({ service });
      await failing.hooks.diff(id, outs, await failing.check(changed, inputs));
      const { message } = await rejection(failing.create(changed));
      assert.match(message, /^NAME_TAKEN: .*retainOnDelete/);
      assert.ok(!message.includes("adopt:"));

      const back = new World({ service });
      await back.hooks.diff(id, outs, await back.check(args, inputs));
      const again = await back.create(args);
      assert.equal(again.id, id);
      assert.ok(typeof again.outs.claim === "string");
      assert.equal(service.tasks.size, 1);
    });
  }

  it("an unchanged entry whose task differs by now, or has gone to another resource, is not taken", async () => {
    const { id, outs, inputs } = await made(given);
    const [task = ""] = outs.taskIds as string[];
    const lost = new World({ service });
    await lost.hooks.diff(id, outs, await lost.check(given, inputs));
    service.change(task, { args: { ...service.tasks.get(task)?.args, description: "by hand" } });
    assert.match((await rejection(lost.create(given))).message, /^NAME_TAKEN: /);
  });

  it("replaceOnChanges on what no service sees is no change taken back", async () => {
    const { id, outs, inputs } = await made(given);
    const world = new World({ service });
    const changed = { ...given, timeouts: { delete: "20m" } };
    await world.hooks.diff(id, outs, await world.check(changed, inputs));
    assert.match((await rejection(world.create(changed))).message, /^NAME_TAKEN: /);
  });

  it("an unfinished entry is replaced, not taken", async () => {
    const { id, outs, inputs } = await made(given);
    const world = new World({ service });
    await world.hooks.diff(id, { ...outs, unfinished: ["wait"] }, await world.check(given, inputs));
    assert.match((await rejection(world.create(given))).message, /^NAME_TAKEN: /);
  });

  it("the second check keeps the region of the first, whatever this machine's is", async () => {
    const here = await new World({ service, context: { machineRegion: "eu-de" } }).create(given);
    const world = new World({ service, context: { machineRegion: "eu-nl" } });
    await world.check(given, here.inputs);
    const { region, regionFrom } = await world.check(given);
    assert.deepEqual([region, regionFrom], ["eu-de", "machine"]);
    const targeted = await new World({ service, context: { machineRegion: "eu-nl" } }).check(given);
    assert.equal(targeted.region, "eu-nl", "one check alone is that of a new resource");
  });

  it("REGION_MISMATCH where the first check found none to keep", async () => {
    const { inputs } = await made(given);
    const world = new World({ service, context: { machineRegion: "eu-nl" } });
    await world.check(given, inputs);
    await assert.rejects(world.check(given), /region: REGION_MISMATCH/);
    const configured = new World({ service, context: { machineRegion: "eu-nl", configuredRegion: "eu-de" } });
    await configured.check(given, inputs);
    assert.equal((await configured.check(given)).region, "eu-de");
  });

  it("an `adopt` that is still there is refused by the second check, a new one is not", async () => {
    const [task = ""] = service.put(given);
    const adopting = { ...given, adopt: idFor(task) };
    const { inputs } = await made(adopting);
    const world = new World({ service });
    await world.check(adopting, inputs);
    await assert.rejects(world.check(adopting), /adopt: remove `adopt` first/);
    const moved = new World({ service });
    await moved.check({ ...given, adopt: idFor("other") }, inputs);
    await moved.check({ ...given, adopt: idFor("other") });
  });

  it("a create that fails after the delete of the same run names what was deleted", async () => {
    for (const seen of ["diff", "check", "nothing"] as const) {
      const { id, outs, inputs } = await made(given);
      const world = new World({ service });
      const changed = { ...given, triggers: [2] };
      if (seen === "diff") await world.hooks.diff(id, outs, await world.check(changed, inputs));
      if (seen === "check") await world.check(changed, inputs);
      const fresh = await world.check(changed);
      await world.hooks.delete(id, outs);
      service.fail("create", requestError("quota", "none", 403));
      const { message } = await rejection(create(world, fresh));
      assert.match(message, /^REQUEST_FAILED: /);
      assert.ok(message.includes(`deleted ${id}`), `${seen}: ${message}`);
      service.tasks.clear();
    }
  });

  it("nor does it name what others lost", async () => {
    const other = { ...given, name: "door", autoName: "other-0123456789ab" };
    const { id, outs, inputs } = await made(other);
    const world = new World({ service });
    await world.hooks.diff(id, outs, await world.check({ ...other, triggers: [2] }, inputs));
    await world.hooks.delete(id, outs);
    service.fail("create", requestError("quota", "none", 403));
    const { message } = await rejection(world.create(given));
    assert.ok(!message.includes(id), message);
  });

  it("a create before the delete that fails leaves the old task, and names the option", async () => {
    const { id, outs, inputs } = await made(given);
    const world = new World({ service });
    const typo = { ...given, serviceId: "typo" };
    const news = await world.check(typo, inputs);
    assert.deepEqual(await world.hooks.diff(id, { ...outs, __provider: PROVIDER_TEXT }, news), {
      replaces: ["serviceId"],
      deleteBeforeReplace: false,
    });
    service.fail("find", new VideoAnalysisError("SERVICE_NOT_FOUND", "the service does not exist."));
    const { message } = await rejection(create(world, await world.check(typo)));
    assert.match(message, /^SERVICE_NOT_FOUND: .*still there.*deleteBeforeReplace: true/);
    assert.ok(message.includes(id));
    assert.ok(service.tasks.has(String((outs.taskIds as string[])[0])));
    assert.equal(outs.region, LOCATION.region);
  });
});
