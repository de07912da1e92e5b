/** Each list: its lookup, the arguments behind the options, and the columns of its table. */
import type { PropertyMap } from "../../../provider/common/json";
import type { ListName } from "../../../provider/services/lookups";
import type { ListKind } from "./options";

export interface Column {
  readonly title: string;
  /** Undefined for an empty cell. */
  readonly value: (entry: PropertyMap) => unknown;
}

export interface ListView {
  readonly lookup: ListName;
  readonly service?: { readonly argument: string; readonly hint: string };
  readonly name: string;
  readonly state: string;
  readonly columns: readonly Column[];
}

const column = (title: string, key: string): Column => ({ title, value: (entry) => entry[key] });

const ID = column("ID", "id");
const NAME = column("NAME", "name");
const STATE = column("STATE", "state");
const CREATED = column("CREATED", "createdAt");
const CHANGED = column("CHANGED", "updatedAt");

/** The words of a source's status, and the ids of its groups. */
const STATUS_OF_SOURCE: Column = {
  title: "STATUS",
  value: ({ status }) => (status as { status?: string } | undefined)?.status,
};
const GROUPS: Column = {
  title: "GROUPS",
  value: ({ videoPackages }) =>
    (videoPackages as { videoGroupId?: string }[] | undefined)
      ?.map(({ videoGroupId }) => videoGroupId)
      .join(","),
};

export const LIST_VIEWS: Readonly<Record<ListKind, ListView>> = {
  services: {
    lookup: "listServices",
    name: "name",
    state: "status",
    columns: [
      ID,
      NAME,
      column("STATUS", "status"),
      column("KIND", "inferType"),
      column("PUBLISHED", "createdAt"),
    ],
  },
  "service-tasks": {
    lookup: "listServiceTasks",
    service: {
      argument: "serviceId",
      hint: "an id of `video-analysis ls services`",
    },
    name: "nameLike",
    state: "state",
    columns: [ID, NAME, STATE, CREATED, CHANGED],
  },
  "batch-tasks": {
    lookup: "listBatchTasks",
    name: "nameLike",
    state: "state",
    columns: [ID, NAME, STATE, column("TASKS", "taskCount"), column("ALGORITHM", "algName"), CREATED],
  },
  jobs: {
    lookup: "listVideoAnalysisJobs",
    service: {
      argument: "serviceName",
      hint: "the name of a VAS service, which no call lists",
    },
    name: "nameLike",
    state: "state",
    columns: [ID, NAME, STATE, CREATED, CHANGED],
  },
  "video-groups": {
    lookup: "listVideoGroups",
    name: "nameLike",
    state: "status",
    columns: [
      ID,
      NAME,
      column("ACCESS", "accessType"),
      column("SOURCES", "numVideoSource"),
      column("BATCHES", "numBatchTask"),
    ],
  },
  "video-sources": {
    lookup: "listVideoSources",
    name: "nameLike",
    state: "statuses",
    columns: [ID, NAME, STATUS_OF_SOURCE, column("TYPE", "type"), GROUPS],
  },
  "user-services": {
    lookup: "listUserServices",
    name: "nameLike",
    state: "statuses",
    columns: [
      ID,
      NAME,
      column("STATUS", "algStatus"),
      column("VERSION", "functionVersion"),
      column("API", "api"),
    ],
  },
  "edge-pools": {
    lookup: "listEdgePools",
    name: "nameLike",
    state: "state",
    columns: [ID, NAME, STATE, CREATED],
  },
};
