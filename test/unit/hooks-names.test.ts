import assert from "node:assert/strict";
import type { PropertyMap } from "../../provider/common/json";
import { fileOnIef, filesOnIef, restfulToWebhook, SERVICE, vcnInput, without } from "../support/arguments";
import type { LiveTask } from "../../provider/core/contract";
import type { FakeService } from "../support/fake-service";
import { codeOf, idFor, rejection, World } from "../support/world";

const nameless = without(fileOnIef, "name");
const AUTO = "task-0123456789ab";
const byDefault: PropertyMap = { ...nameless, autoName: AUTO };
const named: PropertyMap = { ...nameless, name: AUTO };
const two: PropertyMap = { ...byDefault, input: filesOnIef("a", "b").input };
/** Milliseconds since 1970 and a nonce. */
const CLAIM = /^\d{13}-[0-9a-f]{8}$/;

describe("hooks: a name that is taken", () => {
  it("by a given name is NAME_TAKEN with id, differences and the adopt line", async () => {
    const world = new World();
    const [id = ""] = world.service.put({ ...named, description: "theirs" });
    const { message } = await rejection(world.create({ ...named, description: "mine" }));
    assert.match(message, /^NAME_TAKEN: /);
    assert.ok(message.includes(id));
    assert.match(message, /[Ii]t differs: description\./);
    assert.doesNotMatch(message, /mine|theirs/);
    assert.ok(message.includes(`adopt: "${SERVICE}/${id}"`));
    assert.equal(world.service.count("create"), 0);
  });

  it("shows no secret among the differences", async () => {
    const world = new World();
    world.service.put({ ...restfulToWebhook, input: vcnInput });
    const mine = { ...vcnInput, vcn: { ...(vcnInput.vcn as PropertyMap), password: "canary-mine" } };
    const { message } = await rejection(world.create({ ...restfulToWebhook, input: mine }));
    assert.match(message, /[Ii]t differs: input\.vcn\.password\./);
    assert.ok(!message.includes("canary"));
  });

  it("is no hindrance with allowDuplicateNames", async () => {
    const world = new World({ allowDuplicateNames: true });
    world.service.put(named);
    await world.create(named);
    assert.equal(world.service.tasks.size, 2);
  });

  it("is waited for while its holder is being deleted", async () => {
    const world = new World();
    const [id = ""] = world.service.put(named, { state: "DELETING" });
    world.clock.onSleep = () => world.service.tasks.delete(id);
    await world.create(named);
    assert.equal(world.service.count("create"), 1);
    assert.equal(world.service.count("find"), 2);
  });

  it("is looked at once more where a group of the name shows no parts", async () => {
    for (const goes of [true, false]) {
      const world = new World();
      const [id = ""] = world.service.put(named, { parts: [] });
      if (goes) world.clock.onSleep = () => world.service.tasks.delete(id);
      assert.equal(await codeOf(world.create(named)).catch(() => "none"), goes ? "none" : "NAME_TAKEN");
      assert.deepEqual([world.service.count("find"), world.service.count("create")], [2, goes ? 1 : 0]);
    }
  });

  it("stays taken where the list has the name, and the answer to the show none", async () => {
    const world = new World();
    const [id = ""] = world.service.put(named);
    world.service.show = () => Promise.resolve({ ...world.service.tasks.get(id), name: "" } as LiveTask);
    assert.equal(await codeOf(world.create(named)), "NAME_TAKEN");
    assert.equal(world.service.count("create"), 0);
  });

  it("other names count for nothing", async () => {
    const world = new World();
    world.service.put({ ...named, name: `${AUTO}-2` });
    await world.create(named);
    assert.equal(world.service.count("create"), 1);
  });
});

