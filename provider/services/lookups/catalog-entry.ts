/** Entries of catalogues: the documented members of an answer, in camelCase. */
import { z } from "zod";
import type { WireItem } from "../api/catalog";
import { defined, type PropertyMap } from "../../common/json";
import type { Location } from "../../core/contract";
import { field } from "../../core/schema/field";
import { fromWire } from "../../core/schema/wire";

/** Which members stand for the name and the times that all entries have, and what else there is. */
export interface EntryShape {
  readonly name: string;
  readonly createdAt?: string;
  readonly updatedAt?: string;
  readonly facts: z.ZodObject;
}

const text = () => z.string().optional();
const count = () => z.number().optional();
const truth = () => z.boolean().optional();
const texts = () => z.array(z.string()).optional();

/** Milliseconds since 1970 in all of these lists, at times printed as text. */
function timeOf(value: unknown): string | undefined {
  const ms = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof ms !== "number") return undefined;
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** The value where it has the documented type, also of a number that stands for a text (a workspace 0). */
function inType(schema: z.ZodType, value: unknown): unknown {
  if (schema.safeParse(value).success) return value;
  return typeof value === "number" && schema.safeParse(String(value)).success ? String(value) : undefined;
}

/** A member of another type than the documents give it is left out, rather than the whole list refused. */
export function catalogEntry(
  shape: EntryShape,
  item: WireItem,
  { region, projectId, endpoint }: Location,
): PropertyMap {
  const members = fromWire(shape.facts, item) as PropertyMap;
  const facts = Object.entries(shape.facts.shape as Record<string, z.ZodType>).flatMap(([key, schema]) => {
    const value = inType(schema, members[key]);
    return value === undefined || value === "" ? [] : [[key, value] as const];
  });
  const name = item[shape.name];
  const time = (key: string | undefined): string | undefined =>
    key === undefined ? undefined : timeOf(item[key]);
  return {
    id: item.id,
    name: typeof name === "string" ? name : "",
    ...defined({ createdAt: time(shape.createdAt), updatedAt: time(shape.updatedAt) }),
    ...Object.fromEntries(facts),
    region,
    projectId,
    endpoint,
  };
}

/** ModelArts, Obtaining Services (table 5) and Obtaining Service Details (table 3). */
export const SERVICE: EntryShape = {
  name: "service_name",
  createdAt: "publish_at",
  updatedAt: "transition_at",
  facts: z.object({
    description: text(),
    status: text(),
    inferType: text(),
    owner: text(),
    workspaceId: text(),
    isShared: truth(),
    progress: count(),
    invocationTimes: count(),
    failedTimes: count(),
    clusterId: text(),
    poolName: text(),
    accessAddress: text(),
    errorMsg: text(),
  }),
};

/** VideoGroupListInfoDto. */
export const VIDEO_GROUP: EntryShape = {
  name: "video_group_name",
  createdAt: "create_at",
  updatedAt: "modify_at",
  facts: z.object({
    accessType: text(),
    type: text(),
    numVideoSource: count(),
    numBatchTask: count(),
    groupStatus: z.object({ numOnline: count(), numException: count(), numOffline: count() }).optional(),
  }),
};

/**
 * ListVideoSourceInfoDto, without `type_config`: it is XML that may hold the password of a camera's server, and says
 * nothing that a batch needs.
 */
export const VIDEO_SOURCE: EntryShape = {
  name: "video_source_name",
  createdAt: "create_at",
  facts: z.object({
    status: z.object({ level: text(), name: text(), status: text() }).optional(),
    accessType: text(),
    type: text(),
    streamPath: field(text(), { description: "Address of the stream.", secret: "url" }),
    tag: texts(),
    numTasks: count(),
    latitude: text(),
    longitude: text(),
    videoSourceQuality: texts(),
    videoPackages: z.array(z.object({ videoGroupId: text(), videoGroupName: text() })).optional(),
  }),
};

/** ServicesListInfoDto, and GetServiceDetailDto, which alone has `api`. */
export const USER_SERVICE: EntryShape = {
  name: "service_name",
  createdAt: "created_at",
  updatedAt: "updated_at",
  facts: z.object({
    description: text(),
    algId: text(),
    algClass: text(),
    algStatus: text(),
    algVersion: text(),
    algVersions: texts(),
    functionVersion: text(),
    deployType: text(),
    requestMode: text(),
    company: text(),
    packageId: text(),
    packageName: text(),
    poolId: text(),
    tags: texts(),
    canUpdate: truth(),
    newAlgId: text(),
    errorMsg: text(),
    api: text(),
  }),
};

/** EdgePoolListItemDto. */
export const EDGE_POOL: EntryShape = {
  name: "name",
  createdAt: "created_at",
  updatedAt: "updated_at",
  facts: z.object({ description: text(), state: text(), workspaceId: text() }),
};
