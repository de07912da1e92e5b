import assert from "node:assert/strict";
import { DEFAULT_EDGE_SERVICE, DEFAULT_IEF_SERVICE, type JsonObject } from "../../testkit/emulator";
import { Bench, EDGE, IEF, iefArgs } from "./bench";
import { PROVIDER } from "./harness";
import { plain, type Props } from "./values";

interface Example {
  readonly title: string;
  readonly args: Props;
  readonly body: JsonObject;
  readonly tasks: number;
}

const ESTIMATE = { cpu: 0.1, memory: 32 };
const HEADERS = { "Content-Type": "application/json" };

/** The request bodies are those of the create page, with the recommended readings applied. */
const EXAMPLES: readonly Example[] = [
  {
    title: "example 1 of the create page: restful to webhook",
    tasks: 1,
    args: {
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
            headers: HEADERS,
          },
        ],
      },
      output: { webhook: { url: "https://100.xx.xx.xx:xxxx/output", headers: HEADERS } },
      sourceUsageEstimate: ESTIMATE,
    },
    body: {
      name: "task-test",
      description: "hello world",
      input: {
        type: "restful",
        data: [
          {
            certificate_check: false,
            url: "https://100.xx.xx.xx:xxxx",
            rtsp_path_in_response: "/input/url",
            headers: HEADERS,
          },
        ],
      },
      output: { webhook: { url: "https://100.xx.xx.xx:xxxx/output", headers: HEADERS } },
      source_usage_estimate: ESTIMATE,
    },
  },
  {
    title: "example 2 of the create page: edgecamera to DIS",
    tasks: 1,
    args: {
      serviceId: EDGE,
      platform: "edge",
      name: "task-test-2",
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
      sourceUsageEstimate: ESTIMATE,
    },
    body: {
      name: "task-test-2",
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
      output: { dis: { stream_name: "dis-test", stream_id: "154xxxxx171" } },
      source_usage_estimate: ESTIMATE,
    },
  },
  {
    title: "example 3 of the create page: scheduled url to DIS, its type sent in lower case",
    tasks: 1,
    args: {
      serviceId: EDGE,
      platform: "edge",
      name: "task-test-3",
      description: "hello world",
      input: { type: "url", data: [{ url: "https://livestream.com/live/stream-test" }] },
      output: { dis: { streamName: "dis-test", streamId: "xxxxxx" } },
      schedule: {
        type: "DAILY",
        timezone: "+08:00",
        executionMode: "period",
        periods: [{ beginAt: "08:00:00", endAt: "20:00:00" }],
      },
      sourceUsageEstimate: ESTIMATE,
    },
    body: {
      name: "task-test-3",
      description: "hello world",
      input: { type: "url", data: [{ url: "https://livestream.com/live/stream-test" }] },
      output: { dis: { stream_name: "dis-test", stream_id: "xxxxxx" } },
      schedule: {
        type: "daily",
        timezone: "+08:00",
        execution_mode: "period",
        periods: [{ begin_at: "08:00:00", end_at: "20:00:00" }],
      },
      source_usage_estimate: ESTIMATE,
    },
  },
  {
    title: "two inputs, which make two tasks; platform and execution mode left out",
    tasks: 2,
    args: {
      serviceId: EDGE,
      name: "two-inputs",
      input: { type: "url", data: [{ url: "rtsp://camera-1" }, { url: "rtsp://camera-2" }] },
      output: { dis: { streamName: "dis-test", dataCategory: ["a", "b"] } },
      schedule: {
        type: "once",
        timezone: "-01:30",
        periods: [{ beginAt: "2031-01-01T08:00:00", endAt: "2031-01-01T20:00:00" }],
      },
      sourceUsageEstimate: ESTIMATE,
    },
    body: {
      name: "two-inputs",
      input: { type: "url", data: [{ url: "rtsp://camera-1" }, { url: "rtsp://camera-2" }] },
      output: { dis: { stream_name: "dis-test", data_category: ["a", "b"] } },
      schedule: {
        type: "once",
        timezone: "-01:30",
        periods: [{ begin_at: "2031-01-01T08:00:00", end_at: "2031-01-01T20:00:00" }],
        execution_mode: "period",
      },
      source_usage_estimate: ESTIMATE,
    },
  },
  {
    title: "an IEF task from OBS to OBS with settings whose keys stay verbatim",
    tasks: 1,
    args: {
      serviceId: IEF,
      platform: "ief",
      name: "obs-test",
      input: { type: "obs", data: [{ bucket: "videos", path: "in/" }] },
      output: { obs: { bucket: "results", path: "out/" } },
      config: { image_compression_ratio: 90, nestedSettings: { someKey: [1, null, "x"] } },
    },
    body: {
      name: "obs-test",
      input: { type: "obs", data: [{ bucket: "videos", path: "in/" }] },
      output: { obs: { bucket: "results", path: "out/" } },
      config: { image_compression_ratio: 90, nestedSettings: { someKey: [1, null, "x"] } },
    },
  },
];

