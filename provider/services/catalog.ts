/**
 * The documented arguments of every resource, as zod schemas: the one source of types, checks, JSON Schema
 * and reference pages.
 * @module
 */
import type { z } from "zod";
import { batchTaskArguments, batchTaskImmutable, batchTaskUpdatable } from "./batch-task/schema";
import { serviceTaskArguments, serviceTaskImmutable } from "./service-task/schema";
import {
  videoAnalysisJobArguments,
  videoAnalysisJobImmutable,
  videoAnalysisJobUpdatable,
} from "./video-analysis-job/schema";

export { fields, metaOf, type FieldMeta } from "../core/schema/field";

/** What generators of types and reference pages need to know of one resource. */
export interface CatalogEntry {
  readonly type: string;
  readonly arguments: z.ZodObject;
  /** Top-level arguments whose change replaces the resource. */
  readonly immutable: readonly string[];
  /** Top-level arguments that are updated in place. */
  readonly updatable: readonly string[];
  /** Those of them whose change replaces all the same where the resource has several inputs. */
  readonly updatableAlone: readonly string[];
}

export const catalog: readonly CatalogEntry[] = [
  {
    type: "ServiceTask",
    arguments: serviceTaskArguments,
    immutable: serviceTaskImmutable,
    updatable: [],
    updatableAlone: [],
  },
  {
    type: "BatchTask",
    arguments: batchTaskArguments,
    immutable: batchTaskImmutable,
    updatable: batchTaskUpdatable,
    updatableAlone: [],
  },
  {
    type: "VideoAnalysisJob",
    arguments: videoAnalysisJobArguments,
    immutable: videoAnalysisJobImmutable,
    updatable: videoAnalysisJobUpdatable,
    updatableAlone: ["input"],
  },
];
