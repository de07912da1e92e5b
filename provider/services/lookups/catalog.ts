/** The catalogues of VIAS: groups, sources, algorithms and edge pools. */
import { z } from "zod";
import { CatalogClient, type CatalogList, type CatalogQuery, type WireItem } from "../api/catalog";
import type { PropertyMap } from "../../common/json";
import {
  catalogEntry,
  EDGE_POOL,
  USER_SERVICE,
  VIDEO_GROUP,
  VIDEO_SOURCE,
  type EntryShape,
} from "./catalog-entry";
import { listerOf, type ListSource } from "./listing";
import { commonArguments, pagingArguments, type ListLookup } from "./lookup";

/** Pages of groups, sources and algorithms, and of edge pools (API definitions). */
const PAGE = { min: 5, max: 200 };
const POOL_PAGE = { min: 1, max: 1000 };

const ACCESS_TYPES = z.array(z.enum(["cloud", "edge"])).min(1);
/** Those of the public cloud; the definition has further ones (`RTSP_STREAM`) that are tagged as Cloud Stack's. */
const SOURCE_TYPES = z.array(z.enum(["ivm", "restful", "url", "vcn", "obs", "camera", "vcn_restful"])).min(1);

/** The words that the documents explain the digits with. */
const LEVELS = { online: "1", offline: "2", abnormal: "9" } as const;
const STATUS = z.enum(["online", "offline", "abnormal"]);
type Status = z.infer<typeof STATUS>;

interface Catalog {
  readonly list: CatalogList;
  readonly shape: EntryShape;
  readonly page: { readonly min: number; readonly max: number };
  /** What every order by time is called in this list. */
  readonly byTime: string;
  readonly filters: z.ZodRawShape;
  /** Filters of which the service takes only one. */
  readonly either?: readonly [string, string];
  readonly query: (args: PropertyMap) => CatalogQuery;
  /** The call that shows one item, for lists with details. */
  readonly showPath?: (id: string) => readonly string[];
}

function catalogList(name: string, catalog: Catalog): ListLookup {
  const { list, shape, page, byTime, filters, either = ["", ""], query, showPath } = catalog;
  return {
    arguments: z
      .strictObject({
        ...filters,
        ...(showPath === undefined ? {} : { details: z.boolean().optional() }),
        ...pagingArguments(page.min, page.max),
        ...commonArguments,
      })
      .refine((args: PropertyMap) => args[either[0]] === undefined || args[either[1]] === undefined, {
        path: [either[1]],
        error: `the service takes only one of \`${either[0]}\` and \`${either[1]}\``,
      }),
    entry: shape.facts,
    async open(runtime, args) {
      const { location, client } = await runtime.connect("vias", { args }, runtime.readDeadline(name, args));
      const api = new CatalogClient(client);
      const { pageSize: size = page.max, limit, details } = args as PropertyMap & Paging;
      const fixed = { ...query(args), is_paged: true, page_size: size, sort_name: byTime, order_by: "asc" };
      const pageOf: ListSource<WireItem>["page"] = async (_, pages) => {
        const deadline = runtime.readDeadline(name, args);
        const { entries, unreadable } = await api.list(list, { ...fixed, page_num: pages + 1 }, deadline);
        // More than were asked for are all there are: the service does not page then.
        return { tasks: entries, full: entries.length + unreadable === size };
      };
      const entry = async (item: WireItem): Promise<PropertyMap> => {
        const listed = catalogEntry(shape, item, location);
        if (details !== true || showPath === undefined) return listed;
        const shown = await api.show(list, showPath(item.id), runtime.readDeadline(name, args));
        return { ...listed, ...catalogEntry(shape, shown, location) };
      };
      return listerOf({ page: pageOf, entry, countless: true }, limit);
    },
  };
}

interface Paging {
  readonly pageSize?: number;
  readonly limit?: number;
  readonly details?: boolean;
}

const levelsOf = (statuses: unknown): readonly string[] | undefined =>
  (statuses as readonly Status[] | undefined)?.map((status) => LEVELS[status]);

