/**
 * Read-only lookups of what the services have, by name. What a program imports of them is in sdk/, which loads this
 * with the first question.
 */
import { z } from "zod";
import type { PropertyMap, Path } from "../../common/json";
import { openBatchTask, openServiceTask, openVideoAnalysisJob } from "../../fronts/dynamic/composition";
import { secretPaths } from "../../core/schema/secrets";
import { batchTask } from "../batch-task/definition";
import { serviceTask } from "../service-task/definition";
import { videoAnalysisJob } from "../video-analysis-job/definition";
import { listEdgePools, listUserServices, listVideoGroups, listVideoSources } from "./catalog";
import { argumentFromText } from "./from-text";
import { getTask } from "./get-task";
import { batchList } from "./list-batches";
import { listServiceTasks, listVideoAnalysisJobs } from "./list-tasks";
import type { Lister } from "./listing";
import { argumentsOf, type GetLookup, type ListLookup } from "./lookup";
import { getService, listServices } from "./services";
import type { ConfigureRequest } from "../../fronts/dynamic/configuration";
import { LookupScope, requestOf, type LookupConfiguration } from "./scope";

export type { Lister } from "./listing";
export type { LookupConfiguration } from "./scope";

const getBatchTask = getTask(batchTask, {
  service: "vias",
  open: openBatchTask,
  settings: {
    batchDetail: { key: "video-analysis:batchDetail", type: z.enum(["sample", "all"]).optional() },
  },
});

const GETS = {
  getServiceTask: getTask(serviceTask, { service: "modelarts", open: openServiceTask }),
  getBatchTask,
  getVideoAnalysisJob: getTask(videoAnalysisJob, { service: "iva", open: openVideoAnalysisJob }),
  getService,
} as const satisfies Record<string, GetLookup>;

const LISTS = {
  listServiceTasks,
  listBatchTasks: batchList(getBatchTask),
  listVideoAnalysisJobs,
  listServices,
  listVideoGroups,
  listVideoSources,
  listUserServices,
  listEdgePools,
} as const satisfies Record<string, ListLookup>;

/** By name. */
export const LOOKUPS = { ...GETS, ...LISTS };

export type GetName = keyof typeof GETS;
export type ListName = keyof typeof LISTS;

/**
 * One entry.
 *
 * @throws `NOT_FOUND` where there is no such thing, `INVALID_LOOKUP` for arguments that the lookup does not take
 */
export async function get(
  name: GetName,
  args: PropertyMap,
  configuration: LookupConfiguration,
): Promise<PropertyMap> {
  const lookup: GetLookup = GETS[name];
  return lookup.get(new LookupScope(requestOf(configuration)), argumentsOf(name, lookup, args));
}

/** A list; nothing is asked for yet but the project's id, where only its name is known. */
export function list(name: ListName, args: PropertyMap, configuration: LookupConfiguration): Promise<Lister> {
  return listWith(name, args, requestOf(configuration));
}

/** The same, as a command asks. */
export async function listWith(
  name: ListName,
  args: PropertyMap,
  request: ConfigureRequest,
): Promise<Lister> {
  const lookup: ListLookup = LISTS[name];
  return lookup.open(new LookupScope(request), argumentsOf(name, lookup, args));
}

/** The arguments of a list, of which each is a text. */
export function argumentsFromTexts(name: ListName, texts: Readonly<Record<string, string>>): PropertyMap {
  const lookup: ListLookup = LISTS[name];
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, argumentFromText(lookup.arguments, key, text)]),
  );
}

/** Where an entry holds values that are known to be sensitive. */
export function secretsOf(name: GetName | ListName, entry: unknown): readonly Path[] {
  return secretPaths(LOOKUPS[name].entry, entry);
}
