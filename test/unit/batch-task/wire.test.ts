import assert from "node:assert/strict";
import type { BatchAnswer } from "../../../provider/services/api/wire-batch";
import { createdBatch } from "../../../provider/services/api/wire-batch";
import type { WireTask } from "../../../provider/services/api/wire-task";
import type { PropertyMap } from "../../../provider/common/json";
import { compareWithLive, projectTasks } from "../../../provider/core/drift/compare";
import { batchTask } from "../../../provider/services/batch-task/definition";
import {
  type SubTask,
  toCreateBody,
  toLiveBatch,
  toUpdateBody,
} from "../../../provider/services/batch-task/mapping";
import { documentsOf } from "../../support/documents";
import { batchArgs, group, NORTH, SOUTH, WEEKEND } from "./support";

const ROW = { id: "batch-1", batch_task_name: "site-a", num_task: 2, created_at: "2026-01-01T00:00:00.000Z" };
const OUTPUT = { webhook: { url: "https://example.com/hook", headers: { "X-Key": "***" } } };

const subTask = (source: string, more: PropertyMap = {}, state = "RUNNING"): SubTask => ({
  entry: { id: `task-${source}`, name: "site-a_task", state },
  details: {
    id: `task-${source}`,
    name: "site-a_task",
    state,
    input: { type: "video_source", data: [{ video_source_id: source }] },
    output: OUTPUT,
    ...more,
  },
});
const unread = (source: string, state = "RUNNING"): SubTask => ({
  entry: { id: `task-${source}`, name: "site-a_task", state },
});

const live = (subTasks: SubTask[], row: PropertyMap = {}, answer?: BatchAnswer) =>
  toLiveBatch({ ...ROW, num_task: subTasks.length, ...row }, subTasks, answer, undefined, []);
const drift = (args: PropertyMap, subTasks: SubTask[], row: PropertyMap = {}): PropertyMap => {
  const projected = projectTasks(batchTask, args, { tasks: [live(subTasks, row)] });
  const changed = Object.keys(projected).filter(
    (key) => JSON.stringify(projected[key]) !== JSON.stringify(args[key]),
  );
  const dropped = Object.keys(args)
    .filter((key) => !(key in projected))
    .map((key): [string, unknown] => [key, undefined]);
  return {
    ...Object.fromEntries(dropped),
    ...Object.fromEntries(changed.map((key) => [key, projected[key]])),
  };
};
const NORTH_TASKS = [subTask("camera-north-1"), subTask("camera-north-2")];

describe("bodies of a batch", () => {
  for (const { title, args, body } of documentsOf("BatchTask")) {
    it(`send what the documents have: ${title}`, () => {
      const own = { region: "x", waitFor: "running", desiredState: "running" };
      assert.deepEqual(toCreateBody({ ...args, ...own }), body);
    });
  }

  it("update the whole batch but for what cannot be changed, and clear the description", () => {
    const body = toUpdateBody(batchArgs({ isSavedAsTemplate: true, resourceOrderId: "order" }), ["output"]);
    assert.deepEqual(Object.keys(body).sort(), [
      "batch_input",
      "description",
      "name",
      "output",
      "resource_order_id",
    ]);
    assert.equal(body.description, "");
  });

  it("ask for a template only when it has just been wished for", () => {
    const args = batchArgs({ isSavedAsTemplate: true });
    assert.equal(toUpdateBody(args, ["isSavedAsTemplate"]).is_saved_as_template, true);
    assert.equal("is_saved_as_template" in toUpdateBody(args, ["name"]), false);
    assert.equal(
      "is_saved_as_template" in toUpdateBody(batchArgs({ isSavedAsTemplate: false }), ["isSavedAsTemplate"]),
      false,
    );
  });
});

describe("answers with counters", () => {
  const answer = (more: PropertyMap): PropertyMap => ({
    total_count: 2,
    failed_count: 0,
    succeed_count: 2,
    ...more,
  });

  it("are read with and without a list of errors", () => {
    assert.deepEqual(createdBatch(answer({ id: "b" })).errorList, []);
    assert.deepEqual(createdBatch(answer({ id: "b", failed_count: 1, error_list: ["x"] })).errorList, ["x"]);
  });

  it("lack one that follows from the others", () => {
    for (const left of ["total_count", "succeed_count", "failed_count"]) {
      for (const absent of [undefined, null]) {
        const counters = { id: "b", total_count: 3, succeed_count: 2, failed_count: 1, [left]: absent };
        const { totalCount, succeedCount, failedCount } = createdBatch(counters);
        assert.deepEqual([totalCount, succeedCount, failedCount], [3, 2, 1], left);
      }
    }
  });

  it("are no answers without two of the counters, or without the id of what was made", () => {
    assert.throws(() => createdBatch({ id: "b" }));
    assert.throws(() => createdBatch({ id: "b", total_count: 2 }));
    assert.throws(() => createdBatch({ id: "b", total_count: 1, succeed_count: 2 }));
    assert.throws(() => createdBatch(answer({})), /id: missing/);
    assert.throws(() => createdBatch(answer({ failed_count: 1, succeed_count: 1, id: "" })), /id: missing/);
    assert.equal(createdBatch(answer({ failed_count: 2, succeed_count: 0, id: null })).id, undefined);
  });
});

