/** `VideoAnalysisJob`: a job of a VAS service. */
import { JobPageSize, VasClient, type WireJob } from "../api/vas";
import { TaskReader } from "../paging/task-reader";
import type { Resource, SharedObjects } from "../resource";
import { videoAnalysisJob } from "./definition";
import { VideoAnalysisJobGateway } from "./gateway";
import { videoAnalysisJobOutputs } from "./schema";

/** A page size that one service refuses is refused by the others too: they are one API. */
export const jobPageSize = (shared: SharedObjects): JobPageSize =>
  shared.getOrCreate("page size of VAS", () => new JobPageSize());

export const videoAnalysisJobResource: Resource = {
  definition: videoAnalysisJob,
  outputs: videoAnalysisJobOutputs,
  updatableAlone: ["input"],
  conditionalUpdates: {
    input: "updates where it has one entry before and after, else replaces",
    timing: "updates; its removal replaces",
    serviceConfig: "updates; its removal replaces",
  },
  introduction: `A job of the Video Analysis Service (VAS). The id is \`<serviceName>/<taskId>\`; an input of several entries makes several jobs,
\`<serviceName>/<taskId>,<taskId>\`, and is never updated in place.
`,
  example: {
    name: "footage",
    args: {
      serviceName: "video-analyze",
      serviceVersion: "1.0",
      input: { type: "obs", data: [{ bucket: "recordings", path: "2026/entrance.mp4" }] },
      output: { obs: { bucket: "results", path: "entrance/" } },
    },
  },
  documents: [
    [
      "VAS, Creating a Job",
      "https://support.huaweicloud.com/en-us/api-vas/en-us_topic_0000001115337999.html",
    ],
    ["VAS, updating a job (Chinese)", "https://support.huaweicloud.com/api-vas/vas_03_1125.html"],
    [
      "VAS API definition, CreateTasks",
      "https://github.com/mingyang91/huawei-cloud-api-definitions/blob/main/schemas/VAS/src/CreateTasks.json",
    ],
  ],
  service: "iva",
  openGateway({ client, target, clock, shared }) {
    const serviceName = String(target.args.serviceName);
    const scope = [client.endpoint, client.projectId, serviceName].join("\n");
    const gateway = shared.getOrCreate(`VideoAnalysisJob\n${scope}`, () => {
      const vas = new VasClient(client, jobPageSize(shared));
      return new VideoAnalysisJobGateway(vas, scope, serviceName, new TaskReader<WireJob>(clock));
    });
    for (const args of [target.args, target.recordedArgs]) if (args !== undefined) gateway.keepSecret(args);
    return gateway;
  },
};
