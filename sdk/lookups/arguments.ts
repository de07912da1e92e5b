/** What the lookups are asked with. */
import type { SUB_TASK_STATES, TASK_STATES } from "../../provider/services/shapes/states";

type TaskState = (typeof TASK_STATES)[number];
type BatchState = (typeof SUB_TASK_STATES)[number];

/** Arguments of all lookups. */
export interface LookupArgs {
  /** Region of the service; default: the configured one. */
  region?: string | undefined;
  /** Longest time for one answer, for each page of a list; default 5 minutes. */
  timeouts?: { readonly read?: string | undefined } | undefined;
}

/** Arguments of all lists. */
export interface ListArgs extends LookupArgs {
  /** Most entries; default: all. */
  limit?: number | undefined;
}

/** Bounds of the time of creation. */
export interface CreationArgs {
  /** Only what was created then or later, RFC 3339 (`2026-03-01T00:00:00Z`). */
  createdSince?: string | undefined;
  /** Only what was created then or earlier, RFC 3339. */
  createdUntil?: string | undefined;
}

export interface GetServiceTaskArgs extends LookupArgs {
  /** `<serviceId>/<taskId>`; several tasks of one resource: `<serviceId>/<taskId>,<taskId>`. */
  id: string;
}

export interface ListServiceTasksArgs extends ListArgs, CreationArgs {
  /** Id of the ModelArts service, as `listServices` tells it. */
  serviceId: string;
  /**
   * `"ief"`: the service itself filters, and lists the oldest first. `"edge"`, or left out: ModelArts Edge takes no
   * filters, so that all pages are read and filtered here, in the service's own order.
   */
  platform?: "edge" | "ief" | undefined;
  /** Only tasks in this state. */
  state?: TaskState | undefined;
  /** Only names with this text in them. Filtered here, letter case does not count; on IEF it is for the service to say. */
  nameLike?: string | undefined;
  /** Tasks of one request, 1 to 100 (default): ModelArts documents no maximum, its example asks for 100. */
  pageSize?: number | undefined;
}

export interface GetBatchTaskArgs extends LookupArgs {
  /** Id of the batch. */
  id: string;
  /**
   * `"all"` looks at every sub-task, which takes a request for each; `"sample"` at a few of each state, and tells
   * `batchInput` only of a batch that these are all of. Default: the configured `batchDetail`, else `"sample"`.
   */
  batchDetail?: "sample" | "all" | undefined;
}

export interface ListBatchTasksArgs extends ListArgs {
  /** Only names with this text in them, at most 100 characters. */
  nameLike?: string | undefined;
  /** Only batches of algorithms with this text in their names. Not together with `nameLike`. */
  serviceNameLike?: string | undefined;
  /** Only batches with a sub-task in this state. */
  state?: BatchState | undefined;
  /** Only batches with one of these video groups. Whether names or ids are meant is not documented. */
  videoGroups?: string[] | undefined;
  /** Only algorithms of this vendor, 2 to 64 characters. */
  company?: string | undefined;
  /** Only algorithms of this title, 2 to 64 characters. */
  title?: string | undefined;
  /** Whether to look at each batch as `getBatchTask` does, for its arguments; that takes two or more requests each. */
  details?: boolean | undefined;
  /** Batches of one request, 5 to 200 (default). */
  pageSize?: number | undefined;
}

export interface GetVideoAnalysisJobArgs extends LookupArgs {
  /** `<serviceName>/<taskId>`; several jobs of one resource: `<serviceName>/<taskId>,<taskId>`. */
  id: string;
}

export interface ListVideoAnalysisJobsArgs extends ListArgs, CreationArgs {
  /** Name of the VAS service. */
  serviceName: string;
  /** Only jobs of this version of the service. */
  serviceVersion?: string | undefined;
  /** Only jobs in this state. */
  state?: TaskState | undefined;
  /** Only names with this text in them. */
  nameLike?: string | undefined;
  /** Only ids with this text in them: 1 to 32 lower-case letters and digits. */
  idLike?: string | undefined;
  /** Jobs of one request, 1 to 1000 (default); where the service takes only 100, these are asked for. */
  pageSize?: number | undefined;
}

