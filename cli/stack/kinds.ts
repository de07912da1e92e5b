/** The resource types of this package, and how each is read. */
import type { Service } from "../../provider/services/auth/endpoints";
import {
  createHost,
  openBatchTask,
  openServiceTask,
  openVideoAnalysisJob,
} from "../../provider/fronts/dynamic/composition";
import { VideoAnalysisError } from "../../provider/common/errors";
import type { RunContext, ResourceDefinition } from "../../provider/core/contract";
import type { ConfigureRequest } from "../../provider/fronts/dynamic/configuration";
import { batchTask } from "../../provider/services/batch-task/definition";
import { serviceTask } from "../../provider/services/service-task/definition";
import { videoAnalysisJob } from "../../provider/services/video-analysis-job/definition";

export interface Kind {
  /** As states and import files have it. */
  readonly token: string;
  /** The text in `__provider` by which the engine finds the installed code; permanent (design section 1). */
  readonly providerText: string;
  readonly definition: ResourceDefinition;
  /** Where its tasks are. */
  readonly service: Service;
  /** What reads need: settings and connections. Throws `CONFIGURATION` where the settings are not usable. */
  environment(request: ConfigureRequest): RunContext;
}

const kind = <G>(
  definition: ResourceDefinition,
  service: Service,
  open: Parameters<typeof createHost<G>>[2],
): Kind => ({
  token: `pulumi-nodejs:dynamic/video-analysis:${definition.type}`,
  providerText: `exports.handler=()=>require("pulumi-video-analysis/runtime").${definition.type}`,
  definition,
  service,
  environment: (request) => createHost(request, service, open).environment(),
});

const KINDS = [
  kind(serviceTask, "modelarts", openServiceTask),
  kind(batchTask, "vias", openBatchTask),
  kind(videoAnalysisJob, "iva", openVideoAnalysisJob),
];

/** Undefined for resources of others. */
export const kindOf = (typeToken: string): Kind | undefined => KINDS.find(({ token }) => token === typeToken);

/**
 * By the name of the class.
 *
 * @throws `INVALID_ID`
 */
export function kindNamed(name: string): Kind {
  const found = KINDS.find(({ definition }) => definition.type === name);
  if (found !== undefined) return found;
  const names = KINDS.map(({ definition }) => definition.type);
  throw new VideoAnalysisError(
    "INVALID_ID",
    `"${name}" is no type of resource; the types are ${names.join(", ")}.`,
  );
}
