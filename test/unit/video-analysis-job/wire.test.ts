import assert from "node:assert/strict";
import { wireJob } from "../../../provider/services/api/wire-job";
import type { PropertyMap } from "../../../provider/common/json";
import { compareWithLive, projectTasks } from "../../../provider/core/drift/compare";
import { videoAnalysisJob } from "../../../provider/services/video-analysis-job/definition";
import {
  toCreateBody,
  toLiveTask,
  toUpdateBody,
} from "../../../provider/services/video-analysis-job/mapping";
import { documentsOf } from "../../support/documents";
import { jobArgs } from "./support";

const live = (wire: PropertyMap, secrets: readonly string[] = []) => toLiveTask(wireJob.parse(wire), secrets);

/** A show answer for the arguments of `jobArgs`. */
const shown = (more: PropertyMap = {}): PropertyMap => ({
  id: "53e4",
  name: "task-test",
  creator: "user_test",
  service_name: "video-analyze",
  service_version: "1.0",
  service_title: { zh: "视频分析", en: "Video analysis" },
  created_at: "2021-01-01T00:00:00Z",
  updated_at: "2021-01-01T00:00:10Z",
  state: "running",
  input: { type: "url", data: [{ url: "rtsp://cameras.example.com/1", index: 0 }] },
  output: { dis: { stream_name: "dis-test" } },
  ...more,
});

describe("bodies of jobs", () => {
  for (const { title, args, body } of documentsOf("VideoAnalysisJob")) {
    it(`are what the documents have: ${title}`, () => {
      assert.deepEqual(toCreateBody({ ...args, region: "cn-north-4", waitFor: "accepted" }), body);
    });
  }

  it("of an update have the name and what changed", () => {
    assert.deepEqual(toUpdateBody(jobArgs({ description: "text" }), ["output"]), {
      name: "task-test",
      output: { dis: { stream_name: "dis-test" } },
    });
    assert.deepEqual(toUpdateBody(jobArgs(), ["name"]), { name: "task-test" });
  });

  it("of an update clear a description with an empty one", () => {
    assert.deepEqual(toUpdateBody(jobArgs(), ["description"]), { name: "task-test", description: "" });
  });
});

describe("jobs as the service shows them", () => {
  it("equal the arguments that they were made of", () => {
    const task = live(shown());
    assert.equal(task.state, "RUNNING");
    assert.deepEqual(compareWithLive(videoAnalysisJob, jobArgs(), [task]), []);
    assert.deepEqual(projectTasks(videoAnalysisJob, jobArgs(), { tasks: [task] }), jobArgs());
    assert.deepEqual(task.outputFields, {
      serviceTitle: { zh: "视频分析", en: "Video analysis" },
      creator: "user_test",
    });
  });

  it("have the schedule's status from timing_status", () => {
    assert.equal(live(shown({ timing_status: "INACTIVATED" })).scheduleStatus, "INACTIVATED");
  });

  it("keep the written hosting as the argument and show the rest beside it", () => {
    const task = live(
      shown({
        output: {
          dis: { stream_name: "dis-test" },
          hosting: {
            obs: [{ bucket: "video-analyze", path: "hosting/53e4/result.json" }],
            result_json_overdue_at: 1_600_000_000_000,
            data_category: null,
          },
        },
        hosting_result: { status: "AVAILABLE", data: "{}", file_size: "2 bytes", overdue_date: "2020-01-01" },
      }),
    );
    const args = jobArgs({ output: { dis: { streamName: "dis-test" }, hosting: {} } });
    assert.deepEqual(compareWithLive(videoAnalysisJob, args, [task]), []);
    assert.deepEqual(task.outputFields.hostingOutput, {
      obs: [{ bucket: "video-analyze", path: "hosting/53e4/result.json" }],
      resultJsonOverdueAt: 1_600_000_000_000,
    });
    assert.deepEqual(task.outputFields.hostingResult, {
      status: "AVAILABLE",
      data: "{}",
      fileSize: "2 bytes",
      overdueDate: "2020-01-01",
    });
  });

  it("differ by hosting that was added or removed, though it has no content", () => {
    const paths = (args: PropertyMap, wire: PropertyMap) =>
      compareWithLive(videoAnalysisJob, args, [live(wire)]).map(({ path }) => path.join("."));
    const hosted = { dis: { stream_name: "dis-test" }, hosting: { obs: [] } };
    assert.deepEqual(paths(jobArgs(), shown({ output: hosted })), ["output.hosting"]);
    const wish = jobArgs({ output: { dis: { streamName: "dis-test" }, hosting: {} } });
    assert.deepEqual(paths(wish, shown()), ["output.hosting"]);
  });

  it("show orders and pools as drift only where the program names them", () => {
    const task = live(shown({ edge_pool_id: "a".repeat(32), resource_order_id: "b".repeat(32) }));
    assert.deepEqual(compareWithLive(videoAnalysisJob, jobArgs(), [task]), []);
    const args = jobArgs({ edgePoolId: "c".repeat(32) });
    assert.deepEqual(
      compareWithLive(videoAnalysisJob, args, [task]).map(({ path }) => path),
      [["edgePoolId"]],
    );
  });

  it("hide secrets in every text of the algorithm", () => {
    const task = live(
      shown({
        status: "cannot reach rtsp://user:canary@cameras.example.com",
        error: { code: "ALG.002", message: "password canary refused" },
        hosting_result: { status: "AVAILABLE", data: '{"key":"canary"}' },
      }),
      ["canary"],
    );
    assert.ok(!JSON.stringify({ ...task, args: {} }).includes("canary"));
  });
});
