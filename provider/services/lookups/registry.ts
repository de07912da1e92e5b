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

const kindOf = (name: string): "get" | "list" | undefined => {
  if (!Object.hasOwn(LOOKUPS, name)) return undefined;
  return "get" in LOOKUPS[name as keyof typeof LOOKUPS] ? "get" : "list";
};

/** Whether a lookup of that name finds one entry. */
export const isGet = (name: string): name is GetName => kindOf(name) === "get";

/** Whether a lookup of that name finds a list. */
export const isList = (name: string): name is ListName => kindOf(name) === "list";

export type GetName = NamesOf<GetLookup>;
export type ListName = NamesOf<ListLookup>;
