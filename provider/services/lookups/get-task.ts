/** The lookup of one resource by its id: the read that the static `get` of its class makes, without a resource. */
import { z } from "zod";
import type { Service } from "../auth/endpoints";
import { isVideoAnalysisError, VideoAnalysisError } from "../../common/errors";
import type { createHost } from "../../fronts/dynamic/composition";
import { read } from "../../core/operations/read";
import type { ResourceDefinition } from "../../core/contract";
import { entryOf } from "./entries";
import { commonArguments, type GetLookup } from "./lookup";

interface GetOptions<G> {
  readonly service: Service;
  readonly open: Parameters<typeof createHost<G>>[2];
  /** Arguments that stand for settings, and their configuration keys. */
  readonly settings?: Readonly<Record<string, { readonly key: string; readonly type: z.ZodType }>>;
}

export function getTask<G>(definition: ResourceDefinition, options: GetOptions<G>): GetLookup {
  const settings = Object.entries(options.settings ?? {});
  const more = Object.fromEntries(settings.map(([name, { type }]) => [name, type]));
  return {
    arguments: z.strictObject({ id: z.string().min(1), ...commonArguments, ...more }),
    entry: definition.arguments,
    async get(scope, args) {
      const id = String(args.id);
      const given = settings.filter(([name]) => args[name] !== undefined);
      const configuration = Object.fromEntries(given.map(([name, { key }]) => [key, String(args[name])]));
      const environment = scope.environment(options.service, options.open, configuration);
      const { region, timeouts } = args;
      const result = await inService(() => read(definition, id, { region, timeouts }, environment));
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
