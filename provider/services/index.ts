/** The resources of this package, over which fronts, commands, generators and mocks map. */
import { batchTaskResource } from "./batch-task/resource";
import type { Resource } from "./resource";
import type { ResourceName } from "./resource-names";
import { serviceTaskResource } from "./service-task/resource";
import { videoAnalysisJobResource } from "./video-analysis-job/resource";

/** By the name of the class. */
export const RESOURCES = {
  ServiceTask: serviceTaskResource,
  BatchTask: batchTaskResource,
  VideoAnalysisJob: videoAnalysisJobResource,
} as const satisfies Readonly<Record<ResourceName, Resource>>;
