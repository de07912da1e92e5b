import assert from "node:assert/strict";
import { Harness, failsWith, without } from "./harness";
import { type State, unfinished } from "./state";
import { batchTaskKind as kind } from "./kinds";
import { batchArgs } from "./kinds/batch-task";
import { plain, type Props } from "./values";
import { contract } from "./part";

/** Features of batches alone: counters with failures, no call that shows one, sub-tasks that are read by sample. */
export const part = contract("batches", () => {
  let harness: Harness;
  before(async () => {
    harness = await Harness.open({ logSecrets: true });
    await harness.start();
  });
  after(() => harness.close());
  afterEach(() => {
    harness.emulator.configure({ viasPut: "replace", refuseDeleteWhileRunning: false });
    harness.emulator.clearFaults();
  });

  const create = async (name: string, more: Props = {}): Promise<State> =>
    (await harness.provider.up(batchArgs(name, more))).state;
  const made = (name: string): string[] => kind.made(harness.emulator, name);
  const operations = (): string[] =>
    harness.emulator.calls({ service: "vias" }).map(({ operation }) => operation);
  /** The sub-task of a source. */
  const subTaskOf = (batchId: string, source: string): string =>
    harness.emulator
      .tasks()
      .find(({ batch_id, input }) => batch_id === batchId && JSON.stringify(input).includes(source))?.id ??
    "";
  const groups = (state: State | undefined): unknown =>
    (plain(state?.inputs).batchInput as { videoSourceGroup: unknown } | undefined)?.videoSourceGroup;

  describe("that fail for some of their sub-tasks", () => {
    it("are kept when they are created, with each text of the service as a reason, and finished by an update", async () => {
      const args = batchArgs("partly-created", { ...kind.sources(4), isSavedAsTemplate: true });
      harness.emulator.inject({
        kind: "partialFailure",
        operation: "create",
        videoSourceIds: ["camera-2", "camera-3"],
        message: "no free channel",
      });
      const inputs = await harness.provider.check(args);
      const state = await unfinished(harness.provider.create(inputs), inputs);
      assert.equal(state.id, made("partly-created")[0]);
      assert.deepEqual(state.outputs.unfinished, ["partial"]);
      const { totalCount, succeedCount, failedCount, errorList } = state.outputs;
      assert.deepEqual([totalCount, succeedCount, failedCount], [4, 2, 2]);
      const reasons = errorList as string[];
      assert.equal(reasons.length, 2);
      for (const reason of reasons) {
        assert.match(reason, /no free channel/);
        assert.ok(state.initErrors.includes(reason), state.initErrors.join("; "));
      }
      assert.equal((state.outputs.taskIds as string[]).length, 2);
      harness.emulator.clearRequests();
      const step = await harness.provider.up(args, state);
      assert.deepEqual([step.op, step.state.outputs.unfinished], ["update", []]);
      assert.equal((step.state.outputs.taskIds as string[]).length, 4);
      const [put] = harness.emulator.calls({ operation: "updateBatchTask" });
      assert.equal(
        "is_saved_as_template" in (put?.body as object),
        false,
        "the template was made by the create",
      );
      assert.deepEqual((await harness.provider.refresh(step.state))?.changed, []);
    });

    it("do not exist when all failed, and say why", async () => {
      harness.emulator.inject({
        kind: "partialFailure",
        operation: "create",
        count: 2,
        message: "no free channel",
      });
      const args = batchArgs("not-created", kind.sources(2));
      await assert.rejects(
        harness.provider.up(args),
        failsWith("PARTIAL_FAILURE", /2 of 2/, /no free channel/),
      );
      assert.deepEqual(made("not-created"), []);
    });

    it("name what is left when they cannot be updated, and the next up repeats it", async () => {
      const state = await create("partly-updated", kind.sources(2));
      const args = batchArgs("partly-updated", { ...kind.sources(2), description: "new" });
      harness.emulator.inject({ kind: "partialFailure", operation: "update", message: "busy camera" });
      await assert.rejects(
        harness.provider.up(args, state),
        failsWith("PARTIAL_FAILURE", /1 of 2/, /busy camera/),
      );
      const step = await harness.provider.up(args, state);
      assert.deepEqual([step.op, (await harness.provider.refresh(step.state))?.changed], ["update", []]);
    });

    it("are deleted in further calls", async () => {
      const state = await create("partly-deleted", kind.sources(3));
      harness.emulator.inject({ kind: "partialFailure", operation: "delete", count: 2, times: 2 });
      await harness.provider.delete(state);
      assert.deepEqual(made("partly-deleted"), []);
    });

    for (const [operation, from, to] of [
      ["delete", "running", undefined],
      ["stop", "running", "stopped"],
      ["start", "stopped", "running"],
    ] as const) {
      it(`name the sub-tasks that are left when it fails for good to ${operation} them`, async () => {
        const name = `never-${operation}`;
        const args = (desiredState: string): Props => batchArgs(name, { ...kind.sources(2), desiredState });
        const { state } = await harness.provider.up({
          ...args(from),
          waitFor: from === "running" ? "running" : "accepted",
        });
        const first = subTaskOf(state.id, "camera-1");
        harness.emulator.inject({ kind: "partialFailure", operation, times: null, message: "stuck channel" });
        const acting =
          to === undefined ? harness.provider.delete(state) : harness.provider.up(args(to), state);
        await assert.rejects(
          acting,
          failsWith("PARTIAL_FAILURE", /stuck channel/, new RegExp(`Left are .*${first}`)),
        );
        harness.emulator.clearFaults();
        await harness.provider.delete(state);
        assert.deepEqual(made(name), []);
      });
    }
  });

  describe("that are gone", () => {
    it("take a query by their name, two complete scans and the show of a sub-task to be called so", async () => {
      const state = await create("scanned");
      harness.emulator.removeBatch(state.id);
      harness.emulator.clearRequests();
      assert.equal(await harness.provider.read(state), undefined);
      const lists = harness.emulator.calls({ operation: "listBatchTasks" });
      assert.deepEqual(
        lists.map(({ query }) => query["name_like"]),
        ["scanned", undefined, undefined],
      );
      assert.deepEqual([...new Set(operations())], ["listBatchTasks", "showTaskInfo"]);
    });

    it("are not when somebody renamed them", async () => {
      const state = await create("renamed");
      harness.emulator.editBatch(state.id, { name: "renamed-elsewhere" });
      assert.deepEqual((await harness.provider.refresh(state))?.changed, ["name"]);
    });

    it("are not when one list misses them", async () => {
      const state = await create("stale");
      harness.emulator.inject({ kind: "staleList", match: { operation: "listBatchTasks" } });
      assert.equal((await harness.provider.read(state))?.id, state.id);
    });
  });

  describe("that no call shows whole", () => {
    const INPUT = {
      batchInput: {
        videoSourceGroup: [
          {
            videoSourceGroupId: "group-1",
            videoSourceList: [{ videoSourceId: "camera-1", targetRoi: "0,0,9,9" }],
          },
          {
            videoSourceGroupId: "group-2",
            videoSourceList: [{ videoSourceId: "camera-2" }, { videoSourceId: "camera-3" }],
          },
        ],
      },
    };

    it("keep groups, regions of interest and the template flag, also where something else has drifted", async () => {
      const args = batchArgs("unreadable", { ...INPUT, isSavedAsTemplate: true });
      const { state } = await harness.provider.up(args);
      harness.emulator.editBatch(state.id, { description: "elsewhere" });
      const refreshed = await harness.provider.refresh(state);
      assert.deepEqual(refreshed?.changed, ["description"]);
      assert.deepEqual(groups(refreshed.state), INPUT.batchInput.videoSourceGroup);
      assert.equal(refreshed.state.inputs.isSavedAsTemplate, true);
    });

    it("are read by one sub-task, or by all of them where the configuration says so", async () => {
      const state = await create("sampled", INPUT);
      harness.emulator.clearRequests();
      await harness.provider.read(state);
      assert.equal(operations().filter((operation) => operation === "showTaskInfo").length, 1);
      const all = await harness.newRun(harness.config({ batchDetail: "all" }));
      harness.emulator.clearRequests();
      await all.read(state);
      assert.equal(operations().filter((operation) => operation === "showTaskInfo").length, 3);
    });

    for (const batchDetail of ["sample", "all"]) {
      it(`show a source that is gone, and an up brings it back in place (${batchDetail})`, async () => {
        const run = await harness.newRun(harness.config({ batchDetail }));
        const name = `lost-source-${batchDetail}`;
        const { state } = await run.up(batchArgs(name, INPUT));
        harness.emulator.removeTask(subTaskOf(state.id, "camera-3"));
        const refreshed = await run.refresh(state);
        assert.deepEqual(refreshed?.changed, ["batchInput.videoSourceGroup[1].videoSourceList[1]"]);
        const step = await run.up(batchArgs(name, INPUT), refreshed.state);
        assert.deepEqual([step.op, step.state.id], ["update", state.id]);
        assert.equal(kind.taskIds(harness.emulator, name).length, 3);
        assert.deepEqual((await run.refresh(step.state))?.changed, []);
      });
    }
  });

  it("say FIELD_NOT_CLEARED where the service merges what it should replace", async () => {
    const state = await create("merged", kind.scheduled);
    harness.emulator.configure({ viasPut: "merge" });
    const cleared = harness.provider.up(batchArgs("merged"), state);
    await assert.rejects(cleared, failsWith("FIELD_NOT_CLEARED", /schedule/, /triggers/));
  });

  it("say FIELD_NOT_CLEARED also of what is no drift where the program never wrote it", async () => {
    const state = await create("ordered", { resourceOrderId: "order-1" });
    harness.emulator.configure({ viasPut: "merge" });
    const cleared = harness.provider.up(batchArgs("ordered"), state);
    await assert.rejects(cleared, failsWith("FIELD_NOT_CLEARED", /resourceOrderId/, /triggers/));
    harness.emulator.configure({ viasPut: "replace" });
    assert.equal((await harness.provider.up(batchArgs("ordered"), state)).op, "update");
  });

  it("are refused in the preview where the cloud has no such service, unless an endpoint is given", async () => {
    const run = await harness.newRun(harness.config({ endpoints: undefined }));
    const args = batchArgs("nowhere", { region: "eu-de" });
    await assert.rejects(run.check(args), /^Error: region: .*Open Telekom Cloud/);
    assert.equal(
      (await run.check({ ...without(args, "region"), region: "cn-north-4" })).region,
      "cn-north-4",
    );
    assert.equal((await harness.provider.check(args)).region, "eu-de");
  });
});
