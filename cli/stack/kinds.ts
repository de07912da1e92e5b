/** The resource types of this package, and how each is read. */
import { createHost, openBatchTask, openServiceTask, openVideoAnalysisJob } from "../../provider/composition";
import type { Environment, ResourceDefinition } from "../../provider/lifecycle/resource";
import type { ConfigureRequest } from "../../provider/pulumi/configuration";
import { batchTask } from "../../provider/resources/batch-task/definition";
import { serviceTask } from "../../provider/resources/service-task/definition";
import { videoAnalysisJob } from "../../provider/resources/video-analysis-job/definition";

export interface Kind {
  readonly definition: ResourceDefinition;
  /** What reads need: settings and connections. Throws `CONFIGURATION` where the settings are not usable. */
  environment(request: ConfigureRequest): Environment;
}

/** By type token, as states have it (design section 1). */
const KINDS: ReadonlyMap<string, Kind> = new Map(
  [
    {
      definition: serviceTask,
      environment: (request: ConfigureRequest) =>
        createHost(request, "modelarts", openServiceTask).environment(),
    },
    {
      definition: batchTask,
      environment: (request: ConfigureRequest) => createHost(request, "vias", openBatchTask).environment(),
    },
    {
      definition: videoAnalysisJob,
      environment: (request: ConfigureRequest) =>
        createHost(request, "iva", openVideoAnalysisJob).environment(),
    },
  ].map((kind) => [`pulumi-nodejs:dynamic/video-analysis:${kind.definition.type}`, kind]),
);

/** Undefined for resources of others. */
export const kindOf = (typeToken: string): Kind | undefined => KINDS.get(typeToken);
