/** Creates whose answers were lost, where several tasks may have one name. */
import assert from "node:assert/strict";
import { fileOnIef } from "../support/arguments";
import { requestError } from "../support/fake-service";
import { LOST } from "../support/lost-answers";
import { codeOf, idFor, World } from "../support/world";

describe("reconcile: no create takes a task of another resource", () => {
  for (const [title, kind, status, repeats] of LOST) {
    describe(`after ${title}`, () => {
      const lost = () => requestError(kind, "unknown", status);

      it("that was made at the same time", async () => {
        for (const moments of [["before"], ["before", "after"]] as const) {
          const world = new World({ allowDuplicateNames: true });
          for (const moment of moments) world.service.fail("create", lost(), moment);
          const made = await Promise.allSettled(
            ["one-0123456789ab", "two-0123456789ab"].map((autoName) =>
              world.create({ ...fileOnIef, autoName }),
            ),
          );
          const ids = made.flatMap((each) => (each.status === "fulfilled" ? [each.value.id] : []));
          assert.equal(ids.length, repeats ? 2 : 1);
          assert.deepEqual(ids.sort(), [...world.service.tasks.keys()].map((id) => idFor(id)).sort());
        }
      });

      it("whose own answer is still to come", async () => {
        const world = new World({ allowDuplicateNames: true });
        let answer = (): void => undefined;
        const answered = new Promise<void>((resolve) => (answer = resolve));
        const create = world.service.create.bind(world.service);
        world.service.create = async (args) => {
          world.service.create = create;
          world.service.fail("create", lost());
          const made = world.service.put(args);
          await answered;
          return { ids: made, problems: [] };
        };
        const [slow, second] = ["one-0123456789ab", "two-0123456789ab"].map((autoName) =>
          world.create({ ...fileOnIef, autoName }).then(({ id }) => id),
        );
        // Longer than all looks.
        for (let turn = 0; turn < 1000; turn += 1) await Promise.resolve();
        answer();
        const made = await Promise.allSettled([slow, second]);
        const ids = made.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
        assert.deepEqual(
          ids,
          [...world.service.tasks.keys()].map((id) => idFor(id)),
        );
        assert.equal(ids.length, repeats ? 2 : 1);
      });

      it("that is renamed meanwhile", async () => {
        const earlier = new World();
        const other = await earlier.create({ ...fileOnIef, name: "other" });
        const [task = ""] = earlier.service.tasks.keys();
        const world = new World({ service: earlier.service, allowDuplicateNames: true });
        await world.read(other.id, other.outs);
        world.service.fail("create", lost());
        world.clock.onSleep = () => world.service.change(task, { name: "task-file" });
        const made = world.create(fileOnIef).then(({ id }) => id);
        if (repeats) assert.notEqual(await made, other.id);
        else assert.equal(await codeOf(made), "CREATE_AMBIGUOUS");
      });
    });
  }

  it("is CREATE_AMBIGUOUS where another create of the name is not answered in time", async () => {
    const world = new World({ allowDuplicateNames: true });
    const create = world.service.create.bind(world.service);
    world.service.create = (args) => {
      world.service.create = create;
      world.service.fail("create", requestError("connection"));
      world.service.put(args);
      return new Promise(() => undefined);
    };
    void world.create(fileOnIef);
    assert.equal(
      await codeOf(world.create({ ...fileOnIef, timeouts: { create: "500ms" } })),
      "CREATE_AMBIGUOUS",
    );
  });
});
