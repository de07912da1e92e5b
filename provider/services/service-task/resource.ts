/** `ServiceTask`: a video-analysis task of a ModelArts service. */
import { ModelArtsClient, type WireTask } from "../api/modelarts";
import { TaskPageSize } from "../api/task-page-size";
import { TaskReader } from "../paging/task-reader";
import type { Resource } from "../resource";
import { serviceTask } from "./definition";
import { ServiceTaskGateway } from "./gateway";
import { type Platform, serviceTaskOutputs } from "./schema";

export const serviceTaskResource: Resource = {
  definition: serviceTask,
  outputs: serviceTaskOutputs,
  introduction: `A task of a ModelArts service, on ModelArts Edge or IEF. The API has no update: whatever it knows of a task is replaced by a
change. The id is \`<serviceId>/<taskId>\`; an input of several entries makes several tasks, \`<serviceId>/<taskId>,<taskId>\`.
`,
  example: {
    name: "entrance",
    args: {
      serviceId: "2a2db77f-0000-4000-8000-000000000001",
      platform: "edge",
      input: { type: "url", data: [{ url: "rtsp://cameras.example.com/entrance" }] },
      output: { dis: { streamName: "faces" } },
      sourceUsageEstimate: { cpu: 0.1, memory: 32 },
    },
  },
  documents: [
    [
      "ModelArts, Creating a Service Task",
      "https://docs.otc.t-systems.com/modelarts/api-ref/service_task_management/creating_a_service_task.html",
    ],
  ],
  service: "modelarts",
  openGateway({ client, target, clock, shared }) {
    const serviceId = String(target.args.serviceId);
    const platform = target.args.platform as Platform | undefined;
    const scope = [client.endpoint, client.projectId, serviceId].join("\n");
    const gateway = shared.getOrCreate(`ServiceTask\n${scope}\n${platform ?? ""}`, () => {
      // By service, so that its reads are shared, and its writes seen, whatever platform the resources name.
      const reads = shared.getOrCreate(`task lists\n${scope}`, () => new TaskReader<WireTask>(clock));
      const pageSize = shared.getOrCreate("page size of ModelArts", () => new TaskPageSize());
      const modelArts = new ModelArtsClient(client, pageSize);
      return new ServiceTaskGateway(modelArts, scope, serviceId, platform, reads);
    });
    for (const args of [target.args, target.recordedArgs]) if (args !== undefined) gateway.keepSecret(args);
    return gateway;
  },
};
