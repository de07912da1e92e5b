/** Lookups of what tasks are made of, so that no id has to be copied from a console. None of them changes anything. */
import type * as pulumi from "@pulumi/pulumi";
import type {
  GetServiceArgs,
  ListEdgePoolsArgs,
  ListServicesArgs,
  ListUserServicesArgs,
  ListVideoGroupsArgs,
  ListVideoSourcesArgs,
} from "./arguments";
import { get, getOutput, list, listOutput } from "./ask";
import type { LookupInputs } from "./ask";
import type {
  EdgePoolEntry,
  ServiceEntry,
  UserServiceEntry,
  VideoGroupEntry,
  VideoSourceEntry,
} from "./catalog-entries";
import type { LookupOptions } from "./configuration";
import type { LookupList } from "./list";

/**
 * Reads a ModelArts service.
 *
 * @throws `NOT_FOUND` where there is no such service. Source: ModelArts, Obtaining Service Details.
 */
export function getService(args: GetServiceArgs, options?: LookupOptions): Promise<ServiceEntry> {
  return get("getService", args, options);
}

/** The same with arguments that may be outputs. */
export function getServiceOutput(
  args: LookupInputs<GetServiceArgs>,
  options?: LookupOptions,
): pulumi.Output<ServiceEntry> {
  return getOutput("getService", args, options);
}

/**
 * Lists the ModelArts services of the project, those published first before others: where a `serviceId` comes from.
 *
 * Source: ModelArts, Obtaining Services.
 */
export function listServices(args?: ListServicesArgs, options?: LookupOptions): LookupList<ServiceEntry> {
  return list("listServices", args, options);
}

/** The whole list, with arguments that may be outputs. */
export function listServicesOutput(
  args?: LookupInputs<ListServicesArgs>,
  options?: LookupOptions,
): pulumi.Output<ServiceEntry[]> {
  return listOutput("listServices", args, options);
}

/**
 * Lists the groups of video sources in VIAS, the oldest first: where a `videoSourceGroupId` comes from.
 *
 * Source: VIAS, ListVideoGroups.
 */
export function listVideoGroups(
  args?: ListVideoGroupsArgs,
  options?: LookupOptions,
): LookupList<VideoGroupEntry> {
  return list("listVideoGroups", args, options);
}

/** The whole list, with arguments that may be outputs. */
export function listVideoGroupsOutput(
  args?: LookupInputs<ListVideoGroupsArgs>,
  options?: LookupOptions,
): pulumi.Output<VideoGroupEntry[]> {
  return listOutput("listVideoGroups", args, options);
}

/**
 * Lists the video sources of VIAS, the oldest first: where a `videoSourceId` comes from.
 *
 * Source: VIAS, ListVideoSources.
 */
export function listVideoSources(
  args?: ListVideoSourcesArgs,
  options?: LookupOptions,
): LookupList<VideoSourceEntry> {
  return list("listVideoSources", args, options);
}

/** The whole list, with arguments that may be outputs. A secret where the address of a stream holds credentials. */
export function listVideoSourcesOutput(
  args?: LookupInputs<ListVideoSourcesArgs>,
  options?: LookupOptions,
): pulumi.Output<VideoSourceEntry[]> {
  return listOutput("listVideoSources", args, options);
}

/**
 * Lists the algorithms of VIAS that the project has, the oldest first: where the `serviceName` of a batch comes from.
 *
 * Source: VIAS, ListUserServices and ShowServiceDetail.
 */
export function listUserServices(
  args?: ListUserServicesArgs,
  options?: LookupOptions,
): LookupList<UserServiceEntry> {
  return list("listUserServices", args, options);
}

/** The whole list, with arguments that may be outputs. */
export function listUserServicesOutput(
  args?: LookupInputs<ListUserServicesArgs>,
  options?: LookupOptions,
): pulumi.Output<UserServiceEntry[]> {
  return listOutput("listUserServices", args, options);
}

/**
 * Lists the edge pools of VIAS, the oldest first.
 *
 * Source: VIAS, ListEdgePools.
 */
export function listEdgePools(args?: ListEdgePoolsArgs, options?: LookupOptions): LookupList<EdgePoolEntry> {
  return list("listEdgePools", args, options);
}

/** The whole list, with arguments that may be outputs. */
export function listEdgePoolsOutput(
  args?: LookupInputs<ListEdgePoolsArgs>,
  options?: LookupOptions,
): pulumi.Output<EdgePoolEntry[]> {
  return listOutput("listEdgePools", args, options);
}