describe("a batch read from its sub-tasks", () => {
  it("shows them sorted, counts their states and gives names where the service has no ids", () => {
    const batch = live([subTask("b", {}, "failed"), subTask("a")], {
      type: "0",
      alg_name: "Fire",
      company: "",
    });
    assert.deepEqual(
      batch.parts?.map(({ id }) => id),
      ["task-a", "task-b"],
    );
    assert.equal(batch.state, "FAILED");
    assert.deepEqual(batch.outputFields.statusCounts, { RUNNING: 1, FAILED: 1 });
    assert.deepEqual(
      [batch.outputFields.type, batch.outputFields.algName, batch.outputFields.company],
      ["cloud", "Fire", undefined],
    );
  });

  it("equals the arguments that made it", () => {
    const schedule = {
      type: "weekly",
      timezone: "+08:00",
      days_of_week: [7, 6, 5, 4, 3, 2, 1],
      periods: (WEEKEND.periods as PropertyMap[][]).map((day) =>
        day.map(({ beginAt, endAt }) => ({ begin_at: beginAt, end_at: endAt })),
      ),
    };
    const tasks = ["camera-north-1", "camera-north-2"].map((id) =>
      subTask(id, { schedule, description: "d" }),
    );
    assert.deepEqual(drift(batchArgs({ schedule: WEEKEND, description: "d" }), tasks), {});
  });

  it("writes out defaults, and leaves them out, without a difference", () => {
    const eventCenter = (value: boolean | undefined) =>
      NORTH_TASKS.map(({ entry, details }) => ({
        entry,
        details: {
          ...(details as WireTask),
          config: { common: {} },
          output: { ...OUTPUT, event_center: value },
        },
      }));
    assert.deepEqual(drift(batchArgs(), eventCenter(false)), {});
    const off = batchArgs({ config: { common: {} } });
    assert.deepEqual(
      drift({ ...off, output: { ...(off.output as PropertyMap), eventCenter: false } }, NORTH_TASKS),
      {},
    );
    assert.deepEqual(Object.keys(drift(batchArgs(), eventCenter(true))), ["output"]);
  });

  it("differs when one sub-task does, also by lacking a field", () => {
    const one = (more: PropertyMap) => [subTask("camera-north-1"), subTask("camera-north-2", more)];
    assert.deepEqual(drift(batchArgs(), one({ description: "new" })), { description: "new" });
    const described = [subTask("camera-north-1", { description: "d" }), subTask("camera-north-2")];
    assert.deepEqual(drift(batchArgs({ description: "d" }), described), { description: undefined });
  });

  it("keeps what no call returns: groups, regions of interest, the template flag, an order of the service", () => {
    const roi = [
      { videoSourceId: "camera-north-1", targetRoi: "0,0,1,1" },
      { videoSourceId: "camera-north-2" },
    ];
    const args = batchArgs({
      isSavedAsTemplate: true,
      batchInput: { videoSourceGroup: [{ videoSourceGroupId: "group-north", videoSourceList: roi }] },
    });
    assert.deepEqual(
      drift(
        args,
        NORTH_TASKS.map(({ entry, details }) => ({
          entry,
          details: { ...(details as WireTask), resource_order_id: "order-1" },
        })),
      ),
      {},
    );
  });
});

describe("sources of a batch", () => {
  const both = { videoSourceGroup: [NORTH, SOUTH] };
  const all = ["camera-north-1", "camera-north-2", "camera-south-1", "camera-south-2"];

  it("drop out of their groups when their sub-tasks are gone", () => {
    const left = all.filter((id) => id !== "camera-north-2").map((id) => subTask(id));
    assert.deepEqual(drift(batchArgs({ batchInput: both }), left), {
      batchInput: { videoSourceGroup: [group("group-north", "camera-north-1"), SOUTH] },
    });
  });

  it("appear in the last group when nobody recorded them", () => {
    const more = [...all, "camera-west"].map((id) => subTask(id));
    assert.deepEqual(drift(batchArgs({ batchInput: both }), more), {
      batchInput: {
        videoSourceGroup: [NORTH, group("group-south", "camera-south-1", "camera-south-2", "camera-west")],
      },
    });
  });

  it("count in every group that names them", () => {
    const twice = { videoSourceGroup: [NORTH, group("group-all", "camera-north-1")] };
    assert.deepEqual(drift(batchArgs({ batchInput: twice }), NORTH_TASKS), {});
  });

  it("are not compared where a group lists none", () => {
    const open = { videoSourceGroup: [NORTH, group("group-south")] };
    assert.deepEqual(drift(batchArgs({ batchInput: open }), [subTask("camera-west")]), {});
  });

  it("are not missed where not all sub-tasks were looked at or listed", () => {
    assert.deepEqual(drift(batchArgs(), [subTask("camera-north-1"), unread("camera-north-2")]), {});
    assert.deepEqual(drift(batchArgs(), [subTask("camera-north-1")], { num_task: 2 }), {});
    assert.deepEqual(drift(batchArgs(), []), {});
    assert.notDeepEqual(drift(batchArgs(), [subTask("camera-west"), unread("camera-north-2")]), {});
  });

  it("are no longer there while their sub-tasks are being deleted", () => {
    const removing = [...NORTH_TASKS, subTask("camera-south-1", { description: "old" }, "DELETING")];
    assert.deepEqual(compareWithLive(batchTask, batchArgs(), [live(removing)]), []);
    const gone = [subTask("camera-north-1"), subTask("camera-north-2", {}, "DELETING")];
    assert.deepEqual(drift(batchArgs(), gone), {
      batchInput: { videoSourceGroup: [group("group-north", "camera-north-1")] },
    });
  });

  it("stand in one group without an id where no arguments are recorded", () => {
    assert.deepEqual(live(NORTH_TASKS).args.batchInput, {
      videoSourceGroup: [{ videoSourceList: NORTH.videoSourceList }],
    });
    assert.equal(live([subTask("camera-north-1"), unread("camera-north-2")]).args.batchInput, undefined);
  });
});
