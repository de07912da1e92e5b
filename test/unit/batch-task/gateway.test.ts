/** The verbs of the gateway of batches; gateway-reads.test.ts has its reads. */
import assert from "node:assert/strict";
import { isVideoAnalysisError } from "../../../provider/common/errors";
import { closeServices } from "../../http/support";
import { batchArgs } from "./support";
import { clock, counters, failsWith, json, open, ViasService } from "./vias-service";

describe("the gateway of batches", () => {
  let vias: ViasService;
  beforeEach(() => {
    vias = new ViasService();
  });
  afterEach(() => closeServices());

  describe("counters of a create", () => {
    it("give the id and a problem for each failure, without secrets", async () => {
      vias.other = () => counters(1, 2, { error_list: ["camera-north-2: bad key header-canary"] });
      const creation = await (await open(vias)).create(batchArgs(), clock.deadline());
      assert.deepEqual(creation.ids, ["batch-1"]);
      assert.deepEqual(creation.problems, [
        "1 of 2 sub-tasks could not be created",
        "camera-north-2: bad key ***",
      ]);
    });

    it("are an error where everything failed and nothing has an id", async () => {
      vias.other = () => counters(2, 2, { id: null, error_list: ["no resources"] });
      const gateway = await open(vias);
      await assert.rejects(
        gateway.create(batchArgs(), clock.deadline()),
        failsWith("PARTIAL_FAILURE", "2 of 2", "no resources"),
      );
    });

    it("leave open what happened where something was made and has no id", async () => {
      vias.other = () => counters(1, 2, { id: undefined });
      const gateway = await open(vias);
      await assert.rejects(gateway.create(batchArgs(), clock.deadline()), (error: unknown) => {
        assert.ok(isVideoAnalysisError(error) && "failure" in error);
        assert.equal((error.failure as { effect: string }).effect, "unknown");
        return true;
      });
    });

    it("say how many sub-tasks are still to be listed", async () => {
      vias.other = () => counters(0, 3);
      const gateway = await open(vias);
      await gateway.create(batchArgs(), clock.deadline());
      const live = await gateway.show("batch-1", clock.deadline());
      assert.deepEqual([live?.partCount, live?.parts?.length], [3, 2]);
    });
  });

  it("names a refused name", async () => {
    vias.other = () => json({ error_code: "VIAS.00010011", error_msg: "same name" }, 400);
    await assert.rejects(
      (await open(vias)).create(batchArgs(), clock.deadline()),
      failsWith("NAME_TAKEN", "site-a", "same name"),
    );
  });

  describe("an update", () => {
    it("is one PUT of the whole batch", async () => {
      await (await open(vias)).update("batch-1", batchArgs(), ["output"], clock.deadline());
      assert.deepEqual(vias.calls, ["PUT batch-tasks/batch-1"]);
    });

    it("that failed for some says which", async () => {
      vias.states = ["RUNNING", "START_FAILED"];
      vias.other = () => counters(1, 2, { error_list: ["camera-north-2 has no resources"] });
      await assert.rejects(
        (await open(vias)).update("batch-1", batchArgs(), ["output"], clock.deadline()),
        failsWith(
          "PARTIAL_FAILURE",
          "1 of 2",
          "camera-north-2 has no resources",
          "task-2 \\(START_FAILED\\)",
        ),
      );
    });
  });

  describe("a delete", () => {
    it("is proven by a not-found code alone", async () => {
      vias.other = () => json({ error_code: "VIAS.00010008", error_msg: "no task" }, 400);
      assert.equal(await (await open(vias)).remove("batch-1", clock.deadline()), "gone");
      assert.deepEqual(vias.calls, ["DELETE batch-tasks/batch-1"]);
    });

    it("is repeated for what it failed for, after a stop of what runs", async () => {
      vias.other = ({ method, url }) => {
        if (url.endsWith("/stop")) vias.states = ["DELETING", "STOPPED"];
        return counters(method === "DELETE" && vias.states.includes("RUNNING") ? 1 : 0);
      };
      assert.equal(await (await open(vias)).remove("batch-1", clock.deadline()), "accepted");
      assert.deepEqual(
        vias.calls.filter((call) => !call.startsWith("GET")),
        ["DELETE batch-tasks/batch-1", "PUT batch-tasks/batch-1/action/stop", "DELETE batch-tasks/batch-1"],
      );
    });

    it("is not proven by the stop that finds nothing to stop", async () => {
      vias.other = ({ method }) =>
        method === "DELETE"
          ? counters(vias.count("DELETE batch-tasks/batch-1") === 1 ? 1 : 0)
          : json({ error_code: "VIAS.00010007", error_msg: "no task" }, 400);
      assert.equal(await (await open(vias)).remove("batch-1", clock.deadline()), "accepted");
      assert.equal(vias.count("DELETE batch-tasks/batch-1"), 2);
    });

    it("that fails for good names the sub-tasks and the reasons", async () => {
      vias.states = ["DELETING", "STOPPED"];
      vias.other = () => counters(1, 2, { error_list: ["locked"] });
      await assert.rejects(
        (await open(vias)).remove("batch-1", clock.deadline()),
        failsWith("PARTIAL_FAILURE", "1 of 2", "locked", "task-2 \\(STOPPED\\)"),
      );
      assert.equal(vias.count("DELETE batch-tasks/batch-1"), 4);
    });
  });

  describe("start and stop", () => {
    it("ignore failures of sub-tasks that are as wished", async () => {
      vias.other = () => counters(2);
      await (await open(vias)).start("batch-1", clock.deadline());
      vias.states = ["STOPPED", "SUCCEEDED"];
      await (await open(vias)).stop("batch-1", clock.deadline());
      assert.equal(vias.calls.filter((call) => call.startsWith("PUT")).length, 2);
    });

    it("are repeated for the rest, and name it in the end", async () => {
      vias.states = ["RUNNING", "STOPPED"];
      vias.other = () => counters(1, 2, { error_list: ["no resources"] });
      const gateway = await open(vias);
      await assert.rejects(
        gateway.start("batch-1", clock.deadline()),
        failsWith("PARTIAL_FAILURE", "could not be started", "no resources", "task-2 \\(STOPPED\\)"),
      );
    });
  });
});
