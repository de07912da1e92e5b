/** The query of the list of service tasks. */
import { Query } from "../../http/query";
import type { Behavior, Platform } from "../../options";
import { InvalidField, oneOf, text } from "../../rules";
import { TASK_STATES } from "../../tasks/states";
import type { Selection, SortKey } from "../../tasks/select";

/** No default is documented for this list; the ModelArts list of services documents 1000. */
const DEFAULT_LIMIT = 1000;

const PAGING = ["offset", "limit"];

/** Parameters that Edge services refuse. */
const IEF_ONLY = ["state", "name_like", "id", "created_since", "created_until", "sort_dir", "sort_key"];

/** A checked list query. */
export interface ListQuery extends Selection {
  readonly offset: number;
  readonly limit: number;
  readonly id: string | undefined;
}

/**
 * Checks the query; throws {@link InvalidField} for what the platform does not have. The default order is
 * undocumented, newest first is what VAS documents.
 */
export function listQuery(given: URLSearchParams, platform: Platform, behavior: Behavior): ListQuery {
  const onIef = IEF_ONLY.find((key) => given.has(key));
  if (platform === "edge" && onIef !== undefined) {
    throw new InvalidField(onIef, "cannot be used in ModelArts Edge.");
  }
  const query = new Query(given, [...PAGING, ...IEF_ONLY]);
  const sortKey = query.text("sort_key", oneOf(["name", "created_at", "updated_at"] satisfies SortKey[]));
  return {
    offset: query.integer("offset", 0) ?? 0,
    limit: query.integer("limit", 1, behavior.maxLimit) ?? Math.min(DEFAULT_LIMIT, behavior.maxLimit),
    state: query.text("state", oneOf(TASK_STATES)),
    nameLike: query.text("name_like", text()),
    id: query.text("id", text()),
    since: query.integer("created_since", 0),
    until: query.integer("created_until", 0),
    sortKey: (sortKey ?? "created_at") as SortKey,
    descending: query.text("sort_dir", oneOf(["asc", "desc"])) !== "asc",
  };
}
