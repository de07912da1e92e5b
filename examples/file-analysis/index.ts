/** A video file in OBS: `pulumi up` waits until it is analysed, and the stack outputs show where the result lies. */
import * as pulumi from "@pulumi/pulumi";
import * as va from "pulumi-video-analysis";

const config = new pulumi.Config();

const analysis = new va.VideoAnalysisJob("analysis", {
  serviceName: config.get("service") ?? "video-analyze",
  serviceVersion: "1.0",
  input: {
    type: "obs",
    data: [{ bucket: config.require("bucket"), path: config.require("path") }],
  },
  // The service keeps the result file for some days and says where.
  output: { hosting: {} },
  waitFor: "succeeded",
  timeouts: { create: "2h" },
  // A job runs once. Another value here runs the file again.
  triggers: [config.get("run") ?? "1"],
});

export const taskIds = analysis.taskIds;
export const states = analysis.states;
/** The result files, bucket and path of each. */
export const results = analysis.hostingOutput.apply((hosting) => hosting?.obs ?? []);
/** `AVAILABLE` as long as the file is there. */
export const resultStatus = analysis.hostingResult.apply((result) => result?.status);
