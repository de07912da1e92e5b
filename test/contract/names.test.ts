import assert from "node:assert/strict";
import { Bench, defaultNamed, edgeArgs, failsWith, IEF, iefArgs, until, without } from "./bench";
import type { Provider } from "./harness";
import type { Props } from "./values";

const TWO = { input: { type: "url", data: [{ url: "rtsp://a" }, { url: "rtsp://b" }] } };

describe("contract: names, leftovers and adoption", () => {
  let bench: Bench;
  /** A later run of the engine, whose process remembers nothing of the first one. */
  let later: Provider;
  before(async () => {
    bench = await Bench.open();
    await bench.start();
    later = await bench.newRun();
  });
  after(() => bench.close());

  const ids = (name: string): string[] => bench.tasksNamed(name).map(({ id }) => id);

  /** A create whose result never reached the state. */
  async function lost(args: Props): Promise<string[]> {
    await bench.provider.up(args);
    return ids(String(args.name ?? args.autoName));
  }

  it("refuses a given name that is taken, with the line that takes the task over", async () => {
    const [id = ""] = await lost(iefArgs("given", { description: "first" }));
    const args = iefArgs("given", { description: "second" });
    await assert.rejects(
      later.up(args),
      failsWith(
        "NAME_TAKEN",
        new RegExp(`adopt: "${IEF}/${id}"`),
        /description: "second" here, "first" at the service/,
      ),
    );
    assert.deepEqual(ids("given"), [id]);
    assert.equal(bench.posts("given"), 1);
    const { state } = await later.up({ ...args, description: "first", adopt: `${IEF}/${id}` });
    assert.equal(state.id, `${IEF}/${id}`);
    assert.equal(bench.posts("given"), 1);
  });

  it("makes a second task of one name where the configuration allows it", async () => {
    await lost(iefArgs("doubled"));
    const run = await bench.newRun(bench.config({ allowDuplicateNames: "true" }));
    await run.up(iefArgs("doubled"));
    assert.equal(ids("doubled").length, 2);
  });

  for (const [platform, args] of [
    ["IEF", iefArgs("leftover-ief", { description: "d", config: { a: 1 } })],
    ["Edge", edgeArgs("leftover-edge", { description: "d" })],
  ] as const) {
    it(`resumes the leftover of a lost run under a default name on ${platform}`, async () => {
      const name = String(args.name);
      const [id] = await lost(defaultNamed(args));
      // Edge lists are scanned once per process, so the leftover has to be there before its first look.
      const run = platform === "IEF" ? later : await bench.newRun();
      const { state } = await run.up(defaultNamed(args));
      assert.deepEqual(state.outputs.taskIds, [id]);
      assert.deepEqual([ids(name), bench.posts(name)], [[id], 1]);
      await until(() => /resuming .* which an interrupted run left behind/.test(run.process.output));
      // The task was taken over in this very run, so a delete of it must be somebody's mistake.
      await run.delete(state);
      assert.deepEqual(ids(name), [id]);
      // The warning takes another way than the answer.
      await until(() =>
        /was taken over by another resource in this run and is not deleted/.test(run.process.output),
      );
      await bench.provider.delete(state);
      assert.deepEqual(ids(name), []);
    });
  }

  const DIFFERENT: readonly [string, Props, Props][] = [
    ["another description", { description: "a" }, { description: "b" }],
    ["no description", {}, { description: "b" }],
    ["a description that the arguments lack", { description: "a" }, {}],
    ["another source", {}, { input: { type: "url", data: [{ url: "rtsp://other" }] } }],
    ["fewer sources", {}, TWO],
    ["more sources", TWO, {}],
    ["another output", {}, { output: { dis: { streamName: "other" } } }],
    ["other settings", { config: { a: 1 } }, { config: { a: 2 } }],
  ];
  for (const [index, [title, there, wanted]] of DIFFERENT.entries()) {
    it(`takes no leftover with ${title}`, async () => {
      const name = `different-${index}`;
      const before = await lost(defaultNamed(iefArgs(name, there)));
      await assert.rejects(later.up(defaultNamed(iefArgs(name, wanted))), failsWith("NAME_TAKEN"));
      assert.deepEqual(ids(name), before);
    });
  }

  it("takes no leftover that is older than a create can last", async () => {
    const [id = ""] = await lost(defaultNamed(iefArgs("old")));
    bench.emulator.editTask(id, { created_at: "2020-01-01T00:00:00Z" });
    await assert.rejects(later.up(defaultNamed(iefArgs("old"))), failsWith("NAME_TAKEN"));
  });

  it("takes no leftover that this run has seen as somebody's", async () => {
    const args = defaultNamed(iefArgs("seen"));
    const { state } = await bench.provider.up(args);
    // A targeted replacement calls create, then delete, and no diff.
    await later.read(state);
    await assert.rejects(later.create(await later.check(args)), failsWith("NAME_TAKEN"));
    assert.equal(ids("seen").length, 1);
  });

  it("stops where several equal leftovers compete", async () => {
    const [first = ""] = await lost(defaultNamed(iefArgs("competing")));
    const twin = await bench.newRun(bench.config({ allowDuplicateNames: "true" }));
    await twin.up(iefArgs("competing"));
    const [, second = ""] = ids("competing");
    await assert.rejects(
      later.up(defaultNamed(iefArgs("competing"))),
      failsWith(
        "CREATE_AMBIGUOUS",
        new RegExp(`adopt: "${IEF}/${first}"`),
        new RegExp(`adopt: "${IEF}/${second}"`),
      ),
    );
    assert.equal(ids("competing").length, 2);
  });

  it("waits for a task of the name that is being deleted", async () => {
    const [id = ""] = await lost(iefArgs("deleting"));
    bench.emulator.configure({ transitions: { deletingMs: 400 } });
    const deletion = await fetch(
      `${bench.emulator.endpoints.modelarts}/v1/${bench.emulator.projectId}/services/${IEF}/tasks/${id}`,
      { method: "DELETE", headers: { "X-Auth-Token": bench.emulator.token } },
    );
    assert.equal(deletion.status, 202);
    const { state } = await later.up(iefArgs("deleting"));
    assert.notEqual(state.outputs.taskIds, [id]);
    assert.equal(ids("deleting").length, 1);
  });

  it("refuses two resources of one name in one run, and makes one task", async () => {
    const inputs = await later.check(iefArgs("same-run"));
    const results = await Promise.allSettled([later.create(inputs), later.create(inputs)]);
    assert.deepEqual(results.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
    const refused = results.find((result) => result.status === "rejected");
    assert.ok(failsWith("DUPLICATE_NAME", /Give one of them another `name`/)(refused?.reason));
    assert.equal(ids("same-run").length, 1);
    assert.equal(bench.posts("same-run"), 1);
  });

  it("gives a name free again when its create failed", async () => {
    const inputs = await later.check(iefArgs("freed"));
    bench.emulator.inject({ kind: "forbidden", match: { name: "freed" } });
    await assert.rejects(later.create(inputs), failsWith("REQUEST_FAILED"));
    await later.create(inputs);
    assert.equal(ids("freed").length, 1);
  });

  describe("several inputs", () => {
    it("make several tasks, their ids in the order of the answer and joined by a comma", async () => {
      const { state } = await later.up(iefArgs("pair", TWO));
      const made = ids("pair");
      assert.equal(state.id, `${IEF}/${made.join(",")}`);
      assert.deepEqual((state.outputs.states as string[]).length, 2);
      assert.equal(bench.posts("pair"), 1);
      assert.deepEqual((await later.refresh(state))?.changed, []);
    });

    it("are resumed as a group", async () => {
      const made = await lost(defaultNamed(iefArgs("group", TWO)));
      const { state } = await later.up(defaultNamed(iefArgs("group", TWO)));
      assert.deepEqual(state.outputs.taskIds, made);
      assert.equal(bench.posts("group"), 1);
    });

    it("are not resumed when one of the group is missing", async () => {
      const [first = ""] = await lost(defaultNamed(iefArgs("half", TWO)));
      bench.emulator.removeTask(first);
      await assert.rejects(later.up(defaultNamed(iefArgs("half", TWO))), failsWith("NAME_TAKEN"));
    });
  });

  describe("adopt", () => {
    it("takes over exactly the given tasks, in any order, and a live name where none is given", async () => {
      const [first = "", second = ""] = await lost(iefArgs("adopted", TWO));
      const unnamed = without(iefArgs("", TWO), "name");
      const { state } = await later.up({ ...unnamed, adopt: `${IEF}/${second},${first}` });
      assert.deepEqual(state.outputs.taskIds, [second, first]);
      assert.equal(state.outputs.name, "adopted");
      assert.equal(bench.posts("adopted"), 1);
      const adopting = { ...unnamed, adopt: `${IEF}/${second},${first}` };
      assert.equal((await later.up(adopting, state)).op, "same");
      const refreshed = await later.refresh(state);
      assert.deepEqual(refreshed?.changed, []);
      assert.equal((await later.up(adopting, refreshed.state)).op, "same");
      const unasked = await later.up(unnamed, state);
      assert.equal(unasked.op, "update", "dropping `adopt` writes the outputs, and nothing else");
      assert.equal(bench.posts("adopted"), 1);
    });

    it("brings the run state about at once", async () => {
      const [id = ""] = await lost(iefArgs("adopted-stopped"));
      const args = iefArgs("adopted-stopped", { adopt: `${IEF}/${id}`, desiredState: "stopped" });
      assert.equal((await later.up(args)).state.outputs.state, "STOPPED");
    });

    it("never creates instead", async () => {
      const args = iefArgs("not-there", { adopt: `${IEF}/${"0".repeat(32)}` });
      await assert.rejects(later.up(args), failsWith("ADOPT_NOT_FOUND", /remove `adopt`/));
      assert.equal(bench.posts("not-there"), 0);
    });

    it("refuses what only a replacement could change, and lists it", async () => {
      const [id = ""] = await lost(iefArgs("unlike", { description: "there" }));
      const args = iefArgs("unlike-too", { adopt: `${IEF}/${id}`, description: "here", config: { a: 1 } });
      await assert.rejects(
        later.up(args),
        failsWith("ADOPT_MISMATCH", /name: /, /description: "here"/, /config/),
      );
      const other = { ...iefArgs("unlike"), adopt: `other-service/${id}` };
      await assert.rejects(later.up(other), failsWith("ADOPT_MISMATCH", /serviceId/));
      await assert.rejects(later.up({ ...iefArgs("unlike"), adopt: "nonsense" }), failsWith("INVALID_ID"));
    });

    it("refuses a replacement while it is still there", async () => {
      const [id = ""] = await lost(iefArgs("kept"));
      const args = iefArgs("kept", { adopt: `${IEF}/${id}` });
      const { state } = await later.up(args);
      await assert.rejects(later.up({ ...args, description: "new" }, state), /remove `adopt` first/);
      const plan = await later.preview({ ...without(args, "adopt"), description: "new" }, state);
      assert.equal(plan.op, "replace");
    });
  });
});
