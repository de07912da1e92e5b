/** The query of the list of jobs. */
import { chineseName } from "../../bodies/values";
import { Query } from "../../http/query";
import type { Behavior } from "../../options";
import { oneOf, text } from "../../rules";
import type { Selection, SortKey } from "../../tasks/select";
import { TASK_STATES } from "../../tasks/states";
import { version } from "./body";

const DEFAULT_LIMIT = 100;
const MAX_OFFSET = 100_000;

const SORT_KEYS = ["name", "created_at", "updated_at"] as const satisfies SortKey[];
const ORDERS = SORT_KEYS.flatMap((key) => [`${key}:ASC`, `${key}:DESC`]);

const KNOWN = [
  "service_version",
  "state",
  "name_like",
  "id_like",
  "created_since",
  "created_until",
  "order",
  "offset",
  "limit",
];

/** A checked list query. */
export interface ListQuery extends Selection {
  readonly offset: number;
  readonly limit: number;
  readonly version: string | undefined;
  readonly idLike: string | undefined;
}

/** Checks the query of a list of jobs. */
export function listQuery(given: URLSearchParams, behavior: Behavior): ListQuery {
  const query = new Query(given, KNOWN);
  const order = query.text("order", oneOf(ORDERS)) ?? "created_at:DESC";
  return {
    offset: query.integer("offset", 0, MAX_OFFSET) ?? 0,
    limit: query.integer("limit", 1, behavior.vasMaxLimit) ?? Math.min(DEFAULT_LIMIT, behavior.vasMaxLimit),
    version: query.text("service_version", version),
    state: query.text("state", oneOf(TASK_STATES)),
    nameLike: query.text("name_like", chineseName),
    idLike: query.text("id_like", text({ pattern: /^[0-9a-z]{1,32}$/ })),
    since: query.integer("created_since", 0),
    until: query.integer("created_until", 0),
    sortKey: SORT_KEYS.find((key) => order.startsWith(key)) ?? "created_at",
    descending: order.endsWith(":DESC"),
  };
}
