/** `BatchTask`: a VIAS batch, one algorithm on groups of video sources. */
import { ViasClient } from "../api/vias";
import type { Resource } from "../resource";
import { BatchLists } from "./batch-lists";
import { batchTask } from "./definition";
import { BatchTaskGateway } from "./gateway";
import { batchTaskOutputs } from "./schema";

export const batchTaskResource: Resource = {
  definition: batchTask,
  outputs: batchTaskOutputs,
  introduction: `A batch task of VIAS: one algorithm on groups of video sources, each source a sub-task. The id is that of the batch.
`,
  example: {
    name: "site",
    args: {
      serviceName: "fire-smoke",
      serviceVersion: "1.0",
      batchInput: {
        videoSourceGroup: [
          { videoSourceGroupId: "group-north", videoSourceList: [{ videoSourceId: "camera-north-1" }] },
        ],
      },
      output: { dis: { streamName: "alarms" } },
    },
  },
  documents: [
    ["VIAS, Adding a Batch Task", "https://support.huaweicloud.com/intl/en-us/vias-api/CreateBatchTask.html"],
    [
      "VIAS, Modifying a Batch Task",
      "https://support.huaweicloud.com/intl/en-us/vias-api/UpdateBatchTask.html",
    ],
  ],
  service: "vias",
  isGroup: true,
  openGateway({ client, target, settings, clock, shared }) {
    const scope = [client.endpoint, client.projectId].join("\n");
    const lists = shared.getOrCreate(`batch lists\n${scope}`, () => new BatchLists(clock));
    const { args, recordedArgs } = target;
    const detail = settings.batchDetail;
    return new BatchTaskGateway({ client: new ViasClient(client), scope, lists, detail, args, recordedArgs });
  },
};
