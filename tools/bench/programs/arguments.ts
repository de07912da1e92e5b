/** The measured tasks: one stream in, results to DIS, as in the quickstart. No secrets in them. */
import * as pulumi from "@pulumi/pulumi";
import type * as va from "pulumi-video-analysis";

export const logicalName = (index: number): string => `task-${index}`;

const taskArguments = (serviceId: string, index: number): va.ServiceTaskArgs => ({
  serviceId,
  platform: "edge",
  description: "watched from the gate",
  input: { type: "url", data: [{ url: `rtsp://cameras.example.com/${index}` }] },
  output: { dis: { streamName: "results" } },
  sourceUsageEstimate: { cpu: 0.1, memory: 32 },
});

/** Declares as many as the configuration says, by a class. */
export function declareTasks(Task: new (name: string, args: va.ServiceTaskArgs) => unknown): void {
  const config = new pulumi.Config("bench");
  const serviceId = config.require("serviceId");
  for (let index = 0; index < config.requireNumber("count"); index += 1) {
    new Task(logicalName(index), taskArguments(serviceId, index));
  }
}