export const listVideoGroups = catalogList("listVideoGroups", {
  list: {
    service: "vias",
    path: ["video-group", "groups"],
    items: "video_group_list",
    id: "video_group_id",
    operation: "list of the video groups",
  },
  shape: VIDEO_GROUP,
  page: PAGE,
  byTime: "create_at",
  filters: {
    nameLike: z.string().min(1).max(20).optional(),
    status: STATUS.optional(),
    accessTypes: ACCESS_TYPES.optional(),
    types: SOURCE_TYPES.optional(),
    hasTask: z.boolean().optional(),
  },
  query: ({ nameLike, status, accessTypes, types, hasTask }) => ({
    name: nameLike as string | undefined,
    status: status === undefined ? undefined : LEVELS[status as Status],
    access_type: accessTypes as string[] | undefined,
    type: types as string[] | undefined,
    has_task: hasTask as boolean | undefined,
  }),
});

export const listVideoSources = catalogList("listVideoSources", {
  list: {
    service: "vias",
    path: ["source", "sources"],
    items: "video_source_list",
    id: "video_source_id",
    operation: "list of the video sources",
  },
  shape: VIDEO_SOURCE,
  page: PAGE,
  byTime: "create_at",
  filters: {
    nameLike: z.string().min(1).max(255).optional(),
    groupNameLike: z.string().min(1).max(255).optional(),
    groupIds: z
      .array(z.string().regex(/^[0-9a-zA-Z_-]{1,36}$/, { error: "expected the id of a video group" }))
      .min(1)
      .optional(),
    statuses: z.array(STATUS).min(1).optional(),
    accessTypes: ACCESS_TYPES.optional(),
    types: SOURCE_TYPES.optional(),
    platformName: z.string().min(1).max(100).optional(),
    tag: z.string().min(1).max(255).optional(),
  },
  either: ["nameLike", "groupNameLike"],
  query: ({ nameLike, groupNameLike, groupIds, statuses, accessTypes, types, platformName, tag }) => ({
    // The service has one text for both; the name of the source is its default.
    scope: (nameLike ?? groupNameLike) as string | undefined,
    scope_name: nameLike === undefined && groupNameLike !== undefined ? "group_name" : undefined,
    video_group_id: groupIds as string[] | undefined,
    status: levelsOf(statuses),
    access_type: accessTypes as string[] | undefined,
    type: types as string[] | undefined,
    platform_name: platformName as string | undefined,
    tag: tag as string | undefined,
  }),
});

export const listUserServices = catalogList("listUserServices", {
  list: {
    service: "vias",
    path: ["algorithm", "services", "user"],
    items: "service_list",
    id: "service_id",
    operation: "list of the algorithms",
  },
  shape: USER_SERVICE,
  page: PAGE,
  byTime: "created_at",
  filters: {
    nameLike: z.string().min(1).optional(),
    statuses: z
      .array(
        z.enum([
          "service_running",
          "service_deploying",
          "service_failed",
          "service_stopping",
          "service_stopped",
          "service_upgrading",
          "service_finished",
          "service_concerning",
          "not_deployed",
        ]),
      )
      .min(1)
      .optional(),
  },
  query: ({ nameLike, statuses }) => ({
    name_like: nameLike as string | undefined,
    alg_status: statuses as string[] | undefined,
  }),
  showPath: (id) => ["algorithm", "services", id],
});

/**
 * VIAS only: no document of VAS lists the pools that its jobs run in. The definition and the SDK page by number, a newer
 * page by `limit` and `offset` with a default of 1000, which answers a first page of the same size.
 */
export const listEdgePools = catalogList("listEdgePools", {
  list: {
    service: "vias",
    path: ["edge-pools"],
    items: "edge_pools",
    id: "id",
    operation: "list of the edge pools",
  },
  shape: EDGE_POOL,
  page: POOL_PAGE,
  byTime: "created_at",
  filters: {
    nameLike: z
      .string()
      .regex(/^[a-z0-9-]{1,30}$/, { error: "expected 1 to 30 lower-case letters, digits and hyphens" })
      .optional(),
    state: z.enum(["Running", "Abnormal"]).optional(),
  },
  query: ({ nameLike, state }) => ({
    name_like: nameLike as string | undefined,
    state: state as string | undefined,
  }),
});
