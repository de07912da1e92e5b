import { textOf } from "../../json";
import type { Behavior, Platform } from "../../options";
import { InvalidField } from "../../rules";
import { stageOf, type TaskRecord, type View } from "../../tasks/store";
import { TASK_STATES } from "../../tasks/states";

/** No default is documented for this list; the ModelArts list of services documents 1000. */
const DEFAULT_LIMIT = 1000;

/** What Edge services refuse. */
const IEF_ONLY = ["state", "name_like", "id", "created_since", "created_until", "sort_dir", "sort_key"];
const SORT_KEYS = ["name", "created_at", "updated_at"];

/** A checked list query. */
export interface ListQuery {
  readonly offset: number;
  readonly limit: number;
  readonly filters: ReadonlyMap<string, string>;
}

/** Checks the query; throws {@link InvalidField} for what the platform does not have. */
export function listQuery(query: URLSearchParams, platform: Platform, behavior: Behavior): ListQuery {
  const filters = new Map<string, string>();
  for (const [key, value] of query) {
    if (key === "offset" || key === "limit") continue;
    if (!IEF_ONLY.includes(key)) throw new InvalidField(key, "is not supported.");
    if (platform === "edge") throw new InvalidField(key, "cannot be used in ModelArts Edge.");
    filters.set(key, value);
  }
  check(filters, "state", TASK_STATES);
  check(filters, "sort_key", SORT_KEYS);
  check(filters, "sort_dir", ["asc", "desc"]);
  for (const key of ["created_since", "created_until"]) wholeNumber(key, filters.get(key) ?? "0", 0);
  const limit = query.get("limit");
  return {
    offset: wholeNumber("offset", query.get("offset") ?? "0", 0),
    limit:
      limit === null
        ? Math.min(DEFAULT_LIMIT, behavior.maxLimit)
        : wholeNumber("limit", limit, 1, behavior.maxLimit),
    filters,
  };
}

function check(filters: Map<string, string>, key: string, allowed: readonly string[]): void {
  const value = filters.get(key);
  if (value !== undefined && !allowed.includes(value)) {
    throw new InvalidField(key, `should be one of [${allowed.join(", ")}].`);
  }
}

function wholeNumber(key: string, value: string, min: number, max = Number.MAX_SAFE_INTEGER): number {
  const number = /^\d{1,16}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= min && number <= max)) {
    throw new InvalidField(key, `should be an integer between ${min} and ${max}.`);
  }
  return number;
}

/** The tasks that match, in order, before paging. `stateOf` gives the state as shown. */
export function select(
  view: View,
  query: ListQuery,
  stateOf: (record: TaskRecord) => string,
): readonly TaskRecord[] {
  const { filters } = query;
  const text = (key: string): string | undefined => filters.get(key);
  const since = Number(text("created_since") ?? 0);
  const until = Number(text("created_until") ?? Infinity);
  const like = text("name_like")?.toLowerCase() ?? "";
  return view.records
    .filter(
      (record) =>
        (text("state") ?? stateOf(record)) === stateOf(record) &&
        (text("id") ?? record.id) === record.id &&
        nameOf(record).toLowerCase().includes(like) &&
        record.createdMs >= since &&
        record.createdMs <= until,
    )
    .sort(order(text("sort_key") ?? "created_at", text("sort_dir") ?? "desc", view.at));
}

function nameOf(record: TaskRecord): string {
  return textOf(record.wire["name"]);
}

/** Newest first unless asked otherwise: the default order is undocumented, this is the one that VAS documents. */
function order(key: string, direction: string, at: number): (left: TaskRecord, right: TaskRecord) => number {
  const sign = direction === "asc" ? 1 : -1;
  const compare = (left: TaskRecord, right: TaskRecord): number => {
    if (key === "name") return nameOf(left) < nameOf(right) ? -1 : nameOf(left) > nameOf(right) ? 1 : 0;
    if (key === "updated_at") return stageOf(left, at).at - stageOf(right, at).at;
    return left.createdMs - right.createdMs;
  };
  return (left, right) => sign * (compare(left, right) || left.seq - right.seq);
}
