/** ${PROJECT}: ${DESCRIPTION} */
import * as pulumi from "@pulumi/pulumi";
import * as va from "pulumi-video-analysis";

const config = new pulumi.Config();

const camera = new va.ServiceTask("camera", {
  serviceId: config.require("serviceId"),
  platform: "edge",
  description: "Managed by ${PROJECT}",
  input: { type: "url", data: [{ url: config.require("camera") }] },
  output: { dis: { streamName: config.require("stream") } },
  sourceUsageEstimate: { cpu: 0.1, memory: 32 },
});

export const taskId = camera.taskId;
export const state = camera.state;
