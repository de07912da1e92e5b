/** What every lookup is: the arguments that it takes, and how it asks. */
import { z } from "zod";
import { REGION } from "../auth/endpoints";
import { VideoAnalysisError } from "../../common/errors";
import { formatPath, type PropertyMap } from "../../common/json";
import { validate } from "../../core/schema/validate";
import { duration } from "../../core/schema/primitives";
import type { Lister } from "./listing";
import type { ProviderRuntime } from "../runtime";

interface Lookup {
  readonly arguments: z.ZodObject;
  /** Names the sensitive leaves of an entry. */
  readonly entry: z.ZodType;
}

export interface GetLookup extends Lookup {
  get(runtime: ProviderRuntime, args: PropertyMap): Promise<PropertyMap>;
}

export interface ListLookup extends Lookup {
  open(runtime: ProviderRuntime, args: PropertyMap): Promise<Lister>;
}

/** Arguments of all lookups. */
export const commonArguments = {
  region: z.string().regex(REGION, { error: 'expected a region such as "eu-de"' }).optional(),
  timeouts: z.strictObject({ read: duration().optional() }).optional(),
};

/** Arguments of all lists; the bounds of a page are the service's own. */
export const pagingArguments = (min: number, max: number) => ({
  pageSize: z.int().min(min).max(max).optional(),
  limit: z.int().min(1).optional(),
});

/** Bounds of the time of creation. */
export const creationArguments = {
  createdSince: z.iso.datetime({ offset: true }).optional(),
  createdUntil: z.iso.datetime({ offset: true }).optional(),
};

const known = (): boolean => false;

/**
 * The arguments, if the lookup takes them.
 *
 * @throws `INVALID_LOOKUP` that names each wrong one
 */
export function argumentsOf(name: string, lookup: Lookup, given: PropertyMap): PropertyMap {
  const failures = validate({ arguments: lookup.arguments, rules: [] }, given, known);
  if (failures.length === 0) return lookup.arguments.parse(given);
  const problems = failures.map(({ path, reason }) => `\`${formatPath(path)}\`: ${reason}`);
  throw new VideoAnalysisError(
    "INVALID_LOOKUP",
    `${name} does not take these arguments. ${problems.join("; ")}.`,
  );
}
