/** The lookups of this package. Apart from the resources, so that no hook loads them. */
import { getBatchTask, listBatchTasks } from "./batch-tasks";
import { listEdgePools, listUserServices, listVideoGroups, listVideoSources } from "./catalog";
import type { GetLookup, ListLookup, Lookup } from "./lookup";
import { getServiceTask, listServiceTasks } from "./service-tasks";
import { getService, listServices } from "./services";
import { getVideoAnalysisJob, listVideoAnalysisJobs } from "./video-analysis-jobs";

/** By the name of the function. */
export const LOOKUPS = {
  getServiceTask,
  listServiceTasks,
  getBatchTask,
  listBatchTasks,
  getVideoAnalysisJob,
  listVideoAnalysisJobs,
  getService,
  listServices,
  listVideoGroups,
  listVideoSources,
  listUserServices,
  listEdgePools,
} as const satisfies Readonly<Record<string, Lookup>>;

type NamesOf<Kind> = {
  [Name in keyof typeof LOOKUPS]: (typeof LOOKUPS)[Name] extends Kind ? Name : never;
}[keyof typeof LOOKUPS];

export type GetName = NamesOf<GetLookup>;
export type ListName = NamesOf<ListLookup>;