describe("hooks: the orphan of an interrupted run", () => {
  const asked = (service?: FakeService): World =>
    new World({ resume: true, ...(service === undefined ? {} : { service }) });

  it("is no proof by its default name alone: NAME_TAKEN says how to ask for it, and the other ways", async () => {
    const world = new World();
    const [left = ""] = world.service.put(named);
    const { message } = await rejection(world.create(byDefault));
    assert.match(message, /^NAME_TAKEN: /);
    for (const way of [
      "VIDEO_ANALYSIS_RESUME=1 pulumi up",
      "another `name`",
      `adopt: "${idFor(left)}"`,
      "deleteBeforeReplace: true",
      "`triggers`",
    ]) {
      assert.ok(message.includes(way), way);
    }
    assert.equal(world.service.count("create"), 0);
  });

  it("is resumed where the run asks for it and it equals the arguments, with a claim", async () => {
    const world = asked();
    const [left = ""] = world.service.put(named);
    const { id, outs } = await world.create(byDefault);
    assert.equal(id, idFor(left));
    assert.equal(outs.name, AUTO);
    assert.match(String(outs.claim), CLAIM);
    assert.equal(world.service.count("create"), 0);
    assert.ok(world.messages.some((line) => line.includes("resuming")));
  });

  it("is not looked for under a given name", async () => {
    const world = asked();
    world.service.put(named);
    const { message } = await rejection(world.create(named));
    assert.match(message, /^NAME_TAKEN: /);
    assert.ok(!message.includes("VIDEO_ANALYSIS_RESUME"));
  });

  it("is not one of several tasks of the name, where the others differ", async () => {
    const world = asked();
    world.service.put({ ...two, name: AUTO });
    const one = { ...byDefault, input: filesOnIef("a").input };
    assert.equal((await rejection(world.create(one))).message.split(":")[0], "NAME_TAKEN");
    assert.equal(world.service.count("create"), 0);
  });

  it("of several sources is resumed in the order of the sources", async () => {
    const world = asked();
    const reversed = [...(two.input as { data: unknown[] }).data].reverse();
    const [second = "", first = ""] = world.service.put({
      ...two,
      name: AUTO,
      input: { type: "obs", data: reversed },
    });
    const { id } = await world.create(two);
    assert.equal(id, idFor(first, second));
  });

  it("may be one task of several sources", async () => {
    const world = asked();
    world.service.oneTask = true;
    const [left = ""] = world.service.put({ ...two, name: AUTO });
    assert.equal((await world.create(two)).id, idFor(left));
  });

  it("is neither resumed nor recommended where it differs", async () => {
    for (const world of [new World(), asked()]) {
      world.service.put({ ...named, description: "other" });
      const { message } = await rejection(world.create(byDefault));
      assert.match(message, /^NAME_TAKEN: .*cannot be resumed/);
      assert.ok(!message.includes("VIDEO_ANALYSIS_RESUME"));
      assert.equal(world.service.count("create"), 0);
    }
  });

  it("is refused where no read shows an argument that the API cannot update, and the text names it", async () => {
    const estimate = { ...nameless, sourceUsageEstimate: { cpu: 1, memory: 1 } };
    const masked = { ...without(restfulToWebhook, "name"), input: vcnInput };
    for (const [args, path] of [
      [estimate, "`sourceUsageEstimate`"],
      [masked, "`input.vcn.password`"],
    ] as const) {
      for (const world of [new World(), asked()]) {
        const [left = ""] = world.service.put({ ...args, name: AUTO });
        const { vcn } = vcnInput as { vcn: PropertyMap };
        if (args === masked) {
          const shown = { ...vcnInput, vcn: { ...vcn, password: "******" } };
          world.service.change(left, { args: { ...world.service.tasks.get(left)?.args, input: shown } });
        }
        const { message } = await rejection(world.create({ ...args, autoName: AUTO }));
        assert.match(message, /^NAME_TAKEN: /);
        assert.ok(message.includes(`no read shows`) && message.includes(path), message);
        assert.ok(!message.includes("VIDEO_ANALYSIS_RESUME"));
        assert.equal(world.service.count("create"), 0);
      }
    }
  });

  it("is not resumed where a refresh of this run has read it, and nobody is told to adopt it", async () => {
    const first = new World();
    const { id, outs } = await first.create(byDefault);
    for (const resume of [false, true]) {
      const world = new World({ service: first.service, resume });
      await world.read(id, outs);
      const { message } = await rejection(world.create(byDefault));
      assert.match(message, /^NAME_TAKEN: /);
      assert.ok(!message.includes("adopt") && !message.includes("VIDEO_ANALYSIS_RESUME"), message);
      assert.equal(world.service.tasks.size, 1);
    }
  });

  it("twice is CREATE_AMBIGUOUS with both ids and adopt lines, and nothing is created", async () => {
    const world = asked();
    const ids = [...world.service.put(named), ...world.service.put(named)];
    const { message } = await rejection(world.create(byDefault));
    assert.match(message, /^CREATE_AMBIGUOUS: /);
    for (const id of ids) assert.ok(message.includes(`adopt: "${SERVICE}/${id}"`));
    assert.equal(world.service.count("create"), 0);
  });
});
