import assert from "node:assert/strict";
import { DEFAULT_ALGORITHM, type Json, type JsonObject } from "../../testkit/emulator";
import { batchTask, sources, withCaller } from "./support";
import { CAMERAS, NORTH, refused, viasCalls, WEEKEND } from "./vias-support";

describe("emulator: read VIAS batch tasks", () => {
  const caller = withCaller();
  const { advance, listed, made, show, subTasks, vias } = viasCalls(caller);

  it("list names and lower-case counters, with the time as a number", async () => {
    caller().emulator.configure({ extraFields: false });
    const id = await made(batchTask("t", { batch_input: NORTH }));
    advance(200);
    caller().emulator.setState((await subTasks(id))[0]!["id"] as string, "STOPPED");
    const { json } = await vias("GET", "/batch-tasks");
    assert.deepEqual(json, {
      count: 1,
      batch_task_list: [
        {
          id,
          batch_task_name: "t",
          video_group_name: "north side",
          video_source_name: "north camera 1,north camera 2",
          alg_name: "Smoke and fire detection",
          company: "VIAS",
          type: "0",
          num_task: 2,
          created_at: Date.UTC(2025, 0, 1),
          batch_task_status_info: { running: 1, stopped: 1 },
        },
      ],
    });
    caller().emulator.configure({ extraFields: true });
    assert.equal((await listed())[0]!["priority"], "low");
  });

  it("list sub-tasks with the time as text, upper-case states and the page's own count", async () => {
    const id = await made(batchTask("t", { batch_input: NORTH }));
    await made(batchTask("other"));
    const { json } = await vias("GET", `/tasks?batch_id=${id}&page_size=5`);
    assert.deepEqual([json["count"], json["page"], json["page_size"]], [2, 1, 5]);
    const [, first] = json["tasks"] as JsonObject[];
    assert.deepEqual(first, {
      id: first!["id"],
      name: "t_task",
      service_id: DEFAULT_ALGORITHM.id,
      algorithm_publish_id: DEFAULT_ALGORITHM.id,
      title: "Smoke and fire detection",
      state: "PENDING",
      type: "0",
      video_source_name: "north camera 1",
      created_at: String(Date.UTC(2025, 0, 1)),
    });
    const beyond = await vias("GET", `/tasks?batch_id=${id}&page=2`);
    assert.equal(beyond.json["count"], 0);
  });

  it("show a sub-task without groups, regions, template flag and algorithm name", async () => {
    caller().emulator.configure({ extraFields: false });
    const group = {
      video_source_group_id: "group-north",
      video_source_list: [{ video_source_id: CAMERAS[0]!, target_roi: "roi" }],
    };
    const sent = batchTask("t", {
      batch_input: { video_source_group: [group] },
      is_saved_as_template: true,
      description: "text",
      schedule: WEEKEND,
    });
    const id = await made(sent);
    const [task] = await subTasks(id);
    assert.deepEqual(await show(task!["id"]), {
      id: task!["id"],
      name: "t_task",
      description: "text",
      creator: "emulator-user",
      project_id: caller().emulator.projectId,
      service_id: DEFAULT_ALGORITHM.id,
      release_id: DEFAULT_ALGORITHM.id,
      algorithm_publish_id: DEFAULT_ALGORITHM.id,
      title: "Smoke and fire detection",
      company: "VIAS",
      type: "cloud",
      created_at: "2025-01-01T00:00:00.000Z",
      updated_at: "2025-01-01T00:00:00.000Z",
      state: "PENDING",
      schedule: WEEKEND,
      schedule_status: "INACTIVATED",
      input: { type: "video_source", data: [{ video_source_id: CAMERAS[0] }] },
      output: sent["output"],
      config: sent["config"],
      video_source_name: "north camera 1",
      group_name: "north side",
    });
    caller().emulator.configure({ extraFields: true });
    const extra = await show(task!["id"]);
    assert.deepEqual([extra["priority"], extra["steal"]], ["low", 0]);
  });

  it("follow the weekly windows: list i belongs to weekday i + 1", async () => {
    const schedule = { ...WEEKEND, timezone: "+00:00" };
    const [task] = await subTasks(await made(batchTask("t", { schedule })));
    const status = async (at: string) => {
      advance(Date.parse(at) - caller().emulator.clock.now());
      return (await show(task!["id"]))["schedule_status"];
    };
    assert.equal(await status("2025-01-02T22:30:00Z"), "INACTIVATED", "Thursday");
    assert.equal(await status("2025-01-03T22:30:00Z"), "ACTIVATED", "Friday");
    assert.equal(await status("2025-01-04T12:00:00Z"), "ACTIVATED", "Saturday");
    assert.equal(await status("2025-01-05T12:00:00Z"), "INACTIVATED", "Sunday noon");
    assert.equal(await status("2025-01-05T22:30:00Z"), "ACTIVATED", "Sunday night");
  });

  it("have no call for one batch", async () => {
    const { status, code } = await vias("GET", `/batch-tasks/${await made(batchTask())}`);
    assert.deepEqual([status, code], [404, "APIG.0101"]);
  });

  it("page batches by 10, in 5 to 200, with the total as count", async () => {
    for (let index = 0; index < 12; index++) await made(batchTask(`t${index}`));
    const { json } = await vias("GET", "/batch-tasks");
    assert.equal(json["count"], 12);
    assert.equal((json["batch_task_list"] as Json[]).length, 10);
    assert.deepEqual(
      (await listed("?page_num=2")).map((batch) => batch["batch_task_name"]),
      ["t1", "t0"],
    );
    assert.equal((await listed("?is_paged=false")).length, 12);
    assert.equal((await listed("?page_size=200")).length, 12);
    for (const query of ["page_size=4", "page_size=201", "page_num=0", "page=1", "name_like=t", "id=x"]) {
      refused(await vias("GET", `/batch-tasks?${query}`), "VIAS.00010001");
    }
    assert.equal((await vias("GET", "/tasks")).json["count"], 10);
    assert.equal((await vias("GET", "/tasks?page_size=1000")).json["count"], 12);
    for (const query of ["page_size=4", "page_size=1001", "page_num=1", "task_state=running"]) {
      refused(await vias("GET", `/tasks?${query}`), "VIAS.00010001");
    }
  });

  it("filter and sort", async () => {
    const first = await made(batchTask("alpha", { batch_input: NORTH }));
    advance(1);
    await made(batchTask("beta", { batch_input: sources("group-south", "camera-south-1") }));
    const names = async (query: string) =>
      (await listed(`?${query}`)).map((batch) => batch["batch_task_name"]);
    assert.deepEqual(await names("type_like=batch_task_name&name_like=LPH"), ["alpha"]);
    assert.deepEqual(await names("type_like=publish_service_name&name_like=smoke"), ["beta", "alpha"]);
    assert.deepEqual(await names("video_group=group-south"), ["beta"]);
    assert.deepEqual(await names("manufacturer=OTHER"), []);
    assert.deepEqual(await names("order_by=asc"), ["alpha", "beta"]);
    assert.deepEqual(await names("sort_name=task_count"), ["alpha", "beta"]);
    caller().emulator.setState(first, "STOPPED");
    assert.deepEqual(await names("task_state=stopped"), ["alpha"]);
    refused(await vias("GET", "/batch-tasks?task_state=STOPPED"), "VIAS.00010001");
    caller().emulator.configure({ batchStateCase: "upper" });
    assert.deepEqual(await names("task_state=STOPPED"), ["alpha"]);
    refused(await vias("GET", "/batch-tasks?task_state=stopped"), "VIAS.00010001");
    const tasks = async (query: string) => (await vias("GET", `/tasks?${query}`)).json["count"];
    assert.equal(await tasks("task_name=alpha"), 2);
    assert.equal(await tasks("camera_name=camera%202"), 1);
    assert.equal(await tasks("task_state=STOPPED"), 2);
    assert.equal(await tasks("video_group_id=group-south"), 1);
    assert.equal(await tasks(`alg_id=${DEFAULT_ALGORITHM.id}`), 3);
  });

  it("filter by titles and vendors with a dot in them", async () => {
    const versioned = { title: "Smoke_v1.0", company: "Vision.AI" };
    caller().emulator.addService({ ...DEFAULT_ALGORITHM, ...versioned });
    await made(batchTask("dotted"));
    for (const path of [
      "/batch-tasks?title=Smoke_v1.0",
      "/batch-tasks?manufacturer=Vision.AI",
      "/tasks?title=Smoke_v1.0",
    ]) {
      assert.equal((await vias("GET", path)).json["count"], 1, path);
    }
    refused(await vias("GET", "/batch-tasks?title=two%20words"), "VIAS.00010001");
  });

  it("can be stale: the last write of a create is the batch itself", async () => {
    const id = await made(batchTask("t", { batch_input: NORTH }));
    caller().emulator.inject({ kind: "staleList", match: { operation: "listBatchTasks" } });
    assert.deepEqual(await listed(), []);
    assert.deepEqual(
      (await listed()).map((batch) => batch["id"]),
      [id],
    );
  });
});
