/** `ServiceTask`: a video-analysis task of a ModelArts service. */
import { ModelArtsClient, type WireTask } from "../api/modelarts";
import { TaskReader } from "../paging/task-reader";
import type { Resource } from "../resource";
import { serviceTask } from "./definition";
import { ServiceTaskGateway } from "./gateway";
import type { Platform } from "./schema";

export const serviceTaskResource: Resource = {
  definition: serviceTask,
  service: "modelarts",
  openGateway({ client, target, clock, shared }) {
    const serviceId = String(target.args.serviceId);
    const platform = target.args.platform as Platform | undefined;
    const scope = [client.endpoint, client.projectId, serviceId].join("\n");
    const gateway = shared.getOrCreate(`ServiceTask\n${scope}\n${platform ?? ""}`, () => {
      // By service, so that its reads are shared, and its writes seen, whatever platform the resources name.
      const reads = shared.getOrCreate(`task lists\n${scope}`, () => new TaskReader<WireTask>(clock));
      return new ServiceTaskGateway(new ModelArtsClient(client), scope, serviceId, platform, reads);
    });
    for (const args of [target.args, target.olds]) if (args !== undefined) gateway.keepSecret(args);
    return gateway;
  },
};
