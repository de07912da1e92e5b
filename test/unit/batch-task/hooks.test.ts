/** A batch through all hooks; in one file, since they share the emulator and what earlier hooks recorded. */
import assert from "node:assert/strict";
import type { PropertyMap } from "../../../provider/common/json";
import type { DynamicProvider } from "../../../provider/runtime";
import { type Emulator, startEmulator } from "../../../testkit/emulator";
import { batchArgs, configured, group, NORTH, openedBag, PROGRAM, REGION, SOUTH, WEEKEND } from "./support";

type Outputs = Record<string, unknown>;

describe("BatchTask through the hooks of the runtime", () => {
  let emulator: Emulator;
  let provider: DynamicProvider;

  before(async () => {
    emulator = await startEmulator({ region: REGION });
  });
  beforeEach(async () => {
    emulator.reset();
    provider = await configured(emulator);
  });
  after(() => emulator.close());

  const checked = async (args: PropertyMap, olds: PropertyMap = {}): Promise<Outputs> => {
    const { inputs, failures } = await provider.check(olds, { ...args, __provider: PROGRAM });
    assert.deepEqual(failures, []);
    return { ...openedBag(inputs), __provider: PROGRAM };
  };
  const create = async (args: PropertyMap): Promise<{ id: string; outs: Outputs }> => {
    const { id, outs } = await provider.create(await checked(args));
    return { id, outs: { ...openedBag(outs), __provider: PROGRAM } };
  };
  const update = async (id: string, olds: PropertyMap, args: PropertyMap): Promise<Outputs> =>
    openedBag((await provider.update(id, olds, await checked(args, olds))).outs);
  /** Another client's create; its id. */
  const madeByHand = async (name: string): Promise<string> => {
    const [input] = NORTH.videoSourceList as { videoSourceId: string }[];
    const answer = await fetch(`${emulator.endpoints.vias}/v2/${emulator.projectId}/batch-tasks`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Auth-Token": emulator.token },
      body: JSON.stringify({
        name,
        service_name: batchArgs().serviceName,
        service_version: "1.0",
        batch_input: {
          video_source_group: [
            {
              video_source_group_id: NORTH.videoSourceGroupId,
              video_source_list: [{ video_source_id: input?.videoSourceId }],
            },
          ],
        },
        output: { dis: { stream_name: "results" } },
      }),
    });
    assert.ok(answer.ok, await answer.text());
    return emulator.batches().find((batch) => batch.name === name)?.id ?? "";
  };
  const calls = (operation: string): number => emulator.calls({ operation }).length;
  let unique = 0;
  const named = (more: PropertyMap = {}): PropertyMap =>
    batchArgs({ name: `site-${(unique += 1)}`, ...more });

  it("creates, reads without drift, updates in place and deletes", async () => {
    const args = named({ schedule: WEEKEND, description: "north", config: { common: { level: 1 } } });
    const { id, outs } = await create(args);
    const outputs = openedBag(outs);
    assert.equal(outputs.batchTaskId, id);
    assert.equal((outputs.taskIds as string[]).length, 2);
    assert.deepEqual([outputs.totalCount, outputs.succeedCount, outputs.failedCount], [2, 2, 0]);
    assert.deepEqual([outputs.errorList, outputs.unfinished, outputs.tasksTruncated], [[], [], false]);
    assert.equal(outputs.company, "VIAS");

    const { inputs, props } = await provider.read(id, outs);
    const { __provider, ...program } = await checked(args, outs);
    assert.equal(__provider, PROGRAM);
    assert.deepEqual(openedBag(inputs), openedBag(program));
    assert.deepEqual(openedBag(props).totalCount, 2);

    const wider = { ...args, description: undefined, batchInput: { videoSourceGroup: [NORTH, SOUTH] } };
    assert.deepEqual((await provider.diff(id, outs, await checked(wider, outs))).replaces, []);
    const updated = await update(id, outs, wider);
    assert.equal((updated.taskIds as string[]).length, 4);
    assert.equal(calls("updateBatchTask"), 1);
    assert.equal(updated.company, "VIAS");

    await provider.delete(id, updated);
    assert.deepEqual(emulator.batches(), []);
    assert.deepEqual(await provider.read(id, updated), {});
  });

  it("sends the documented schedule as it is", async () => {
    await create(named({ schedule: WEEKEND }));
    const [entry] = emulator.calls({ operation: "createBatchTask" });
    const { periods } = (entry?.body as { schedule: { periods: unknown[] } }).schedule;
    assert.deepEqual(periods.slice(0, 5), [[], [], [], [], [{ begin_at: "22:15:00", end_at: "23:59:00" }]]);
  });

  it("keeps the id of a batch that was made in part, and finishes it with the next update", async () => {
    emulator.inject({
      kind: "partialFailure",
      operation: "create",
      videoSourceIds: ["camera-north-2"],
      message: "no key header-canary",
    });
    const args = named({ isSavedAsTemplate: true });
    const inputs = await checked(args);
    const error = await provider.create(inputs).then(
      () => assert.fail("the create succeeded"),
      (thrown: unknown) => {
        const kept = thrown as { id: string; properties: Outputs; reasons: string[] };
        return { ...kept, properties: openedBag(kept.properties) };
      },
    );
    const [{ id } = { id: "" }] = emulator.batches() as { id: string }[];
    assert.equal(error.id, id);
    assert.deepEqual(openedBag(error.properties).unfinished, ["partial"]);
    assert.ok(
      error.reasons.some((reason) => reason.includes("no key ***")),
      error.reasons.join(),
    );
    assert.ok(!JSON.stringify(error.reasons).includes("canary"));

    const diff = await provider.diff(id, error.properties, await checked(args, error.properties));
    assert.equal(diff.changes, true);
    const updated = await update(id, error.properties, args);
    assert.deepEqual(updated.unfinished, []);
    assert.equal((updated.taskIds as string[]).length, 2);
    const [put] = emulator.calls({ operation: "updateBatchTask" });
    assert.equal("is_saved_as_template" in (put?.body as object), false);
    await provider.delete(id, updated);
  });

  it("says which sub-tasks an update failed for, and repeats it", async () => {
    const args = named();
    const { id, outs } = await create(args);
    emulator.inject({ kind: "partialFailure", operation: "update", count: 1, message: "no resources" });
    const changed = { ...args, output: { eventCenter: true } };
    await assert.rejects(update(id, outs, changed), /PARTIAL_FAILURE.*no resources/);
    const updated = await update(id, outs, changed);
    assert.deepEqual(updated.output, { eventCenter: true });
    await provider.delete(id, updated);
  });

  it("deletes the rest after a delete that failed for some", async () => {
    const { id, outs } = await create(named());
    emulator.inject({ kind: "partialFailure", operation: "delete", count: 1 });
    await provider.delete(id, outs);
    assert.deepEqual(emulator.batches(), []);
    await provider.delete(id, outs);
  });

  it("finds a batch whose create lost its answer, and makes no second one", async () => {
    emulator.inject({ kind: "drop", when: "after", match: { operation: "createBatchTask" } });
    const { id, outs } = await create(named());
    assert.equal(calls("createBatchTask"), 1);
    await provider.delete(id, outs);
  });

  it("takes over a batch, applies what differs and keeps its sub-tasks", async () => {
    const args = named();
    const { id, outs } = await create(args);
    const before = openedBag(outs).taskIds;
    const adopted = await create({ ...args, adopt: id, description: "mine" });
    assert.equal(adopted.id, id);
    assert.deepEqual(openedBag(adopted.outs).taskIds, before);
    assert.equal(calls("updateBatchTask"), 1);
    assert.equal(emulator.batches()[0]?.description, "mine");
  });

  it("applies with the next update what an adoption could not", async () => {
    const args = named();
    const { id } = await create(args);
    const adopting = { ...args, adopt: id, description: "mine" };
    emulator.inject({ kind: "forbidden", match: { operation: "updateBatchTask" } });
    const error = await create(adopting).then(
      () => assert.fail("the update was refused"),
      (reason: unknown) => reason as { id: string; properties: Outputs },
    );
    assert.equal(error.id, id);
    const outputs = await update(id, openedBag(error.properties), adopting);
    assert.deepEqual(outputs.unfinished, []);
    assert.equal(emulator.batches().find((batch) => batch.id === id)?.description, "mine");
  });

  it("refuses a name that is taken, with the line that takes the batch over", async () => {
    const { id } = await create(named());
    emulator.editBatch(id, { name: "site-taken" });
    const taken = (): Promise<unknown> => create({ ...named(), name: "site-taken" });
    // This run has made the batch, so the error does not advise to adopt it.
    await assert.rejects(
      taken(),
      (error: Error) => /NAME_TAKEN/.test(error.message) && !/adopt/.test(error.message),
    );
    const stranger = await madeByHand("site-stranger");
    await assert.rejects(
      create({ ...named(), name: "site-stranger" }),
      new RegExp(`NAME_TAKEN.*adopt: "${stranger}"`),
    );
  });

  it("stops and starts all sub-tasks, and sees one that was started outside", async () => {
    const args = named({ desiredState: "stopped" });
    const { id, outs } = await create(args);
    assert.deepEqual(openedBag(outs).states, ["STOPPED", "STOPPED"]);
    const [first = ""] = openedBag(outs).taskIds as string[];
    emulator.setState(first, "RUNNING");
    const { inputs } = await provider.read(id, outs);
    assert.equal(openedBag(inputs).desiredState, "running");
    const running = await update(id, outs, { ...args, desiredState: "running", waitFor: "running" });
    assert.deepEqual(running.states, ["RUNNING", "RUNNING"]);
    assert.deepEqual(running.statusCounts, { RUNNING: 2 });
    await provider.delete(id, running);
  });

  it("reports drift: by one detail what all share, by all details also the sources", async () => {
    const args = named({ batchInput: { videoSourceGroup: [NORTH, SOUTH] } });
    const { id, outs } = await create(args);
    emulator.editBatch(id, { description: "changed" });
    assert.equal(openedBag((await provider.read(id, outs)).inputs).description, "changed");
    const south = emulator.tasks().find(({ input }) => JSON.stringify(input).includes("camera-south-2"));
    emulator.removeTask(String(south?.["id"]));
    provider = await configured(emulator, { batchDetail: "all" });
    assert.deepEqual(openedBag((await provider.read(id, outs)).inputs).batchInput, {
      videoSourceGroup: [NORTH, group("group-south", "camera-south-1")],
    });
  });

  it("reads a batch that no program describes", async () => {
    const { id } = await create(named());
    provider = await configured(emulator, { batchDetail: "all" });
    const { props } = await provider.read(id, { __provider: PROGRAM });
    const outputs = openedBag(props);
    assert.deepEqual(outputs.batchInput, { videoSourceGroup: [{ videoSourceList: NORTH.videoSourceList }] });
    await assert.rejects(provider.read("0123456789abcdef", { __provider: PROGRAM }), /NOT_FOUND/);
  });

  it("updates only what is there", async () => {
    const args = named();
    const { id, outs } = await create(args);
    emulator.removeBatch(id);
    await assert.rejects(update(id, outs, { ...args, description: "x" }), /TASK_GONE/);
  });

  describe("on Open Telekom Cloud", () => {
    const failuresIn = async (region: string, more: Record<string, string> = {}): Promise<string[]> => {
      provider = await configured(emulator, more);
      const { failures } = await provider.check({}, { ...named({ region }), __provider: PROGRAM });
      return failures.map(({ reason }) => reason);
    };

    it("is refused in a preview, unless an endpoint says where the service is", async () => {
      const without = { endpoints: JSON.stringify({ iam: emulator.endpoints.iam }) };
      assert.match(
        (await failuresIn("eu-de", without)).join(),
        /^region: Open Telekom Cloud does not offer VIAS \(region "eu-de"\)/,
      );
      assert.match(
        (await failuresIn(REGION, { ...without, cloud: "otc.t-systems.com" })).join(),
        /^region: /,
      );
      assert.deepEqual(await failuresIn("eu-de"), []);
      assert.match(
        (await failuresIn(REGION, { cloud: "otc" })).join(),
        /^region: video-analysis:cloud in .* is not usable/,
      );
      const broken = { endpoints: JSON.stringify({ vias: "ftp://vias.example.com" }) };
      assert.match((await failuresIn(REGION, broken)).join(), /^region: .*endpoints/);
      assert.deepEqual(await failuresIn(REGION, without), []);
    });
  });
});
