/** The documented arguments and outputs of every resource: the one source of types, JSON Schema and reference pages. */
import type { z } from "zod";
import { RESOURCES } from ".";
import type { Resource } from "./resource";

export { fields, metaOf, type FieldMeta } from "../core/schema/field";

/** One resource, for generators of types and reference pages. */
export interface CatalogEntry {
  readonly type: string;
  readonly arguments: z.ZodObject;
  /** Beside the arguments; some of these have an output of the same name. */
  readonly outputs: z.ZodObject;
  /** Top-level arguments whose change replaces the resource. */
  readonly immutable: readonly string[];
  /** Top-level arguments that are updated in place. */
  readonly updatable: readonly string[];
  /** Those of them whose change replaces all the same where the resource has several inputs. */
  readonly updatableAlone: readonly string[];
}

export const catalog: readonly CatalogEntry[] = Object.values<Resource>(RESOURCES).map(
  ({ definition, outputs, updatableAlone = [] }) => ({
    type: definition.type,
    arguments: definition.arguments,
    outputs,
    immutable: definition.immutable,
    updatable: definition.updatable,
    updatableAlone,
  }),
);
