/** The catalogues of VIAS: groups, sources, algorithms and edge pools. */
import { z } from "zod";
import { CatalogClient, type CatalogList, type CatalogQuery, type WireItem } from "../api/catalog";
import type { PropertyMap } from "../../common/json";
import { catalogEntry, type EntryShape } from "./catalog-entry";
import { accessType, LEVELS, poolState, serviceStatus, sourceStatus, sourceType } from "./catalog-filters";
import { EDGE_POOL, USER_SERVICE, VIDEO_GROUP, VIDEO_SOURCE } from "./catalog-shapes";
import { listInputs, notBoth, optional, pageSize } from "./inputs";
import { listerOf, type ListSource } from "./listing";
import { type ListLookup, listLookup } from "./lookup";

/** Bounds of a page of groups, sources and algorithms, and of edge pools (API definitions). */
const MIN_PAGE = 5;
const MAX_PAGE = 200;
const MAX_POOL_PAGE = 1000;

/** Arguments that every list has beside its filters. */
interface Paging {
  readonly pageSize?: number | undefined;
  readonly limit?: number | undefined;
  readonly details?: boolean | undefined;
}

interface Catalog<Inputs extends z.ZodObject> extends Pick<
  ListLookup<Inputs>,
  "inputs" | "summary" | "example" | "source"
> {
  readonly list: CatalogList;
  readonly shape: EntryShape;
  /** Largest page, which is the default. */
  readonly maxPage: number;
  readonly query: (inputs: z.infer<Inputs>) => CatalogQuery;
  /** The call that shows one item, for lists with details. */
  readonly showPath?: (id: string) => readonly string[];
}

function catalogList<Inputs extends z.ZodObject>(name: string, catalog: Catalog<Inputs>): ListLookup<Inputs> {
  const { list, shape, maxPage, query, showPath, inputs, summary, example, source } = catalog;
  return listLookup({
    inputs,
    summary,
    example,
    source,
    entry: shape.entry,
    async open(runtime, given) {
      const deadline = () => runtime.readDeadline(name, given);
      const { location, client } = await runtime.connect("vias", { args: given }, deadline());
      const api = new CatalogClient(client);
      const { pageSize: size = maxPage, limit, details } = given as Paging;
      const order = { sort_name: shape.wire.createdAt, order_by: "asc" };
      const fixed = { ...query(given), is_paged: true, page_size: size, ...order };
      const page: ListSource<WireItem>["page"] = async (_, pages) => {
        const answer = await api.list(list, { ...fixed, page_num: pages + 1 }, deadline());
        // More than were asked for are all there are: the service does not page then.
        return { tasks: answer.entries, full: answer.entries.length + answer.unreadable === size };
      };
      const entry = async (item: WireItem): Promise<PropertyMap> => {
        const listed = catalogEntry(shape, item, location);
        if (details !== true || showPath === undefined) return listed;
        const shown = await api.show(list, showPath(item.id), deadline());
        return { ...listed, ...catalogEntry(shape, shown, location) };
      };
      return listerOf({ page, entry, countless: true }, limit);
    },
  });
}

export const listVideoGroups = catalogList("listVideoGroups", {
  summary:
    "Lists the groups of video sources in VIAS, the oldest first: where a `videoSourceGroupId` comes from.",
  example: { nameLike: "north" },
  source: "VIAS, ListVideoGroups",
  list: {
    service: "vias",
    path: ["video-group", "groups"],
    items: "video_group_list",
    id: "video_group_id",
    operation: "list of the video groups",
  },
  shape: VIDEO_GROUP,
  maxPage: MAX_PAGE,
  inputs: z.strictObject({
    nameLike: optional(
      z.string().min(1).max(20),
      "Only names with this text in them, at most 20 characters.",
    ),
    status: optional(sourceStatus, "Only groups with sources in this state."),
    accessTypes: optional(z.array(accessType).min(1), "Only groups of these kinds of access."),
    types: optional(z.array(sourceType).min(1), "Only groups with sources of one of these types."),
    hasTask: optional(
      z.boolean(),
      "`true`: only groups that batches use. What `false` leaves out is not documented; it is the service's default.",
    ),
    pageSize: pageSize(MIN_PAGE, MAX_PAGE, "Groups of one request, 5 to 200 (default)."),
    ...listInputs.shape,
  }),
  query: ({ nameLike, status, accessTypes, types, hasTask }) => ({
    name: nameLike,
    status: status === undefined ? undefined : LEVELS[status],
    access_type: accessTypes,
    type: types,
    has_task: hasTask,
  }),
});

