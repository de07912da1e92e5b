import assert from "node:assert/strict";
import { DEFAULT_ALGORITHM, type JsonObject } from "../../testkit/emulator";
import { KINDS } from "./kinds";
import { EDGE, edgeArgs, IEF, type Program, tasksOf } from "./program";
import { opsOf, SCENARIO_TIMEOUT, succeeded, TestStack, writesOf } from "./support";

/** A program, and the bodies that the service must receive for it, in any order. */
interface Example {
  readonly program: Program;
  readonly bodies: JsonObject[];
}

const SOURCE_USAGE = { cpu: 0.1, memory: 32 };
const DIS = { stream_name: "dis-test", stream_id: "154xxxxx171" };

/** The id of a group and of a source, as the batch example disguises both. */
const SOURCE_ID = "xxxxxxx-xxxxxxx-xxxxxxx-xxxxx-xxxxxx";

/** The request bodies of the create page (seeds 000 and 001), and what a program writes for them. */
const DOCUMENTED: Readonly<Record<string, Example>> = {
  "restful to webhook": {
    program: tasksOf({
      entrance: {
        serviceId: EDGE,
        platform: "edge",
        name: "task-test",
        description: "hello world",
        input: {
          type: "restful",
          data: [
            {
              certificateCheck: false,
              url: "https://100.xx.xx.xx:xxxx",
              rtspPathInResponse: "/input/url",
              headers: { "Content-Type": "application/json" },
            },
          ],
        },
        output: {
          webhook: {
            url: "https://100.xx.xx.xx:xxxx/output",
            headers: { "Content-Type": "application/json" },
          },
        },
        sourceUsageEstimate: SOURCE_USAGE,
      },
    }),
    bodies: [
      {
        name: "task-test",
        description: "hello world",
        input: {
          type: "restful",
          data: [
            {
              certificate_check: false,
              url: "https://100.xx.xx.xx:xxxx",
              rtsp_path_in_response: "/input/url",
              headers: { "Content-Type": "application/json" },
            },
          ],
        },
        output: {
          webhook: {
            url: "https://100.xx.xx.xx:xxxx/output",
            headers: { "Content-Type": "application/json" },
          },
        },
        source_usage_estimate: SOURCE_USAGE,
      },
    ],
  },
  "edge camera with tag to DIS": {
    program: tasksOf({
      parking: {
        serviceId: EDGE,
        platform: "edge",
        name: "task-test",
        input: {
          type: "edgecamera",
          data: [
            {
              id: "hilens-c298xxxxxxxxxxxxxxxxxxxxxx8g5dc3",
              cameraType: "ipc",
              tag: [{ tag1: "hello1", tag2: "hello2" }],
            },
          ],
        },
        output: { dis: { streamName: "dis-test", streamId: "154xxxxx171" } },
        sourceUsageEstimate: SOURCE_USAGE,
      },
    }),
    bodies: [
      {
        name: "task-test",
        input: {
          type: "edgecamera",
          data: [
            {
              id: "hilens-c298xxxxxxxxxxxxxxxxxxxxxx8g5dc3",
              camera_type: "ipc",
              tag: [{ tag1: "hello1", tag2: "hello2" }],
            },
          ],
        },
        output: { dis: DIS },
        source_usage_estimate: SOURCE_USAGE,
      },
    ],
  },
  "scheduled url to DIS": {
    program: tasksOf({
      daytime: {
        serviceId: EDGE,
        platform: "edge",
        name: "task-test",
        description: "hello world",
        schedule: {
          type: "DAILY",
          timezone: "+08:00",
          executionMode: "period",
          periods: [{ beginAt: "08:00:00", endAt: "20:00:00" }],
        },
        input: { type: "url", data: [{ url: "https://livestream.com/live/stream-test" }] },
        output: { dis: { streamName: "dis-test", streamId: "xxxxxx" } },
        sourceUsageEstimate: SOURCE_USAGE,
      },
    }),
    bodies: [
      {
        name: "task-test",
        description: "hello world",
        schedule: {
          // The table of the page lists lower case; its example does not.
          type: "daily",
          timezone: "+08:00",
          execution_mode: "period",
          periods: [{ begin_at: "08:00:00", end_at: "20:00:00" }],
        },
        input: { type: "url", data: [{ url: "https://livestream.com/live/stream-test" }] },
        output: { dis: { stream_name: "dis-test", stream_id: "xxxxxx" } },
        source_usage_estimate: SOURCE_USAGE,
      },
    ],
  },
  // Seed 003: the vendor and the priority of its example are in no schema, and its service name has spaces.
  "batch of one video source to webhook": {
    program: {
      tasks: {
        smoke: {
          type: "BatchTask",
          args: {
            name: "wdwd",
            serviceName: DEFAULT_ALGORITHM.name,
            serviceVersion: "1.0",
            isSavedAsTemplate: false,
            description: "",
            batchInput: {
              videoSourceGroup: [
                { videoSourceGroupId: SOURCE_ID, videoSourceList: [{ videoSourceId: SOURCE_ID }] },
              ],
            },
            output: { webhook: { url: "http://test", headers: { a: "a" } } },
            config: { common: { render_result_sw: 1, fire_detection_sw: 1, smoke_detection_sw: 1 } },
          },
        },
      },
    },
    bodies: [
      {
        name: "wdwd",
        service_name: DEFAULT_ALGORITHM.name,
        service_version: "1.0",
        is_saved_as_template: false,
        description: "",
        batch_input: {
          video_source_group: [
            { video_source_group_id: SOURCE_ID, video_source_list: [{ video_source_id: SOURCE_ID }] },
          ],
        },
        output: { webhook: { url: "http://test", headers: { a: "a" } } },
        config: { common: { render_result_sw: 1, fire_detection_sw: 1, smoke_detection_sw: 1 } },
      },
    ],
  },
  // Seed 004.
  "job on a file in OBS": {
    program: {
      tasks: {
        demo: {
          type: "VideoAnalysisJob",
          args: {
            serviceName: "video-analyze",
            serviceVersion: "1.0",
            name: "task-est",
            description: "description",
            input: { type: "obs", data: [{ bucket: "obs-iva", path: "input/demo.mp4" }] },
            output: { obs: { bucket: "obs-iva", path: "output/" } },
          },
        },
      },
    },
    bodies: [
      {
        name: "task-est",
        description: "description",
        service_version: "1.0",
        input: { type: "obs", data: [{ bucket: "obs-iva", path: "input/demo.mp4" }] },
        output: { obs: { bucket: "obs-iva", path: "output/" } },
      },
    ],
  },
  "two inputs, and files in OBS on IEF": {
    program: tasksOf({
      crossing: edgeArgs({ name: "crossing" }, "north", "south"),
      archive: {
        serviceId: IEF,
        platform: "ief",
        name: "archive",
        input: { type: "obs", data: [{ bucket: "recordings", path: "2026/archive" }] },
        output: { obs: { bucket: "results", path: "faces" } },
        config: { image_compression_ratio: 90, Nested: { aB: [1] } },
      },
    }),
    bodies: [
      {
        name: "crossing",
        input: {
          type: "url",
          data: [{ url: "rtsp://cameras.example.com/north" }, { url: "rtsp://cameras.example.com/south" }],
        },
        output: { dis: { stream_name: "results" } },
        source_usage_estimate: SOURCE_USAGE,
      },
      {
        name: "archive",
        input: { type: "obs", data: [{ bucket: "recordings", path: "2026/archive" }] },
        output: { obs: { bucket: "results", path: "faces" } },
        config: { image_compression_ratio: 90, Nested: { aB: [1] } },
      },
    ],
  },
};

