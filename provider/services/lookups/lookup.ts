/** The declaration of a lookup: its arguments, its entry, its words and how it asks. */
import type { z } from "zod";
import { VideoAnalysisError } from "../../common/errors";
import { formatPath, type PropertyMap } from "../../common/json";
import { validate } from "../../core/schema/validate";
import type { ProviderRuntime } from "../runtime";
import type { Lister } from "./listing";

interface Declaration<Inputs extends z.ZodObject> {
  readonly inputs: Inputs;
  /** With the meaning and the secrecy of each member. */
  readonly entry: z.ZodObject;
  /** What it does, in a sentence or two. */
  readonly summary: string;
  /** Arguments of a typical question, printed in every language on pages and in hover texts. */
  readonly example: z.input<Inputs>;
  /** Its own error codes, each with its case: "there is no such service". */
  readonly errors?: Readonly<Record<string, string>>;
  /** Titles of the documents that it follows. */
  readonly source: string;
}

export interface GetLookup<Inputs extends z.ZodObject = z.ZodObject> extends Declaration<Inputs> {
  get(runtime: ProviderRuntime, inputs: z.infer<Inputs>): Promise<PropertyMap>;
}

export interface ListLookup<Inputs extends z.ZodObject = z.ZodObject> extends Declaration<Inputs> {
  /** Of entries without `details`, where these have less than others. */
  readonly summaryEntry?: z.ZodObject;
  open(runtime: ProviderRuntime, inputs: z.infer<Inputs>): Promise<Lister>;
}

export type Lookup = GetLookup | ListLookup;

/** A lookup of one entry. */
export const getLookup = <Inputs extends z.ZodObject>(declaration: GetLookup<Inputs>): GetLookup<Inputs> =>
  declaration;

/** A lookup of a list. */
export const listLookup = <Inputs extends z.ZodObject>(declaration: ListLookup<Inputs>): ListLookup<Inputs> =>
  declaration;

const known = (): boolean => false;

/**
 * The arguments, if the lookup takes them.
 *
 * @throws `INVALID_LOOKUP` that names each wrong one
 */
export function checkedInputs(name: string, { inputs }: Lookup, given: PropertyMap): PropertyMap {
  const failures = validate({ arguments: inputs, rules: [] }, given, known);
  if (failures.length === 0) return inputs.parse(given);
  const problems = failures.map(({ path, reason }) => `\`${formatPath(path)}\`: ${reason}`);
  throw new VideoAnalysisError(
    "INVALID_LOOKUP",
    `${name} does not take these arguments. ${problems.join("; ")}.`,
  );
}
