/** One task, batch or job by its id: the read of the static `get` of its class, without a resource. */
import { CONFIGURATION_NAMESPACE } from "../configuration";
import { isVideoAnalysisError, VideoAnalysisError } from "../../common/errors";
import type { PropertyMap } from "../../common/json";
import { lookUp } from "../../core/operations/read";
import type { Resource } from "../resource";
import type { ProviderRuntime } from "../runtime";
import { entryOf } from "./entries";

/** @param settings configuration of this read alone, by key */
export async function getTask(
  resource: Resource,
  runtime: ProviderRuntime,
  { id, region, timeouts }: PropertyMap,
  settings: Readonly<Record<string, string>> = {},
): Promise<PropertyMap> {
  const values = Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [`${CONFIGURATION_NAMESPACE}:${key}`, value]),
  );
  const configured = Object.keys(values).length === 0 ? runtime : runtime.with(values);
  const context = configured.runContext(resource);
  const { outputs } = await inService(() =>
    lookUp(resource.definition, String(id), { region, timeouts }, context),
  );
  return entryOf(String(id), outputs);
}

/** The advice for a missing service without that of a hook, to take the resource out of its stack. */
async function inService<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!isVideoAnalysisError(error) || error.code !== "SERVICE_NOT_FOUND") throw error;
    throw new VideoAnalysisError(
      "SERVICE_NOT_FOUND",
      "the service of this id does not exist in this project and region, so nothing can be said of its tasks. " +
        "Check the id, the project and the subscription; `video-analysis ls services` shows what there is.",
      { cause: error },
    );
  }
}
