/** ModelArts, Creating a Service Task. */
import { DEFAULT_EDGE_SERVICE, DEFAULT_IEF_SERVICE } from "../../../testkit/emulator";
import { type Document, variants } from "./document";

const EDGE = DEFAULT_EDGE_SERVICE.id;
const IEF = DEFAULT_IEF_SERVICE.id;
const ESTIMATE = { cpu: 0.1, memory: 32 };
const HEADERS = { "Content-Type": "application/json" };

/** The examples of the page, with the recommended readings applied. */
const PRINTED = [
  {
    title: "restful to webhook",
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
    title: "edgecamera to DIS",
    args: {
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
      sourceUsageEstimate: ESTIMATE,
    },
    body: {
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
      output: { dis: { stream_name: "dis-test", stream_id: "154xxxxx171" } },
      source_usage_estimate: ESTIMATE,
    },
  },
  {
    title: "scheduled url to DIS",
    args: {
      serviceId: EDGE,
      platform: "edge",
      name: "task-test",
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
      name: "task-test",
      description: "hello world",
      input: { type: "url", data: [{ url: "https://livestream.com/live/stream-test" }] },
      output: { dis: { stream_name: "dis-test", stream_id: "xxxxxx" } },
      schedule: {
        // The table of the page lists lower case; its example does not.
        type: "daily",
        timezone: "+08:00",
        execution_mode: "period",
        periods: [{ begin_at: "08:00:00", end_at: "20:00:00" }],
      },
      source_usage_estimate: ESTIMATE,
    },
  },
] as const;

const STREAM = { type: "url", data: [{ url: "rtsp://cameras.example.com/1" }] };
const onEdge = {
  args: {
    serviceId: EDGE,
    name: "task-test",
    input: STREAM,
    output: { dis: { streamName: "dis-test" } },
    sourceUsageEstimate: ESTIMATE,
  },
  body: {
    name: "task-test",
    input: STREAM,
    output: { dis: { stream_name: "dis-test" } },
    source_usage_estimate: ESTIMATE,
  },
};
const onIef = {
  args: {
    serviceId: IEF,
    platform: "ief",
    name: "task-test",
    input: STREAM,
    output: { obs: { bucket: "results", path: "out/" } },
  },
  body: { name: "task-test", input: STREAM, output: { obs: { bucket: "results", path: "out/" } } },
};
const TWO = { input: { type: "url", data: [{ url: "rtsp://camera-1" }, { url: "rtsp://camera-2" }] } };
const FREQUENCY = { interval: 10, duration: 5 };

export const serviceTaskDocuments: readonly Document[] = [
  ...PRINTED.map((row): Document => ({ ...row, kind: "ServiceTask", printed: true })),
  ...variants("ServiceTask", onEdge, [
    [
      "two inputs, which make two tasks; platform and execution mode left out",
      {
        ...TWO,
        output: { dis: { streamName: "dis-test", dataCategory: ["a", "b"] } },
        schedule: {
          type: "once",
          timezone: "-01:30",
          periods: [{ beginAt: "2031-01-01T08:00:00", endAt: "2031-01-01T20:00:00" }],
        },
      },
      {
        ...TWO,
        output: { dis: { stream_name: "dis-test", data_category: ["a", "b"] } },
        schedule: {
          type: "once",
          timezone: "-01:30",
          periods: [{ begin_at: "2031-01-01T08:00:00", end_at: "2031-01-01T20:00:00" }],
          execution_mode: "period",
        },
      },
    ],
  ]),
  ...variants("ServiceTask", onIef, [
    [
      "an IEF task from OBS to OBS with settings whose keys stay verbatim",
      {
        input: { type: "obs", data: [{ bucket: "videos", path: "in/" }] },
        config: { image_compression_ratio: 90, nestedSettings: { someKey: [1, null, "x"] } },
      },
      {
        input: { type: "obs", data: [{ bucket: "videos", path: "in/" }] },
        config: { image_compression_ratio: 90, nestedSettings: { someKey: [1, null, "x"] } },
      },
    ],
    [
      "from a VIS stream",
      { input: { type: "vis", data: [{ streamName: "stream" }] } },
      { input: { type: "vis", data: [{ stream_name: "stream" }] } },
    ],
    [
      "from a camera behind a VCN server",
      {
        input: {
          type: "vcn",
          data: [{ deviceId: "device-1", streamType: 1, nodeId: "node-1" }],
          vcn: { ip: "10.0.0.1", port: 9900, username: "camera", password: "secret" },
        },
      },
      {
        input: {
          type: "vcn",
          data: [{ device_id: "device-1", stream_type: 1, node_id: "node-1" }],
          vcn: { ip: "10.0.0.1", port: 9900, username: "camera", password: "secret" },
        },
      },
    ],
    [
      "on days of the month, at intervals",
      {
        schedule: {
          type: "monthly",
          timezone: "+08:00",
          daysOfMonth: [1, 31],
          frequency: { ...FREQUENCY, beginAt: "08:00:00", endAt: "20:00:00" },
        },
      },
      {
        schedule: {
          type: "monthly",
          timezone: "+08:00",
          execution_mode: "frequency",
          days_of_month: [1, 31],
          frequency: { ...FREQUENCY, begin_at: "08:00:00", end_at: "20:00:00" },
        },
      },
    ],
  ]),
];
