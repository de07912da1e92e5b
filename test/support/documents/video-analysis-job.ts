/** VAS, Creating a Job, and the API definition CreateTasks. */
import { type Document, SHARED_OUTPUTS, variants } from "./document";

const COMMON = { image_compression_ratio: 90, render_result_sw: 0, video_sampling_interval: 1 };
/** The examples mask the middle of the id, which the pattern of the definition does not allow. */
const POOL = "549c00000000000000000000000077a2";

const edge = {
  args: {
    name: "task-test",
    description: "hello world",
    serviceName: "face-detect",
    serviceVersion: "1.0",
    edgePoolId: POOL,
    input: { type: "edgecamera", data: [{ id: "dd8xxxxx-xxxx-xxxx-xxxx-xxxxxx2f5bcb" }] },
    output: { dis: { streamName: "dis-test" } },
    serviceConfig: { common: COMMON },
  },
  body: {
    name: "task-test",
    description: "hello world",
    service_version: "1.0",
    edge_pool_id: POOL,
    input: { type: "edgecamera", data: [{ id: "dd8xxxxx-xxxx-xxxx-xxxx-xxxxxx2f5bcb" }] },
    output: { dis: { stream_name: "dis-test" } },
    service_config: { common: COMMON },
  },
};

const PRINTED: readonly Document[] = [
  {
    title: "the job of the create page: OBS to OBS",
    kind: "VideoAnalysisJob",
    printed: true,
    args: {
      serviceName: "video-analyze",
      serviceVersion: "1.0",
      name: "task-est",
      description: "description",
      input: { type: "obs", data: [{ bucket: "obs-iva", path: "input/demo.mp4" }] },
      output: { obs: { bucket: "obs-iva", path: "output/" } },
    },
    body: {
      name: "task-est",
      description: "description",
      service_version: "1.0",
      input: { type: "obs", data: [{ bucket: "obs-iva", path: "input/demo.mp4" }] },
      output: { obs: { bucket: "obs-iva", path: "output/" } },
    },
  },
  { ...edge, title: "the definition's edge job", kind: "VideoAnalysisJob", printed: true },
  {
    title: "the definition's edge job by the clock",
    kind: "VideoAnalysisJob",
    printed: true,
    args: {
      ...edge.args,
      timing: { type: "daily", timezone: "+08:00", periods: [{ beginAt: "08:00:00", endAt: "20:00:00" }] },
    },
    body: {
      ...edge.body,
      timing: { type: "daily", timezone: "+08:00", periods: [{ begin_at: "08:00:00", end_at: "20:00:00" }] },
    },
  },
];

const STREAM = { type: "url", data: [{ url: "rtsp://cameras.example.com/1" }] };
const base = {
  args: {
    name: "task-test",
    serviceName: "video-analyze",
    serviceVersion: "1.0",
    input: STREAM,
    output: { dis: { streamName: "dis-test" } },
  },
  body: {
    name: "task-test",
    service_version: "1.0",
    input: STREAM,
    output: { dis: { stream_name: "dis-test" } },
  },
};

const NODE = "0a1b2c3d-0000-4000-8000-000000000001";
const DEVICE = `12345678901234567890#${"a".repeat(32)}`;
const VCN = { ip: "10.0.0.1", port: 9900, username: "camera", password: "secret" };
const URLS = ["http://a.example.com/1", "rtsp://a/1", "rtmp://a/1", "ftp://a/1", "file://a/1"];
const FILES = { type: "url", data: URLS.map((url) => ({ url })) };
const HOURS = { begin: "08:00:00", end: "20:00:00" };
const PERIODS = [{ beginAt: HOURS.begin, endAt: HOURS.end }];
const PERIODS_BODY = [{ begin_at: HOURS.begin, end_at: HOURS.end }];
const FREQUENCY = { interval: 10, duration: 5 };

export const videoAnalysisJobDocuments: readonly Document[] = [
  ...PRINTED,
  ...variants("VideoAnalysisJob", base, [
    [
      "from a VIS stream",
      { input: { type: "vis", data: [{ streamName: "stream" }] } },
      { input: { type: "vis", data: [{ stream_name: "stream" }] } },
    ],
    ["from a URL of each scheme, which makes five jobs", { input: FILES }, { input: FILES }],
    [
      "from an address that a RESTful call answers",
      {
        input: {
          type: "edgerestful",
          data: [
            {
              url: "https://media.example.com",
              headers: { Accept: "text" },
              certificateCheck: true,
              rtspPathInResponse: "data/url",
              nodeId: NODE,
            },
          ],
        },
      },
      {
        input: {
          type: "edgerestful",
          data: [
            {
              url: "https://media.example.com",
              headers: { Accept: "text" },
              certificate_check: true,
              rtsp_path_in_response: "data/url",
              node_id: NODE,
            },
          ],
        },
      },
    ],
    [
      "from a camera behind a VCN server",
      { input: { type: "vcn", data: [{ deviceId: DEVICE, streamType: 3, nodeId: NODE }], vcn: VCN } },
      { input: { type: "vcn", data: [{ device_id: DEVICE, stream_type: 3, node_id: NODE }], vcn: VCN } },
    ],
    ...SHARED_OUTPUTS,
    [
      "hosted by the service",
      { output: { hosting: { dataCategory: ["a"] } } },
      { output: { hosting: { data_category: ["a"] } } },
    ],
    ["hosted, nothing else said", { output: { hosting: {} } }, { output: { hosting: {} } }],
    [
      "to a path of an edge pool",
      { output: { localpath: { mountSourcePath: "/data/out/" } } },
      { output: { localpath: { mount_source_path: "/data/out/" } } },
    ],
    [
      "once, in two periods",
      {
        timing: {
          type: "ONCE",
          timezone: "+08:00",
          periods: [
            { beginAt: "2031-01-01T08:00:00", endAt: "2031-01-01T09:00:00" },
            { beginAt: "2031-01-01T10:00:00", endAt: "2031-01-01T11:00:00" },
          ],
        },
      },
      {
        timing: {
          type: "once",
          timezone: "+08:00",
          periods: [
            { begin_at: "2031-01-01T08:00:00", end_at: "2031-01-01T09:00:00" },
            { begin_at: "2031-01-01T10:00:00", end_at: "2031-01-01T11:00:00" },
          ],
        },
      },
    ],
    [
      "once, at intervals on a day",
      { timing: { type: "once", timezone: "+08:00", date: "2031-01-01", frequency: FREQUENCY } },
      { timing: { type: "once", timezone: "+08:00", date: "2031-01-01", frequency: FREQUENCY } },
    ],
    [
      "on days of the week",
      { timing: { type: "weekly", timezone: "+08:00", daysOfWeek: [1, 7], periods: PERIODS } },
      { timing: { type: "weekly", timezone: "+08:00", days_of_week: [1, 7], periods: PERIODS_BODY } },
    ],
    [
      "on days of the month, at intervals",
      {
        timing: {
          type: "monthly",
          timezone: "+08:00",
          daysOfMonth: [1, 31],
          frequency: { ...FREQUENCY, beginAt: HOURS.begin, endAt: HOURS.end },
        },
      },
      {
        timing: {
          type: "monthly",
          timezone: "+08:00",
          days_of_month: [1, 31],
          frequency: { ...FREQUENCY, begin_at: HOURS.begin, end_at: HOURS.end },
        },
      },
    ],
    ["of a paid package", { resourceOrderId: "f".repeat(32) }, { resource_order_id: "f".repeat(32) }],
  ]),
];