/** How a video source is connected. */
export type VideoSourceType = "ivm" | "restful" | "url" | "vcn" | "obs" | "camera" | "vcn_restful";

/** The state of a video source. */
export type VideoSourceStatus = "online" | "offline" | "abnormal";

export interface GetServiceArgs extends LookupArgs {
  /** Id of the service. */
  id: string;
}

export interface ListServicesArgs extends ListArgs {
  /** Only services of this name. Whether a part of it is enough is not documented. */
  name?: string | undefined;
  /** Only services of this kind; `"edge"` is in the newer definition only. */
  inferType?: "real-time" | "batch" | "edge" | undefined;
  /** Only services in this status. */
  status?:
    | "running"
    | "deploying"
    | "concerning"
    | "failed"
    | "stopped"
    | "finished"
    | "stopping"
    | "deleting"
    | "pending"
    | "waiting"
    | undefined;
  /** Only services of this model (AI application). */
  modelId?: string | undefined;
  /** Only services of this workspace; whoever made none has `"0"`. */
  workspaceId?: string | undefined;
  /** Only services with this tag; its form is not documented. */
  tags?: string | undefined;
  /** Services of one request, 1 to 1000 (default). */
  pageSize?: number | undefined;
}

export interface ListVideoGroupsArgs extends ListArgs {
  /** Only names with this text in them, at most 20 characters. */
  nameLike?: string | undefined;
  /** Only groups with sources in this state. */
  status?: VideoSourceStatus | undefined;
  /** Only groups of these kinds of access. */
  accessTypes?: ("cloud" | "edge")[] | undefined;
  /** Only groups with sources of one of these types. */
  types?: VideoSourceType[] | undefined;
  /** `true`: only groups that batches use. What `false` leaves out is not documented; it is the service's default. */
  hasTask?: boolean | undefined;
  /** Groups of one request, 5 to 200 (default). */
  pageSize?: number | undefined;
}

export interface ListVideoSourcesArgs extends ListArgs {
  /** Only names with this text in them, at most 255 characters. */
  nameLike?: string | undefined;
  /** Only sources of groups with this text in their names. Not together with `nameLike`. */
  groupNameLike?: string | undefined;
  /** Only sources of one of these groups. */
  groupIds?: string[] | undefined;
  /** Only sources in one of these states. */
  statuses?: VideoSourceStatus[] | undefined;
  /** Only sources with one of these kinds of access. */
  accessTypes?: ("cloud" | "edge")[] | undefined;
  /** Only sources of one of these types. */
  types?: VideoSourceType[] | undefined;
  /** Only sources of the video platform of this name. */
  platformName?: string | undefined;
  /** Only sources with this tag. */
  tag?: string | undefined;
  /** Sources of one request, 5 to 200 (default). */
  pageSize?: number | undefined;
}

/** The status of an algorithm. */
export type UserServiceStatus =
  | "service_running"
  | "service_deploying"
  | "service_failed"
  | "service_stopping"
  | "service_stopped"
  | "service_upgrading"
  | "service_finished"
  | "service_concerning"
  | "not_deployed";

export interface ListUserServicesArgs extends ListArgs {
  /** Only names with this text in them. */
  nameLike?: string | undefined;
  /** Only algorithms in one of these states. */
  statuses?: UserServiceStatus[] | undefined;
  /** Whether to ask for each one by itself too, which alone tells `api`; that is one more request each. */
  details?: boolean | undefined;
  /** Algorithms of one request, 5 to 200 (default). */
  pageSize?: number | undefined;
}

export interface ListEdgePoolsArgs extends ListArgs {
  /** Only names with this text in them: 1 to 30 lower-case letters, digits and hyphens. */
  nameLike?: string | undefined;
  /** Only pools in this state. */
  state?: "Running" | "Abnormal" | undefined;
  /** Pools of one request, 1 to 1000 (default). */
  pageSize?: number | undefined;
}
