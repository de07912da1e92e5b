/** The lookup of each kind of list, the arguments that options stand for, and the columns of its table. */
import type { z } from "zod";
import type { PropertyMap } from "../../../provider/common/json";
import { metaOf } from "../../../provider/core/schema/field";
import type { ListName } from "../../../provider/services/lookups";
import { LOOKUPS } from "../../../provider/services/lookups/registry";
import type { ListKind } from "./options";

/** A title, and a member of the entry or what a cell is made from; undefined for an empty cell. */
export type Column = readonly [title: string, value: string | ((entry: PropertyMap) => unknown)];

export interface ListView {
  readonly lookup: ListName;
  readonly columns: readonly Column[];
}

const ID: Column = ["ID", "id"];
const NAME: Column = ["NAME", "name"];
const STATE: Column = ["STATE", "state"];
const CREATED: Column = ["CREATED", "createdAt"];
const CHANGED: Column = ["CHANGED", "updatedAt"];

/** The word of a source's status, and the ids of its groups. */
const STATUS_OF_SOURCE: Column = [
  "STATUS",
  ({ status }) => (status as { status?: string } | undefined)?.status,
];
const GROUPS: Column = [
  "GROUPS",
  ({ videoPackages }) =>
    (videoPackages as { videoGroupId?: string }[] | undefined)
      ?.map(({ videoGroupId }) => videoGroupId)
      .join(","),
];

export const LIST_VIEWS: Readonly<Record<ListKind, ListView>> = {
  services: {
    lookup: "listServices",
    columns: [ID, NAME, ["STATUS", "status"], ["KIND", "inferType"], ["PUBLISHED", "createdAt"]],
  },
  "service-tasks": { lookup: "listServiceTasks", columns: [ID, NAME, STATE, CREATED, CHANGED] },
  "batch-tasks": {
    lookup: "listBatchTasks",
    columns: [ID, NAME, STATE, ["TASKS", "taskCount"], ["ALGORITHM", "algName"], CREATED],
  },
  jobs: { lookup: "listVideoAnalysisJobs", columns: [ID, NAME, STATE, CREATED, CHANGED] },
  "video-groups": {
    lookup: "listVideoGroups",
    columns: [ID, NAME, ["ACCESS", "accessType"], ["SOURCES", "numVideoSource"], ["BATCHES", "numBatchTask"]],
  },
  "video-sources": {
    lookup: "listVideoSources",
    columns: [ID, NAME, STATUS_OF_SOURCE, ["TYPE", "type"], GROUPS],
  },
  "user-services": {
    lookup: "listUserServices",
    columns: [ID, NAME, ["STATUS", "algStatus"], ["VERSION", "functionVersion"], ["API", "api"]],
  },
  "edge-pools": { lookup: "listEdgePools", columns: [ID, NAME, STATE, CREATED] },
};

/** Options that stand for an argument of the lookup. */
export const ARGUMENT_OPTIONS = ["service", "name", "state"] as const;
export type ArgumentOption = (typeof ARGUMENT_OPTIONS)[number];

/** An argument of a lookup. */
export interface Argument {
  readonly key: string;
  readonly isRequired: boolean;
  readonly meaning: string;
}

/** The argument that an option stands for, if the lookup has one: `--service` is the one that it requires. */
export function argumentFor(option: ArgumentOption, { lookup }: ListView): Argument | undefined {
  const all = Object.entries<z.ZodType>(LOOKUPS[lookup].inputs.shape).map(([key, schema]): Argument => {
    const { description: meaning = "" } = metaOf(schema) ?? {};
    return { key, isRequired: schema._zod.optin === undefined, meaning };
  });
  const isMeant: Readonly<Record<ArgumentOption, (argument: Argument) => boolean>> = {
    service: ({ isRequired }) => isRequired,
    name: ({ key }) => key === "name" || key === "nameLike",
    state: ({ key }) => ["state", "status", "statuses"].includes(key),
  };
  return all.find(isMeant[option]);
}
