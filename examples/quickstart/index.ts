/** All three resources: tasks of ModelArts Edge and IEF, a batch of VIAS and a job of the Video Analysis Service. */
import * as pulumi from "@pulumi/pulumi";
import * as va from "pulumi-video-analysis";

const config = new pulumi.Config();
const edge = { serviceId: config.require("serviceId"), platform: "edge" } as const;
/** The rest of the account's own names; what is not configured is what the emulator has. */
const iefServiceId = config.get("iefServiceId");
const algorithm = config.get("algorithm") ?? "fire-smoke";
const videoGroup = config.get("videoGroup") ?? "group-north";
const videoSources = config.getObject<string[]>("videoSources") ?? ["camera-north-1", "camera-north-2"];
const videoService = config.get("videoService") ?? "video-analyze";

/** The estimate that ModelArts Edge demands of every task. */
const sourceUsageEstimate = { cpu: 0.1, memory: 32 };

/** A media server says where the stream is; results go to a webhook. */
const entrance = new va.ServiceTask("entrance", {
  ...edge,
  description: "hello world",
  input: {
    type: "restful",
    data: [
      {
        url: "https://media.example.com/streams/entrance",
        headers: { "Content-Type": "application/json" },
        certificateCheck: false,
        rtspPathInResponse: "/input/url",
      },
    ],
  },
  output: {
    webhook: {
      url: "https://hooks.example.com/output",
      headers: { "Content-Type": "application/json" },
    },
  },
  sourceUsageEstimate,
});

/** An edge camera with its tags; results go to DIS. */
const parking = new va.ServiceTask("parking", {
  ...edge,
  input: {
    type: "edgecamera",
    data: [{ id: "hilens-c298", cameraType: "ipc", tag: [{ tag1: "hello1", tag2: "hello2" }] }],
  },
  output: { dis: { streamName: "dis-test", streamId: "154171" } },
  sourceUsageEstimate,
});

/** A stream that is analysed from 08:00 to 20:00 (UTC+8) every day. */
const daytime = new va.ServiceTask("daytime", {
  ...edge,
  description: "hello world",
  schedule: {
    type: "daily",
    timezone: "+08:00",
    executionMode: "period",
    periods: [{ beginAt: "08:00:00", endAt: "20:00:00" }],
  },
  input: { type: "url", data: [{ url: "https://livestream.com/live/stream-test" }] },
  output: { dis: { streamName: "dis-test", streamId: "154171" } },
  sourceUsageEstimate,
});

/** Two streams in one resource: ModelArts makes a task of each. */
const crossing = new va.ServiceTask("crossing", {
  ...edge,
  input: {
    type: "url",
    data: [{ url: "rtsp://cameras.example.com/north" }, { url: "rtsp://cameras.example.com/south" }],
  },
  output: { dis: { streamName: "dis-test" } },
  sourceUsageEstimate,
});

/** Files in OBS, kept running by the start and stop calls that IEF has; needs an IEF service. */
const archive =
  iefServiceId === undefined
    ? undefined
    : new va.ServiceTask("archive", {
        serviceId: iefServiceId,
        platform: "ief",
        desiredState: "running",
        waitFor: "running",
        input: { type: "obs", data: [{ bucket: "recordings", path: "2026/archive" }] },
        output: { obs: { bucket: "results", path: "faces" } },
        config: { image_compression_ratio: 90, video_sampling_interval: 1 },
      });

/** Two cameras watched for fire at night from Monday to Friday: one batch, a sub-task each. */
const nightWatch = new va.BatchTask("night-watch", {
  serviceName: algorithm,
  serviceVersion: "1.0",
  batchInput: {
    videoSourceGroup: [
      {
        videoSourceGroupId: videoGroup,
        videoSourceList: videoSources.map((videoSourceId) => ({ videoSourceId })),
      },
    ],
  },
  schedule: {
    type: "weekly",
    timezone: "+08:00",
    daysOfWeek: [1, 2, 3, 4, 5],
    periods: [1, 2, 3, 4, 5].map(() => [{ beginAt: "20:00:00", endAt: "23:59:00" }]),
  },
  output: { webhook: { url: "https://hooks.example.com/fire", headers: { "X-Site": "north" } } },
  config: { common: { render_result_sw: 1, fire_detection_sw: 1, smoke_detection_sw: 1 } },
});

/** A recording in OBS. */
const footage = new va.VideoAnalysisJob("footage", {
  serviceName: videoService,
  serviceVersion: "1.0",
  description: "description",
  input: { type: "obs", data: [{ bucket: "obs-iva", path: "input/demo.mp4" }] },
  output: { obs: { bucket: "obs-iva", path: "output/" } },
});

const show = ({ taskIds, states }: Pick<va.ServiceTask, "taskIds" | "states">) => ({ taskIds, states });

export const tasks = {
  entrance: show(entrance),
  parking: show(parking),
  daytime: show(daytime),
  crossing: show(crossing),
  ...(archive === undefined ? {} : { archive: show(archive) }),
};
export const batches = { "night-watch": { batchTaskId: nightWatch.batchTaskId, ...show(nightWatch) } };
export const jobs = { footage: show(footage) };
