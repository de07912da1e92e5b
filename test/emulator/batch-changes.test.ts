import assert from "node:assert/strict";
import { batchTask, sources, withCaller, without } from "./support";
import { CAMERAS, counts, NORTH, refused, viasCalls, WEEKEND } from "./vias-support";

describe("emulator: change VIAS batch tasks", () => {
  const caller = withCaller();
  const { advance, create, listed, made, show, subTasks, vias } = viasCalls(caller);

  describe("update", () => {
    it("replaces: sub-tasks come, go and change, what is left out is cleared", async () => {
      const id = await made(batchTask("old", { description: "text", schedule: WEEKEND }));
      advance(200);
      const [kept] = await subTasks(id);
      const wire = without(without(batchTask("new", { batch_input: NORTH }), "service_name"), "config");
      const body = without(without(wire, "service_version"), "description");
      assert.deepEqual(counts(await vias("PUT", `/batch-tasks/${id}`, body)), [200, 2, 0, 2]);
      const changed = await show(kept!["id"]);
      assert.deepEqual(
        [changed["name"], changed["description"], changed["schedule"], changed["config"], changed["state"]],
        ["new_task", undefined, undefined, undefined, "RUNNING"],
      );
      const other = sources("group-north", CAMERAS[1]!);
      const moved = await vias("PUT", `/batch-tasks/${id}`, { ...body, batch_input: other });
      assert.deepEqual(counts(moved), [200, 2, 0, 2]);
      assert.equal((await show(kept!["id"]))["state"], "DELETING");
      advance(200);
      assert.deepEqual(caller().emulator.batches()[0]!.video_source_ids, [CAMERAS[1]]);
    });

    it("merges when so configured", async () => {
      caller().emulator.configure({ viasPut: "merge" });
      const id = await made(batchTask("old", { description: "text", schedule: WEEKEND }));
      assert.deepEqual(counts(await vias("PUT", `/batch-tasks/${id}`, { name: "new" })), [200, 1, 0, 1]);
      const [batch] = caller().emulator.batches();
      assert.deepEqual([batch!.name, batch!["description"], batch!["schedule"]], ["new", "text", WEEKEND]);
    });

    it("refuses algorithm, missing members and an unknown batch", async () => {
      const id = await made(batchTask());
      const body = without(without(batchTask(), "service_name"), "service_version");
      refused(await vias("PUT", `/batch-tasks/${id}`, batchTask()), "VIAS.00010001");
      refused(await vias("PUT", `/batch-tasks/${id}`, without(body, "name")), "VIAS.00010001");
      refused(await vias("PUT", `/batch-tasks/${id}`, without(body, "output")), "VIAS.00010001");
      refused(await vias("PUT", "/batch-tasks/unknown-batch", body), "VIAS.00010008");
    });
  });

  describe("start, stop and delete", () => {
    it("act on all sub-tasks and count them", async () => {
      const id = await made(batchTask("t", { batch_input: NORTH }));
      advance(200);
      const states = () => caller().emulator.batches()[0]?.states;
      assert.deepEqual(counts(await vias("PUT", `/batch-tasks/${id}/action/stop`)), [200, 2, 0, 2]);
      assert.deepEqual(states(), { stopping: 2 });
      advance(100);
      assert.deepEqual(counts(await vias("PUT", `/batch-tasks/${id}/action/start`)), [200, 2, 0, 2]);
      advance(100);
      assert.deepEqual(states(), { running: 2 });
    });

    it("are the only actions, on batches as on tasks", async () => {
      const id = await made(batchTask());
      const [task] = await subTasks(id);
      for (const path of [`/batch-tasks/${id}`, `/tasks/${task!["id"] as string}`]) {
        const { status, code } = await vias("PUT", `${path}/action/pause`);
        assert.deepEqual([status, code], [404, "APIG.0101"], path);
      }
    });

    it("count what already is so as done, or as failed", async () => {
      const id = await made(batchTask());
      assert.deepEqual(counts(await vias("PUT", `/batch-tasks/${id}/action/start`)), [200, 1, 0, 1]);
      caller().emulator.configure({ repeatedBatchAction: "fail" });
      const reply = await vias("PUT", `/batch-tasks/${id}/action/start`);
      assert.deepEqual(counts(reply), [200, 1, 1, 0]);
      assert.match((reply.json["error_list"] as string[])[0]!, /camera-north-1: .* PENDING/);
    });

    it("delete through DELETING; the batch goes with its last sub-task", async () => {
      const id = await made(batchTask("t", { batch_input: NORTH }));
      assert.deepEqual(counts(await vias("DELETE", `/batch-tasks/${id}`)), [200, 2, 0, 2]);
      assert.deepEqual((await listed())[0]!["batch_task_status_info"], { deleting: 2 });
      advance(100);
      assert.deepEqual(await listed(), []);
      assert.deepEqual(await subTasks(id), []);
      refused(await vias("DELETE", `/batch-tasks/${id}`), "VIAS.00010008");
      caller().emulator.configure({ batchNotFoundCode: "VIAS.00010002" });
      refused(await vias("PUT", `/batch-tasks/${id}/action/stop`), "VIAS.00010002");
      refused(await vias("DELETE", "/batch-tasks/NO"), "VIAS.00010001");
    });

    it("can refuse to delete what is running, by the counters", async () => {
      caller().emulator.configure({ refuseDeleteWhileRunning: true });
      const id = await made(batchTask());
      advance(200);
      assert.deepEqual(counts(await vias("DELETE", `/batch-tasks/${id}`)), [200, 1, 1, 0]);
    });
  });

  describe("partial failures", () => {
    it("of a create: by source, with a message; the rest exists", async () => {
      caller().emulator.inject({
        kind: "partialFailure",
        videoSourceIds: [CAMERAS[1]!],
        message: "no licence",
      });
      const reply = await create(batchTask("t", { batch_input: NORTH }));
      assert.deepEqual(counts(reply), [200, 2, 1, 1]);
      assert.deepEqual(reply.json["error_list"], ["video source camera-north-2: no licence"]);
      assert.deepEqual(caller().emulator.batches()[0]!.video_source_ids, [CAMERAS[0]]);
    });

    it("of a whole create: no id, no batch", async () => {
      caller().emulator.inject({ kind: "partialFailure", count: 2 });
      const reply = await create(batchTask("t", { batch_input: NORTH }));
      assert.deepEqual(counts(reply), [200, 2, 2, 0]);
      assert.equal(reply.json["id"], undefined);
      assert.deepEqual(caller().emulator.batches(), []);
    });

    it("of update, stop and delete: the failed sub-tasks stay as they were", async () => {
      const id = await made(batchTask("old", { batch_input: NORTH }));
      advance(200);
      const put = without(
        without(batchTask("new", { batch_input: NORTH }), "service_name"),
        "service_version",
      );
      for (const operation of ["update", "stop", "delete"] as const) {
        caller().emulator.inject({ kind: "partialFailure", operation });
      }
      assert.deepEqual(counts(await vias("PUT", `/batch-tasks/${id}`, put)), [200, 2, 1, 1]);
      assert.deepEqual(
        caller()
          .emulator.tasks()
          .map((task) => task.name),
        ["old_task", "new_task"],
      );
      assert.deepEqual(counts(await vias("PUT", `/batch-tasks/${id}/action/stop`)), [200, 2, 1, 1]);
      assert.deepEqual(caller().emulator.batches()[0]!.states, { running: 1, stopping: 1 });
      assert.deepEqual(counts(await vias("DELETE", `/batch-tasks/${id}`)), [200, 2, 1, 1]);
      advance(100);
      assert.deepEqual(caller().emulator.batches()[0]!.states, { running: 1 });
      assert.deepEqual(counts(await vias("DELETE", `/batch-tasks/${id}`)), [200, 1, 0, 1]);
    });

    it("strike nothing else", async () => {
      caller().emulator.inject({ kind: "partialFailure", operation: "delete" });
      const id = await made(batchTask());
      const [task] = await subTasks(id);
      await vias("DELETE", `/tasks/${task!["id"] as string}`);
      assert.equal(caller().emulator.state().faults.length, 1);
      assert.deepEqual(caller().emulator.calls({ batchId: id }), []);
    });
  });
});
