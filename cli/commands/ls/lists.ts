/** The lookup of each kind of list, the arguments that options stand for, and the columns of its table. */
import type { z } from "zod";
import type { PropertyMap } from "../../../provider/common/json";
import { metaOf } from "../../../provider/core/schema/field";
import type { ListName } from "../../../provider/services/lookups";
import { LOOKUPS } from "../../../provider/services/lookups/registry";
import { ageOf } from "../../output/age";
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
const AGE: Column = ["AGE", ({ createdAt }) => ageOf(createdAt, Date.now())];

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

export const TASK_COLUMNS: readonly Column[] = [NAME, STATE, AGE, ID];

/** Of tasks of several kinds. */
export const MIXED_COLUMNS: readonly Column[] = [NAME, STATE, AGE, ["TYPE", "type"], ID];

export const LIST_VIEWS: Readonly<Record<ListKind, ListView>> = {
  services: {
    lookup: "listServices",
    columns: [NAME, ["STATUS", "status"], ["KIND", "inferType"], AGE, ID],
  },
  "service-tasks": { lookup: "listServiceTasks", columns: TASK_COLUMNS },
  "batch-tasks": {
    lookup: "listBatchTasks",
    columns: [NAME, STATE, ["TASKS", "taskCount"], ["ALGORITHM", "algName"], AGE, ID],
  },
  jobs: { lookup: "listVideoAnalysisJobs", columns: TASK_COLUMNS },
  "video-groups": {
    lookup: "listVideoGroups",
    columns: [NAME, ["ACCESS", "accessType"], ["SOURCES", "numVideoSource"], ["BATCHES", "numBatchTask"], ID],
  },
  "video-sources": {
    lookup: "listVideoSources",
    columns: [NAME, STATUS_OF_SOURCE, ["TYPE", "type"], GROUPS, ID],
  },
  "user-services": {
    lookup: "listUserServices",
    columns: [NAME, ["STATUS", "algStatus"], ["VERSION", "functionVersion"], ["API", "api"], ID],
  },
  "edge-pools": { lookup: "listEdgePools", columns: TASK_COLUMNS },
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