export const listVideoSources = catalogList("listVideoSources", {
  summary: "Lists the video sources of VIAS, the oldest first: where a `videoSourceId` comes from.",
  example: { statuses: ["online"] },
  source: "VIAS, ListVideoSources",
  list: {
    service: "vias",
    path: ["source", "sources"],
    items: "video_source_list",
    id: "video_source_id",
    operation: "list of the video sources",
  },
  shape: VIDEO_SOURCE,
  maxPage: MAX_PAGE,
  inputs: notBoth(
    z.strictObject({
      nameLike: optional(
        z.string().min(1).max(255),
        "Only names with this text in them, at most 255 characters.",
      ),
      groupNameLike: optional(
        z.string().min(1).max(255),
        "Only sources of groups with this text in their names. Not together with `nameLike`.",
      ),
      groupIds: optional(
        z
          .array(z.string().regex(/^[0-9a-zA-Z_-]{1,36}$/, { error: "expected the id of a video group" }))
          .min(1),
        "Only sources of one of these groups.",
      ),
      statuses: optional(z.array(sourceStatus).min(1), "Only sources in one of these states."),
      accessTypes: optional(z.array(accessType).min(1), "Only sources with one of these kinds of access."),
      types: optional(z.array(sourceType).min(1), "Only sources of one of these types."),
      platformName: optional(z.string().min(1).max(100), "Only sources of the video platform of this name."),
      tag: optional(z.string().min(1).max(255), "Only sources with this tag."),
      pageSize: pageSize(MIN_PAGE, MAX_PAGE, "Sources of one request, 5 to 200 (default)."),
      ...listInputs.shape,
    }),
    "nameLike",
    "groupNameLike",
  ),
  query: ({ nameLike, groupNameLike, groupIds, statuses, accessTypes, types, platformName, tag }) => ({
    // The service has one text for both; the name of the source is its default.
    scope: nameLike ?? groupNameLike,
    scope_name: nameLike === undefined && groupNameLike !== undefined ? "group_name" : undefined,
    video_group_id: groupIds,
    status: statuses?.map((status) => LEVELS[status]),
    access_type: accessTypes,
    type: types,
    platform_name: platformName,
    tag,
  }),
});

export const listUserServices = catalogList("listUserServices", {
  summary:
    "Lists the algorithms of VIAS that the project has, the oldest first: where the `serviceName` of a batch comes from.",
  example: { details: true },
  source: "VIAS, ListUserServices and ShowServiceDetail",
  list: {
    service: "vias",
    path: ["algorithm", "services", "user"],
    items: "service_list",
    id: "service_id",
    operation: "list of the algorithms",
  },
  shape: USER_SERVICE,
  maxPage: MAX_PAGE,
  inputs: z.strictObject({
    nameLike: optional(z.string().min(1), "Only names with this text in them."),
    statuses: optional(z.array(serviceStatus).min(1), "Only algorithms in one of these states."),
    details: optional(
      z.boolean(),
      "Whether to ask for each one by itself too, which alone shows `api`; that is one more request each.",
    ),
    pageSize: pageSize(MIN_PAGE, MAX_PAGE, "Algorithms of one request, 5 to 200 (default)."),
    ...listInputs.shape,
  }),
  query: ({ nameLike, statuses }) => ({ name_like: nameLike, alg_status: statuses }),
  showPath: (id) => ["algorithm", "services", id],
});

/**
 * VIAS only: no document of VAS lists the pools that its jobs run in. The definition and the SDK page by number, a newer
 * page by `limit` and `offset` with a default of 1000, which answers a first page of the same size.
 */
export const listEdgePools = catalogList("listEdgePools", {
  summary: "Lists the edge pools of VIAS, the oldest first.",
  example: { state: "Running" },
  source: "VIAS, ListEdgePools",
  list: {
    service: "vias",
    path: ["edge-pools"],
    items: "edge_pools",
    id: "id",
    operation: "list of the edge pools",
  },
  shape: EDGE_POOL,
  maxPage: MAX_POOL_PAGE,
  inputs: z.strictObject({
    nameLike: optional(
      z
        .string()
        .regex(/^[a-z0-9-]{1,30}$/, { error: "expected 1 to 30 lower-case letters, digits and hyphens" }),
      "Only names with this text in them: 1 to 30 lower-case letters, digits and hyphens.",
    ),
    state: optional(poolState, "Only pools in this state."),
    pageSize: pageSize(1, MAX_POOL_PAGE, "Pools of one request, 1 to 1000 (default)."),
    ...listInputs.shape,
  }),
  query: ({ nameLike, state }) => ({ name_like: nameLike, state }),
});
