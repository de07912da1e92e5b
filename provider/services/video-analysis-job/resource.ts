/** `VideoAnalysisJob`: a job of a VAS service. */
import { JobPageSize, VasClient, type WireJob } from "../api/vas";
import { TaskReader } from "../paging/task-reader";
import type { Resource, SharedObjects } from "../resource";
import { videoAnalysisJob } from "./definition";
import { VideoAnalysisJobGateway } from "./gateway";

/** A page size that one service refuses is refused by the others too: they are one API. */
export const jobPageSize = (shared: SharedObjects): JobPageSize =>
  shared.getOrCreate("page size of VAS", () => new JobPageSize());

export const videoAnalysisJobResource: Resource = {
  definition: videoAnalysisJob,
  service: "iva",
  openGateway({ client, target, clock, shared }) {
    const serviceName = String(target.args.serviceName);
    const scope = [client.endpoint, client.projectId, serviceName].join("\n");
    const gateway = shared.getOrCreate(`VideoAnalysisJob\n${scope}`, () => {
      const vas = new VasClient(client, jobPageSize(shared));
      return new VideoAnalysisJobGateway(vas, scope, serviceName, new TaskReader<WireJob>(clock));
    });
    for (const args of [target.args, target.olds]) if (args !== undefined) gateway.keepSecret(args);
    return gateway;
  },
};
