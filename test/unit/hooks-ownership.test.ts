import assert from "node:assert/strict";
import type { PropertyMap } from "../../provider/common/json";
import { type Note, type NoteLog, RunRegistry } from "../../provider/core/ownership/run-registry";
import { fileOnIef, filesOnIef } from "../support/arguments";
import { FakeService } from "../support/fake-service";
import { codeOf, idFor, plain, rejection, World } from "../support/world";

const door = (owner: string, more: PropertyMap = {}): PropertyMap => ({
  ...fileOnIef,
  name: "door",
  autoName: owner,
  ...more,
});
const A = "a-0123456789ab";
const B = "b-0123456789ab";

/** A resource of the state, made by an earlier run. */
interface Recorded {
  readonly id: string;
  readonly outs: PropertyMap;
  readonly inputs: PropertyMap;
}

/** The engine's calls for a resource that the state and the program have. */
async function compare(world: World, program: PropertyMap, { id, outs, inputs }: Recorded): Promise<void> {
  await world.hooks.diff(id, outs, await world.check(program, inputs));
}

/** Two processes of one run. */
function twoProcesses(service: FakeService): [World, World] {
  const logs: Note[][] = [[], []];
  const log = (own: number): NoteLog => ({
    add: (note) => void logs[1 - own]?.push(structuredClone(note)),
    takeNew: () => logs[own]?.splice(0) ?? [],
  });
  return [0, 1].map((own) => new World({ service, registry: new RunRegistry(log(own)) })) as [World, World];
}

