/** The resources that the mocks know. */
import type { Service } from "../../provider/services/auth/endpoints";
import type { ResourceDefinition } from "../../provider/core/contract";
import { batchTask } from "../../provider/services/batch-task/definition";
import { serviceTask } from "../../provider/services/service-task/definition";
import { videoAnalysisJob } from "../../provider/services/video-analysis-job/definition";

export interface Kind {
  readonly definition: ResourceDefinition;
  readonly service: Service;
}

const KINDS: readonly Kind[] = [
  { definition: serviceTask, service: "modelarts" },
  { definition: batchTask, service: "vias" },
  { definition: videoAnalysisJob, service: "iva" },
];

const MODULE = "pulumi-nodejs:dynamic/video-analysis:";

export const PROVIDER_TYPE = "pulumi:providers:pulumi-nodejs";

/** The resource of a type token; undefined where it is not one of this package. */
export function kindOf(token: string): Kind | undefined {
  return KINDS.find(({ definition }) => token === `${MODULE}${definition.type}`);
}
