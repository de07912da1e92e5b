/** What the lookups of catalogues answer. Members that the service leaves out, or leaves empty, are absent. */
import type { Place } from "./entries";

interface CatalogEntry extends Place {
  /** Id, as arguments of resources take it. */
  id: string;
  /** Name at the service. */
  name: string;
  description?: string;
}

/** A ModelArts service: its `id` is the `serviceId` of service tasks. */
export interface ServiceEntry extends CatalogEntry {
  /** `running`, `deploying`, `concerning`, `failed`, `stopped`, `finished`, … */
  status?: string;
  /** `real-time`, `batch` or `edge`. */
  inferType?: string;
  /** When it was last published, RFC 3339. */
  createdAt?: string;
  /** When its status last changed, RFC 3339. */
  updatedAt?: string;
  /** User whom it belongs to. */
  owner?: string;
  workspaceId?: string;
  /** Whether it is subscribed from somebody else. */
  isShared?: boolean;
  /** Percentage of a deployment that is under way. */
  progress?: number;
  invocationTimes?: number;
  failedTimes?: number;
  /** Dedicated or edge pool; only `getService` tells it, as it does the next three. */
  clusterId?: string;
  poolName?: string;
  /** Address of a real-time service. */
  accessAddress?: string;
  /** Why a deployment failed. */
  errorMsg?: string;
}

/** A group of video sources: its `id` is a `videoSourceGroupId` of batches. */
export interface VideoGroupEntry extends CatalogEntry {
  /** `cloud` or `edge`. */
  accessType?: string;
  /** Type of the sources in it. */
  type?: string;
  /** Number of sources. */
  numVideoSource?: number;
  /** Number of batches that use it. */
  numBatchTask?: number;
  /** How many sources are in each state. */
  groupStatus?: { numOnline?: number; numException?: number; numOffline?: number };
  /** RFC 3339. */
  createdAt?: string;
  /** RFC 3339. */
  updatedAt?: string;
}

/**
 * A video source: its `id` is a `videoSourceId` of batches. The service also shows how it is connected (`type_config`),
 * passwords included; that is left out.
 */
export interface VideoSourceEntry extends CatalogEntry {
  /** `level` 1, 2 or 9 (online, offline, abnormal), with the service's words for it. */
  status?: { level?: string; name?: string; status?: string };
  /** `cloud` or `edge`. */
  accessType?: string;
  /** Such as `url`, `vcn` or `camera`. */
  type?: string;
  /** Address of the stream; may hold credentials, which the plain functions return as they come. */
  streamPath?: string;
  /** Labels. */
  tag?: string[];
  /** Number of tasks that analyse it. */
  numTasks?: number;
  /** Degrees, as text. */
  latitude?: string;
  longitude?: string;
  /** What is wrong with the picture, in the service's words. */
  videoSourceQuality?: string[];
  /** Groups that it is in. */
  videoPackages?: { videoGroupId?: string; videoGroupName?: string }[];
  /** RFC 3339. */
  createdAt?: string;
}

/**
 * An algorithm of VIAS. Batches name it by `api`, as the documents explain `service_name`, which lists leave out: ask with
 * `details`. Which of `functionVersion` and `algVersion` is the `serviceVersion` of batches is not documented; the
 * examples of batches look like the former.
 */
export interface UserServiceEntry extends CatalogEntry {
  /** The `serviceName` of batches; only with `details`. */
  api?: string;
  algId?: string;
  /** `self` or `partner`. */
  algClass?: string;
  /** Such as `service_running` or `not_deployed`. */
  algStatus?: string;
  algVersion?: string;
  /** Earlier versions; only with `details`. */
  algVersions?: string[];
  functionVersion?: string;
  /** `cloud` or `edge`. */
  deployType?: string;
  /** `sync` or `async`. */
  requestMode?: string;
  /** Vendor. */
  company?: string;
  packageId?: string;
  packageName?: string;
  /** Pool that it is deployed in; only with `details`. */
  poolId?: string;
  tags?: string[];
  canUpdate?: boolean;
  /** The algorithm that it can be upgraded to. */
  newAlgId?: string;
  /** What is wrong with it. */
  errorMsg?: string;
  /** RFC 3339. */
  createdAt?: string;
  /** RFC 3339; only with `details`. */
  updatedAt?: string;
}

/**
 * A pool of edge nodes of VIAS. Whether VAS, whose jobs take an `edgePoolId`, has the same pools is not documented, nor is
 * a list of its own.
 */
export interface EdgePoolEntry extends CatalogEntry {
  /** `Running` or `Abnormal`. */
  state?: string;
  workspaceId?: string;
  /** RFC 3339. */
  createdAt?: string;
  /** RFC 3339. */
  updatedAt?: string;
}