describe("hooks: two resources must never share a task", () => {
  let service: FakeService;
  let a: Recorded;
  let task: string;
  beforeEach(async () => {
    service = new FakeService();
    a = await new World({ service }).create(door(A));
    [task = ""] = service.tasks.keys();
    service.calls.length = 0;
  });
  const adopting = (owner: string): PropertyMap => door(owner, { adopt: idFor(task) });
  const run = (): World => new World({ service });
  /** The run in which b adopted the task, and which did not reach the delete of a. */
  const adopted = (): Promise<Recorded> => run().create(adopting(B));

  it("what was taken over in the run is spared, with a warning and without a call", async () => {
    const world = run();
    const { outs } = await world.create(adopting(B));
    assert.match(String(outs.claim), /^\d{13}-[0-9a-f]{8}$/);
    service.calls.length = 0;
    await world.hooks.delete(a.id, a.outs);
    assert.deepEqual(service.calls, []);
    assert.ok(world.messages.some((line) => line.includes(task) && line.includes("not deleted")));
  });

  for (const seen of ["diff", "update", "read"] as const) {
    it(`a later run spares it too, once its ${seen} has seen the claim`, async () => {
      const b = await adopted();
      const world = run();
      if (seen === "diff") await compare(world, adopting(B), b);
      else if (seen === "update") await world.update(b.id, b.outs, b.inputs);
      else await world.read(b.id, b.outs);
      await world.hooks.delete(a.id, a.outs);
      assert.ok(service.tasks.has(task));
      // The owner itself is deleted: now no resource needs the task.
      await world.hooks.delete(b.id, b.outs);
      assert.ok(!service.tasks.has(task));
    });
  }

  it("the last owner deletes, in whatever order the two are deleted", async () => {
    const b = await adopted();
    const world = run();
    await Promise.all([world.read(a.id, a.outs), world.read(b.id, b.outs)]);
    await world.hooks.delete(b.id, b.outs);
    assert.ok(!service.tasks.has(task));
    await world.hooks.delete(a.id, a.outs);
    assert.equal(service.count("remove"), 2, "the first owner does not rely on one that has gone");
  });

  it("a claim that no hook has seen spares nothing", async () => {
    await adopted();
    await run().hooks.delete(a.id, a.outs);
    assert.ok(!service.tasks.has(task));
  });

  it("claims stay with read and update, and come with an initialization error", async () => {
    const b = await adopted();
    const { props = {} } = await run().read(b.id, b.outs);
    assert.equal(props.claim, b.outs.claim);
    assert.equal((await run().update(b.id, b.outs, b.inputs)).claim, b.outs.claim);
    service.change(task, { state: "CREATE_FAILED" });
    const later = run();
    later.clock.pass(1);
    const { properties } = await rejection(later.create(adopting(B)));
    assert.ok(
      String((plain(properties) as PropertyMap).claim) > String(b.outs.claim),
      "a later claim than all before",
    );
    assert.ok(!("claim" in a.outs), "who makes a task needs none");
  });

  it("of several tasks only those that were taken over are spared", async () => {
    const several: PropertyMap = door("c-0123456789ab", {
      name: "pair",
      input: filesOnIef("x", "y").input,
    });
    const pair = await run().create(several);
    const [first = "", second = ""] = pair.outs.taskIds as string[];
    const world = run();
    const one: PropertyMap = {
      ...several,
      autoName: B,
      adopt: idFor(second),
      input: filesOnIef("y").input,
    };
    await world.create(one);
    await world.hooks.delete(pair.id, pair.outs);
    assert.deepEqual([service.tasks.has(first), service.tasks.has(second)], [false, true]);
  });

  it("two explicit providers are two processes of one run: what one takes over the other spares", async () => {
    const [here, there] = twoProcesses(service);
    await here.create(adopting(B));
    await there.hooks.delete(a.id, a.outs);
    assert.ok(service.tasks.has(task));
  });

  it("nor does a copy in the program take it, equal in every argument and checked first", async () => {
    const world = run();
    const copy = await world.check(door(B));
    await compare(world, door(A), a);
    assert.equal(await codeOf(world.hooks.create(copy)), "NAME_TAKEN");
  });

  describe("ALREADY_OWNED", () => {
    const refused = /adopt: ALREADY_OWNED: .*"a"/;

    it("two resources adopt one task: the second check is refused, in any letter case", async () => {
      const world = run();
      await world.check(adopting(A));
      await assert.rejects(
        world.check(door(B, { adopt: idFor(task).toUpperCase().replace("CV", "cv") })),
        refused,
      );
      await world.check(adopting(A));
    });

    it("one that is in the state and in the program is not adopted: check says so first", async () => {
      const world = run();
      await compare(world, door(A), a);
      await assert.rejects(world.check(adopting(B)), refused);
    });

    it("nor is it by a create that no check has seen", async () => {
      const world = run();
      const inputs = await run().check(adopting(B));
      await compare(world, door(A), a);
      assert.equal(await codeOf(world.hooks.create(inputs)), "ALREADY_OWNED");
      assert.ok(!service.calls.some((call) => call.startsWith("show")));
    });

    it("whichever comes second: diff and update of the owner after the adoption", async () => {
      const world = run();
      const kept = await world.check(door(A), a.inputs);
      await world.create(adopting(B));
      const error = await rejection(world.hooks.diff(a.id, a.outs, kept));
      assert.match(error.message, /^ALREADY_OWNED: .*"b"/);
      assert.equal(await codeOf(world.update(a.id, a.outs, kept)), "ALREADY_OWNED");
    });

    it("across the processes of a run", async () => {
      const [here, there] = twoProcesses(service);
      await compare(here, door(A), a);
      await assert.rejects(there.check(adopting(B)), refused);
    });

    it("a resume is refused like an adoption", async () => {
      const made = await run().create({ ...door(A), name: undefined });
      const world = new World({ service, resume: true });
      // The resource was renamed by an alias, and its old name is declared again.
      await compare(world, { ...door("c-0123456789ab"), name: undefined }, made);
      assert.equal(await codeOf(world.create({ ...door(A), name: undefined })), "ALREADY_OWNED");
      const unasked = run();
      await compare(unasked, { ...door("c-0123456789ab"), name: undefined }, made);
      const { message } = await rejection(unasked.create({ ...door(A), name: undefined }));
      assert.match(message, /^NAME_TAKEN: .*"c"/);
      assert.ok(!message.includes("adopt"), "nobody is told to adopt what another resource owns");
    });

    it("not for the same resource: its adoption stays in the program, or its name changes by an alias", async () => {
      const b = await adopted();
      const world = run();
      await compare(world, adopting(B), b);
      await world.update(b.id, b.outs, await world.check(adopting(B), b.inputs));
      const renamed = run();
      await compare(renamed, adopting("renamed-0123456789ab"), b);
    });

    it("a read alone is a warning: the resource may be one that the program has no more", async () => {
      const world = run();
      await world.read(a.id, a.outs);
      await world.create(adopting(B));
      assert.ok(world.messages.some((line) => line.includes(task) && line.includes("records")));
      await world.hooks.delete(a.id, a.outs);
      assert.ok(service.tasks.has(task));
    });

    it("nor does a refresh's diff, with recorded inputs, speak for a resource of the program", async () => {
      const world = run();
      await world.hooks.diff(a.id, a.outs, a.inputs);
      await world.create(adopting(B));
    });

    it("a task of another region with the same id is another task", async () => {
      const world = run();
      await compare(world, door(A, { region: "eu-de" }), { ...a, inputs: { ...a.inputs, region: "eu-de" } });
      await world.check(door(B, { adopt: idFor(task), region: "eu-nl" }));
    });
  });
});
