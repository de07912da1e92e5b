/** Cameras that may also be changed in the console: the pipelines beside this program report it every night. */
import * as pulumi from "@pulumi/pulumi";
import * as va from "pulumi-video-analysis";

const config = new pulumi.Config();
const serviceId = config.require("serviceId");
const cameras = config.getObject<string[]>("cameras") ?? ["entrance", "yard"];

const tasks = cameras.map(
  (name) =>
    new va.ServiceTask(name, {
      serviceId,
      platform: "ief",
      description: `Camera ${name}`,
      input: { type: "url", data: [{ url: `rtsp://cameras.example.com/${name}` }] },
      output: { dis: { streamName: "faces" } },
      // A task that is stopped by hand is drift, too.
      desiredState: "running",
    }),
);

export const taskIds = tasks.map(({ taskId }) => taskId);
