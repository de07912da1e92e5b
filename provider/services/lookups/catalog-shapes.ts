/** The members of the entries of catalogues. What the service leaves out, or leaves empty, is absent. */
import { z } from "zod";
import { field } from "../../core/schema/field";
import { entryShape } from "./catalog-entry";

const text = (description: string) => field(z.string().optional(), { description });
const count = (description: string) => field(z.number().optional(), { description });
const truth = (description: string) => field(z.boolean().optional(), { description });
const texts = (description: string) => field(z.array(z.string()).optional(), { description });

const description = text("Description at the service.");

/** ModelArts, Obtaining Services (table 5) and Obtaining Service Details (table 3). */
export const SERVICE = entryShape(
  { name: "service_name", createdAt: "publish_at", updatedAt: "transition_at" },
  {
    typeName: "ServiceEntry",
    description: "A ModelArts service: its `id` is the `serviceId` of service tasks.",
    createdAt: "When it was last published",
    updatedAt: "When its status last changed",
  },
  {
    description,
    status: text("`running`, `deploying`, `concerning`, `failed`, `stopped`, `finished`, …"),
    inferType: text("`real-time`, `batch` or `edge`."),
    owner: text("User whom it belongs to."),
    workspaceId: text("Workspace that it belongs to."),
    isShared: truth("Whether it is subscribed from somebody else."),
    progress: count("Percentage of a deployment that is under way."),
    invocationTimes: count("Number of invocations."),
    failedTimes: count("Number of failed invocations."),
    clusterId: text("Dedicated or edge pool. Only `getService` shows it, as it does the next three."),
    poolName: text("Name of the pool."),
    accessAddress: text("Address of a real-time service."),
    errorMsg: text("Why a deployment failed."),
  },
);

const groupStatus = field(
  z.object({
    numOnline: count("Sources that are online."),
    numException: count("Sources that are abnormal."),
    numOffline: count("Sources that are offline."),
  }),
  { description: "How many sources of a group are in each state.", typeName: "VideoGroupStatus" },
);

/** VideoGroupListInfoDto. */
export const VIDEO_GROUP = entryShape(
  { name: "video_group_name", createdAt: "create_at", updatedAt: "modify_at" },
  {
    typeName: "VideoGroupEntry",
    description: "A group of video sources: its `id` is a `videoSourceGroupId` of batches.",
  },
  {
    accessType: text("`cloud` or `edge`."),
    type: text("Type of the sources in it."),
    numVideoSource: count("Number of sources."),
    numBatchTask: count("Number of batches that use it."),
    groupStatus: field(groupStatus.optional(), { description: "How many sources are in each state." }),
  },
);

const sourceStatus = field(
  z.object({
    level: text("`1`, `2` or `9`: online, offline, abnormal."),
    name: text("Name of the status."),
    status: text("The service's word for it."),
  }),
  { description: "The status of a video source.", typeName: "VideoSourceReport" },
);

const sourcePackage = field(
  z.object({ videoGroupId: text("Id of the group."), videoGroupName: text("Name of the group.") }),
  { description: "A group that a video source is in.", typeName: "VideoSourcePackage" },
);

/**
 * ListVideoSourceInfoDto, without `type_config`: it is XML that may hold the password of a camera's server, and says
 * nothing that a batch needs.
 */
export const VIDEO_SOURCE = entryShape(
  { name: "video_source_name", createdAt: "create_at" },
  {
    typeName: "VideoSourceEntry",
    description:
      "A video source: its `id` is a `videoSourceId` of batches. The service also shows how it is connected " +
      "(`type_config`), passwords included; that is left out.",
  },
  {
    status: field(sourceStatus.optional(), {
      description: "`level` 1, 2 or 9 (online, offline, abnormal), with the service's words for it.",
    }),
    accessType: text("`cloud` or `edge`."),
    type: text("Such as `url`, `vcn` or `camera`."),
    streamPath: field(z.string().optional(), { description: "Address of the stream.", secret: "url" }),
    tag: texts("Labels."),
    numTasks: count("Number of tasks that analyse it."),
    latitude: text("Degrees, as text."),
    longitude: text("Degrees, as text."),
    videoSourceQuality: texts("Faults of the picture, in the service's words."),
    videoPackages: field(z.array(sourcePackage).optional(), { description: "Groups that it is in." }),
  },
);

/** ServicesListInfoDto, and GetServiceDetailDto, which alone has `api`. */
export const USER_SERVICE = entryShape(
  { name: "service_name", createdAt: "created_at", updatedAt: "updated_at" },
  {
    typeName: "UserServiceEntry",
    description:
      "An algorithm of VIAS. Batches name it by `api`, as the documents explain `service_name`, which lists leave out: ask " +
      "with `details`. Which of `functionVersion` and `algVersion` is the `serviceVersion` of batches is not documented; " +
      "the examples of batches look like the former.",
    updatedAt: "Only with `details`: when it was last changed",
  },
  {
    description,
    api: text("The `serviceName` of batches; only with `details`."),
    algId: text("Id of the algorithm itself."),
    algClass: text("`self` or `partner`."),
    algStatus: text("Such as `service_running` or `not_deployed`."),
    algVersion: text("Version of the algorithm."),
    algVersions: texts("Earlier versions; only with `details`."),
    functionVersion: text("Version of its function."),
    deployType: text("`cloud` or `edge`."),
    requestMode: text("`sync` or `async`."),
    company: text("Vendor."),
    packageId: text("Id of its package."),
    packageName: text("Name of its package."),
    poolId: text("Pool that it is deployed in; only with `details`."),
    tags: texts("Labels."),
    canUpdate: truth("Whether it can be upgraded."),
    newAlgId: text("The algorithm that it can be upgraded to."),
    errorMsg: text("Why it does not run."),
  },
);

/** EdgePoolListItemDto. */
export const EDGE_POOL = entryShape(
  { name: "name", createdAt: "created_at", updatedAt: "updated_at" },
  {
    typeName: "EdgePoolEntry",
    description:
      "A pool of edge nodes of VIAS. Whether VAS, whose jobs take an `edgePoolId`, has the same pools is not documented, " +
      "nor is a list of its own.",
  },
  {
    description,
    state: text("`Running` or `Abnormal`."),
    workspaceId: text("Workspace that it belongs to."),
  },
);
