/** The service tasks of the ModelArts documents, and two more: several inputs, and files in OBS. */
import * as pulumi from "@pulumi/pulumi";
import * as va from "pulumi-video-analysis";

const config = new pulumi.Config();
const edge = { serviceId: config.require("serviceId"), platform: "edge" } as const;
const ief = { serviceId: config.require("iefServiceId"), platform: "ief" } as const;

/** What ModelArts Edge wants to know of every task. */
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

/** Files in OBS, kept running by the start and stop calls that IEF has. */
const archive = new va.ServiceTask("archive", {
  ...ief,
  desiredState: "running",
  waitFor: "running",
  input: { type: "obs", data: [{ bucket: "recordings", path: "2026/archive" }] },
  output: { obs: { bucket: "results", path: "faces" } },
  config: { image_compression_ratio: 90, video_sampling_interval: 1 },
});

const show = (task: va.ServiceTask) => ({ taskIds: task.taskIds, states: task.states });

export const tasks = {
  entrance: show(entrance),
  parking: show(parking),
  daytime: show(daytime),
  crossing: show(crossing),
  archive: show(archive),
};