describe("contract: documented examples", () => {
  let bench: Bench;
  before(async () => {
    // `logSecrets` keeps header values in the log, so that bodies can be compared whole.
    bench = await Bench.open({ logSecrets: true });
    await bench.start();
  });
  after(() => bench.close());

  for (const { title, args, body, tasks } of EXAMPLES) {
    it(`goes through a whole life: ${title}`, async () => {
      const { provider, emulator } = bench;
      const name = String(args.name);
      const { state } = await provider.up(args);

      const posts = emulator.calls({ operation: "createServiceTask", name });
      assert.equal(posts.length, 1);
      assert.deepEqual(posts[0]?.body, body);
      assert.match(
        posts[0].path,
        new RegExp(`^/modelarts/v1/${emulator.projectId}/services/${String(args.serviceId)}/tasks$`),
      );
      const ids = bench.tasksNamed(name).map(({ id }) => id);
      assert.equal(ids.length, tasks);
      assert.equal(state.id, `${String(args.serviceId)}/${ids.join(",")}`);
      assert.deepEqual(state.outputs.taskIds, ids);
      assert.equal(state.outputs.__provider, PROVIDER);

      const checked = await provider.check(args, state.inputs);
      assert.deepEqual(checked, state.inputs, "check must be idempotent");
      const again = await provider.up(args, state);
      assert.equal(again.op, "same");

      const refreshed = await provider.refresh(again.state);
      assert.deepEqual(refreshed?.changed, []);
      assert.deepEqual(plain(refreshed.state.inputs), plain(state.inputs), "a read gives the checked inputs");
      assert.notEqual(refreshed.diff.changes, "some");
      assert.deepEqual(refreshed.diff.replaces, []);
      assert.equal((await provider.up(args, refreshed.state)).op, "same");

      await provider.delete(refreshed.state);
      assert.deepEqual(bench.tasksNamed(name), []);
    });
  }

  it("records inputs, outputs and nothing else in the state", async () => {
    const { state } = await bench.provider.up(iefArgs("state-shape"));
    const outputs = plain(state.outputs);
    for (const [key, value] of Object.entries(plain(state.inputs))) {
      assert.deepEqual(outputs[key], value, key);
    }
    const added = Object.keys(outputs).filter((key) => !(key in state.inputs));
    assert.deepEqual(
      added.sort(),
      [
        "creator",
        "endpoint",
        "projectId",
        "serviceName",
        "stateVersion",
        "state",
        "states",
        "taskIds",
        "tasks",
        "unfinished",
      ].sort(),
    );
    const bytes = Object.entries(outputs).filter(([key]) => added.includes(key));
    assert.ok(Buffer.byteLength(JSON.stringify(Object.fromEntries(bytes))) < 1000);
  });

  describe("response fields of the list page", () => {
    let outputs: Props;
    before(async () => {
      const schedule = {
        type: "daily",
        executionMode: "period",
        timezone: "+00:00",
        periods: [{ beginAt: "00:00:00", endAt: "23:59:59" }],
      };
      const args = iefArgs("all-fields", { description: "hello world", schedule, config: { a: 1 } });
      const { state } = await bench.provider.up(args);
      const [id = ""] = state.outputs.taskIds as string[];
      bench.emulator.setState(id, "ABNORMAL", {
        status: "camera is away",
        error: { code: "VIDEO.1", message: "no stream" },
      });
      const refreshed = await bench.provider.refresh(state);
      assert.ok(refreshed !== undefined);
      outputs = plain(refreshed.state.outputs);
    });

    const task = (): Props => (outputs.tasks as Props[])[0]!;
    const stored = (): JsonObject => bench.tasksNamed("all-fields")[0]!;

    const FIELDS: readonly [string, () => unknown, () => unknown][] = [
      ["id", () => (outputs.taskIds as string[])[0], () => stored().id],
      ["name", () => outputs.name, () => "all-fields"],
      ["creator", () => outputs.creator, () => stored().creator],
      ["project_id", () => outputs.projectId, () => stored().project_id],
      ["description", () => outputs.description, () => "hello world"],
      ["service_name", () => outputs.serviceName, () => DEFAULT_IEF_SERVICE.name],
      ["service_id", () => outputs.serviceId, () => IEF],
      ["created_at", () => task().createdAt, () => stored().created_at],
      ["updated_at", () => task().updatedAt, () => stored().updated_at],
      [
        "state",
        () => [outputs.state, outputs.states, task().state],
        () => ["ABNORMAL", ["ABNORMAL"], "ABNORMAL"],
      ],
      ["status", () => task().status, () => "camera is away"],
      ["error", () => task().error, () => ({ code: "VIDEO.1", message: "no stream" })],
      ["schedule_status", () => task().scheduleStatus, () => "ACTIVATED"],
      ["schedule", () => (outputs.schedule as Props).timezone, () => "+00:00"],
      ["input", () => (outputs.input as Props).type, () => "url"],
      ["output", () => outputs.output, () => ({ dis: { streamName: "results" } })],
      ["config", () => outputs.config, () => ({ a: 1 })],
    ];
    for (const [field, exposed, expected] of FIELDS) {
      it(`exposes ${field}`, () => assert.deepEqual(exposed(), expected()));
    }
  });

  it("finds the service's name on Edge too", async () => {
    const example = EXAMPLES[0]!;
    const { state } = await bench.provider.up({ ...example.args, name: "service-name" });
    assert.equal(state.outputs.serviceName, DEFAULT_EDGE_SERVICE.name);
  });
});
