/** Loads resources one by one: half of the code that a provider process loads is that of the resources. */
import type { Resource } from "./resource";
import type { ResourceName } from "./resource-names";

const LOADERS: Readonly<Record<ResourceName, () => Promise<Resource>>> = {
  ServiceTask: async () => (await import("./service-task/resource.js")).serviceTaskResource,
  BatchTask: async () => (await import("./batch-task/resource.js")).batchTaskResource,
  VideoAnalysisJob: async () => (await import("./video-analysis-job/resource.js")).videoAnalysisJobResource,
};

export const loadResource = (name: ResourceName): Promise<Resource> => LOADERS[name]();
