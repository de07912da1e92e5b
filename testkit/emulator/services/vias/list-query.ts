/** The queries of the lists of groups, sources, algorithms and edge pools; paging is off unless they ask for it. */
import { Query } from "../../http/query";
import { VIDEO_SOURCE_TYPES } from "../../options";
import { oneOf, text } from "../../rules";

/** How a list is ordered and cut. */
export interface Listing {
  readonly paged: boolean;
  readonly size: number;
  readonly page: number;
  readonly descending: boolean;
  /** Ordered by a number of the items rather than by time. */
  readonly byNumber: boolean;
}

interface Bounds {
  readonly sortNames: readonly string[];
  readonly minSize: number;
  readonly maxSize: number;
  readonly defaultSize: number;
  readonly maxPage: number;
}

const PAGING = ["is_paged", "page_size", "page_num", "order_by", "sort_name"];

/** Bounds of a page of groups, sources and algorithms. */
const USUAL = { minSize: 5, maxSize: 200, defaultSize: 10 };
/** The last page of groups and sources, and that of algorithms and pools. */
const MAX_PAGE = 100_000;
const MAX_PAGE_OF_OTHERS = 10_000;

/** The digits by which filters name the states of sources. */
export const LEVELS = { online: "1", offline: "2", abnormal: "9" } as const;

/** Ids of services. */
export const UUID_4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const ACCESS = oneOf(["cloud", "edge"]);
const LEVEL = oneOf(Object.values(LEVELS));
const TYPES = oneOf(VIDEO_SOURCE_TYPES);

const SERVICE_STATUS = oneOf([
  "service_running",
  "service_deploying",
  "service_failed",
  "service_stopping",
  "service_stopped",
  "service_upgrading",
  "service_finished",
  "service_concerning",
  "not_deployed",
]);

function listing(query: Query, bounds: Bounds): Listing {
  return {
    paged: query.text("is_paged", oneOf(["true", "false"])) === "true",
    size: query.integer("page_size", bounds.minSize, bounds.maxSize) ?? bounds.defaultSize,
    page: query.integer("page_num", 1, bounds.maxPage) ?? 1,
    descending: query.text("order_by", oneOf(["asc", "desc"])) !== "asc",
    byNumber: /^(?:num|function)_/.test(query.text("sort_name", oneOf(bounds.sortNames)) ?? ""),
  };
}

export function videoGroupQuery(given: URLSearchParams) {
  const query = new Query(given, [...PAGING, "name", "status", "access_type", "has_task", "type"]);
  const sortNames = ["create_at", "modify_at", "num_video_source", "num_task"];
  return {
    ...listing(query, { ...USUAL, sortNames, maxPage: MAX_PAGE }),
    name: query.text("name", text({ max: 20 })),
    status: query.text("status", LEVEL),
    accessTypes: query.texts("access_type", ACCESS),
    hasTask: query.text("has_task", oneOf(["true", "false"])) === "true",
    types: query.texts("type", TYPES),
  };
}

export function videoSourceQuery(given: URLSearchParams) {
  const filters = [
    "scope",
    "scope_name",
    "status",
    "type",
    "video_group_id",
    "access_type",
    "platform_name",
    "tag",
  ];
  const query = new Query(given, [...PAGING, ...filters]);
  const sortNames = ["create_at", "num_task", "num_template"];
  return {
    ...listing(query, { ...USUAL, sortNames, maxPage: MAX_PAGE }),
    scope: query.text("scope", text({ max: 255 })),
    byGroup: query.text("scope_name", oneOf(["source_name", "group_name"])) === "group_name",
    statuses: query.texts("status", LEVEL),
    types: query.texts("type", TYPES),
    groupIds: query.texts("video_group_id", text({ pattern: /^[0-9a-zA-Z-_]{1,36}$/ })),
    accessTypes: query.texts("access_type", ACCESS),
    platform: query.text("platform_name", text({ max: 100 })),
    tag: query.text("tag", text({ max: 255 })),
  };
}

export function serviceQuery(given: URLSearchParams) {
  const query = new Query(given, [...PAGING, "name_like", "alg_status"]);
  const sortNames = ["created_at", "function_version"];
  return {
    ...listing(query, { ...USUAL, sortNames, maxPage: MAX_PAGE_OF_OTHERS }),
    nameLike: query.text("name_like", text()),
    statuses: query.texts("alg_status", SERVICE_STATUS),
  };
}

/** The definition's paging; a newer page has `limit` and `offset` in its place, with other bounds. */
export function edgePoolQuery(given: URLSearchParams) {
  const query = new Query(given, [...PAGING, "name_like", "state"]);
  const bounds = { sortNames: ["created_at", "updated_at"], minSize: 1, maxSize: 1000, defaultSize: 100 };
  return {
    ...listing(query, { ...bounds, maxPage: MAX_PAGE_OF_OTHERS }),
    nameLike: query.text("name_like", text({ pattern: /^[a-z0-9-]{1,30}$/ })),
    state: query.text("state", oneOf(["Running", "Abnormal"])),
  };
}
