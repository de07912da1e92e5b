/** `BatchTask`: a VIAS batch, one algorithm on groups of video sources. */
import { ViasClient } from "../api/vias";
import type { Resource } from "../resource";
import { BatchLists } from "./batch-lists";
import { batchTask } from "./definition";
import { BatchTaskGateway } from "./gateway";

export const batchTaskResource: Resource = {
  definition: batchTask,
  service: "vias",
  openGateway({ client, target, settings, clock, shared }) {
    const scope = [client.endpoint, client.projectId].join("\n");
    const lists = shared.getOrCreate(`batch lists\n${scope}`, () => new BatchLists(clock));
    const { args, olds } = target;
    return new BatchTaskGateway(new ViasClient(client), scope, lists, settings.batchDetail, args, olds);
  },
};
