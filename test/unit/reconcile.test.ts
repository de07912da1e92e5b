import assert from "node:assert/strict";
import { VideoAnalysisError } from "../../provider/common/errors";
import { fileOnIef, filesOnIef, SERVICE } from "../support/arguments";
import { requestError } from "../support/fake-service";
import { LOST } from "../support/lost-answers";
import { codeOf, idFor, rejection, World } from "../support/world";

const two = filesOnIef("a", "b");

describe("reconcile: a create whose answer was lost", () => {
  for (const [title, kind, status, repeats] of LOST) {
    describe(title, () => {
      const lost = () => requestError(kind, "unknown", status);

      it("finds the task that was made, at the first look, and posts no second time", async () => {
        const world = new World();
        world.service.fail("create", lost(), "after");
        const { id, outs } = await world.create(fileOnIef);
        assert.equal(id, idFor(...world.service.tasks.keys()));
        assert.deepEqual(outs.unfinished, []);
        assert.equal(world.service.count("create"), 1);
        assert.equal(world.clock.sleeps.length, 1);
        assert.ok(world.messages.some((line) => line.includes("the answer was lost")));
      });

      it("finds all tasks of several sources", async () => {
        const world = new World();
        world.service.fail("create", lost(), "after");
        const { id } = await world.create(two);
        assert.equal(id, idFor(...world.service.tasks.keys()));
        assert.equal(world.service.tasks.size, 2);
      });

      it(repeats ? "posts once more when nothing was made" : "does not post again", async () => {
        const world = new World();
        world.service.fail("create", lost());
        if (repeats) {
          const { id } = await world.create(fileOnIef);
          assert.equal(id, idFor(...world.service.tasks.keys()));
          assert.equal(world.service.count("create"), 2);
          assert.equal(world.service.count("find"), 5, "the first look, three looks, and a last one");
          assert.ok(world.clock.now() <= 5000, "three looks within 5 s");
        } else {
          const { message } = await rejection(world.create(fileOnIef));
          assert.match(message, /^CREATE_AMBIGUOUS: /);
          assert.ok(
            message.includes(lost().message.slice(0, -1)),
            "with what was answered, and what to check",
          );
          assert.equal(world.service.count("create"), 1);
          assert.ok(world.clock.now() > 45_000 && world.clock.now() <= 60_000, "looks for up to 60 s");
        }
      });

      it("ignores what had the name before", async () => {
        const world = new World({ allowDuplicateNames: true });
        world.service.put(fileOnIef);
        world.service.fail("create", lost(), "after");
        const { id } = await world.create(fileOnIef);
        assert.equal(id, idFor([...world.service.tasks.keys()][1] ?? ""));
      });

      it("is CREATE_AMBIGUOUS with ids when something else appeared, and deletes nothing", async () => {
        const world = new World();
        world.service.fail("create", lost(), "after");
        world.clock.onSleep = () => {
          if (world.service.tasks.size === 1) world.service.put(fileOnIef);
        };
        const { message } = await rejection(world.create(fileOnIef));
        assert.match(message, /^CREATE_AMBIGUOUS: /);
        for (const id of world.service.tasks.keys()) assert.ok(message.includes(`adopt: "${SERVICE}/${id}"`));
        assert.equal(world.service.tasks.size, 2);
        assert.equal(world.service.count("create"), 1);
      });

      it("is CREATE_AMBIGUOUS when no look succeeds, and posts no second time", async () => {
        const world = new World();
        world.service.fail("create", lost());
        world.service.before = (verb) => {
          if (verb === "find" && world.service.count("find") > 1) throw requestError("server", "none", 503);
        };
        assert.equal(await codeOf(world.create(fileOnIef)), "CREATE_AMBIGUOUS");
        assert.equal(world.service.count("create"), 1);
      });
    });
  }

  it("takes its own task for no other one, where lists show ids in another letter case", async () => {
    const world = new World();
    for (let other = 1; other < 10; other += 1) world.service.put({ ...fileOnIef, name: `other-${other}` });
    const find = world.service.find.bind(world.service);
    world.service.find = async (name) =>
      (await find(name)).map((task) => ({ ...task, id: task.id.toUpperCase() }));
    world.service.fail("create", requestError("connection"));
    const { id } = await world.create(fileOnIef);
    assert.match(id, /a$/);
    assert.ok(!world.messages.some((line) => line.includes("delete it")), world.messages.join("\n"));
  });

  it("finds a task that appears late", async () => {
    const world = new World();
    world.service.fail("create", requestError("gateway-timeout", "unknown", 504));
    world.clock.onSleep = (passed) => {
      if (passed > 20_000 && world.service.tasks.size === 0) world.service.put(fileOnIef);
    };
    const { id } = await world.create(fileOnIef);
    assert.equal(id, idFor(...world.service.tasks.keys()));
  });

  it("looks once more after a second lost answer", async () => {
    const found = new World();
    found.service.fail("create", requestError("connection"));
    found.service.fail("create", requestError("connection"), "after");
    await found.create(fileOnIef);
    assert.equal(found.service.tasks.size, 1);
    const none = new World();
    none.service.fail("create", requestError("connection"));
    none.service.fail("create", requestError("connection"));
    assert.equal(await codeOf(none.create(fileOnIef)), "CREATE_AMBIGUOUS");
    assert.equal(none.service.count("create"), 2);
  });

  it("looks once more after a refusal of the second request, whatever error it is", async () => {
    const world = new World();
    world.service.fail("create", requestError("connection"));
    world.service.fail(
      "create",
      new VideoAnalysisError("NAME_TAKEN", "the service does not accept it"),
      "after",
    );
    const { id } = await world.create(fileOnIef);
    assert.equal(id, idFor(...world.service.tasks.keys()));
  });

  it("is CREATE_AMBIGUOUS where a look fails for another reason than its request", async () => {
    for (const code of ["REQUEST_FAILED", "SERVICE_NOT_FOUND"] as const) {
      const world = new World();
      world.service.fail("create", requestError("connection"), "after");
      world.service.before = (verb) => {
        if (verb === "find" && world.service.count("find") > 1)
          throw new VideoAnalysisError(code, "the list changed during each of 5 scans");
      };
      const { message } = await rejection(world.create(fileOnIef));
      assert.match(message, /^CREATE_AMBIGUOUS: .*the list changed/);
      assert.equal(world.service.count("create"), 1);
    }
  });

  it("does not take tasks that differ from the arguments", async () => {
    const world = new World();
    world.service.fail("create", requestError("connection"));
    world.clock.onSleep = () => {
      if (world.service.tasks.size === 0) world.service.put({ ...fileOnIef, description: "other" });
    };
    assert.equal(await codeOf(world.create(fileOnIef)), "CREATE_AMBIGUOUS");
    assert.equal(world.service.count("create"), 1);
  });

  it("does not take a part of the tasks of several sources", async () => {
    const world = new World();
    world.service.fail("create", requestError("gateway-timeout"), "after");
    world.clock.onSleep = () => world.service.tasks.delete([...world.service.tasks.keys()][1] ?? "");
    const { message } = await rejection(world.create(two));
    assert.match(message, /^CREATE_AMBIGUOUS: /);
  });

  it("stops at once when the process is told to stop", async () => {
    const world = new World();
    world.service.before = (verb) => {
      if (verb === "create") world.stop.abort();
    };
    world.service.fail("create", requestError("connection"));
    assert.equal(await codeOf(world.create(fileOnIef)), "CREATE_AMBIGUOUS");
    assert.equal(world.service.count("create"), 1);
  });

  it("does not look after a refusal that certainly had no effect", async () => {
    for (const kind of ["invalid", "forbidden", "quota", "throttled", "connection", "timeout"] as const) {
      const world = new World();
      world.service.fail("create", requestError(kind, "none"));
      assert.equal(await codeOf(world.create(fileOnIef)), kind === "timeout" ? "TIMEOUT" : "REQUEST_FAILED");
      assert.equal(world.service.count("find"), 1);
    }
  });
});
