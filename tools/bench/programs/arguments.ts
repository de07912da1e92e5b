/** Arguments of the measured tasks: one stream in, results to DIS, as in the quickstart. No secrets in them. */
import type * as va from "pulumi-video-analysis";

export const logicalName = (index: number): string => `task-${index}`;

export const taskArguments = (serviceId: string, index: number): va.ServiceTaskArgs => ({
  serviceId,
  platform: "edge",
  description: "watched from the gate",
  input: { type: "url", data: [{ url: `rtsp://cameras.example.com/${index}` }] },
  output: { dis: { streamName: "results" } },
  sourceUsageEstimate: { cpu: 0.1, memory: 32 },
});