const byName = (bodies: readonly unknown[]): unknown[] =>
  [...(bodies as { name: string }[])].sort((a, b) => a.name.localeCompare(b.name));

/** The whole life of a stack, during which nothing but the program's own wish may change anything. */
async function live({ program, bodies }: Example): Promise<void> {
  const stack = await TestStack.open({ logSecrets: true, undeclaredVideoSources: "accept" });
  const names = Object.keys(program.tasks ?? {});
  const every = (what: string): string[] => names.map((name) => `${what} ${name}`).sort();
  try {
    stack.program = program;
    const preview = succeeded(await stack.preview());
    assert.deepEqual(opsOf(preview).sort(), every("create"));
    assert.deepEqual(stack.emulator.requests, [], "a preview sends nothing");

    const up = succeeded(await stack.up());
    assert.deepEqual(opsOf(up).sort(), every("create"));
    const posts = KINDS.flatMap(({ operations }) => stack.emulator.calls({ operation: operations.create }));
    assert.deepEqual(byName(posts.map(({ body }) => body)), byName(bodies));

    stack.emulator.clearRequests();
    const again = succeeded(await stack.up());
    assert.deepEqual(opsOf(again).sort(), every("same"));
    const refresh = succeeded(await stack.refresh());
    assert.deepEqual(opsOf(refresh).sort(), every("refresh-same"));
    assert.deepEqual(writesOf(stack.emulator), []);

    succeeded(await stack.destroy());
    assert.deepEqual(stack.liveIds(), []);
    assert.deepEqual(stack.recorded(), []);
  } finally {
    await stack.close();
  }
}

describe("documented examples, from preview to destroy", function () {
  this.timeout(SCENARIO_TIMEOUT);

  const lives = new Map<string, PromiseSettledResult<void>>();

  // Each has a stack and an emulator of its own, so they need not wait for each other.
  before(async () => {
    const results = await Promise.allSettled(Object.values(DOCUMENTED).map(live));
    Object.keys(DOCUMENTED).forEach((title, index) => lives.set(title, results[index]!));
  });

  for (const title of Object.keys(DOCUMENTED)) {
    it(title, () => {
      const outcome = lives.get(title);
      if (outcome?.status === "rejected") throw outcome.reason;
      assert.equal(outcome?.status, "fulfilled");
    });
  }
});
