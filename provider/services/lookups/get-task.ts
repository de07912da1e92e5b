/** The lookup of one resource by its id: the read that the static `get` of its class makes, without a resource. */
import { z } from "zod";
import { CONFIGURATION_NAMESPACE } from "../configuration";
import { isVideoAnalysisError, VideoAnalysisError } from "../../common/errors";
import { read } from "../../core/operations/read";
import type { Resource } from "../resource";
import { entryOf } from "./entries";
import { commonArguments, type GetLookup } from "./lookup";

/**
 * @param settings arguments that stand for configuration keys of the same name
 */
export function getTask(resource: Resource, settings: z.ZodRawShape = {}): GetLookup {
  const { definition } = resource;
  return {
    arguments: z.strictObject({ id: z.string().min(1), ...commonArguments, ...settings }),
    entry: definition.arguments,
    async get(runtime, args) {
      const { region, timeouts } = args;
      const id = String(args.id);
      const set = Object.keys(settings).filter((key) => args[key] !== undefined);
      const values = Object.fromEntries(
        set.map((key) => [`${CONFIGURATION_NAMESPACE}:${key}`, String(args[key])]),
      );
      const context = (set.length === 0 ? runtime : runtime.with(values)).runContext(resource);
      const result = await inService(() => read(definition, id, { region, timeouts }, context));
      // A read without a recorded state throws where something is gone.
      return entryOf(id, result.gone ? {} : result.outputs);
    },
  };
}

/** A hook tells how to take a resource out of its stack; a lookup has none. */
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
