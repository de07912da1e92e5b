/** Filters and sorts lists of tasks. */
import { textOf } from "../json";
import type { Behavior } from "../options";
import { stageOf, type TaskRecord, type View } from "./store";
import { shownState } from "./view";

export type SortKey = "name" | "created_at" | "updated_at";

/** Which tasks a list asks for, and in which order; undefined asks for all. */
export interface Selection {
  readonly state: string | undefined;
  readonly nameLike: string | undefined;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  readonly sortKey: SortKey;
  readonly descending: boolean;
}

/** The tasks that match, in order, before paging. */
export function select(view: View, selection: Selection, behavior: Behavior): readonly TaskRecord[] {
  const { state, nameLike, since = 0, until = Infinity, sortKey, descending } = selection;
  return view.records
    .filter(
      (record) =>
        (state === undefined || state === shownState(record, view.at, behavior)) &&
        isLike(nameOf(record), nameLike) &&
        record.createdMs >= since &&
        record.createdMs <= until,
    )
    .sort(order(sortKey, descending, view.at));
}

/** Fuzzy matching as the lists do it: a part of the text, letter case aside (inferred); undefined matches all. */
export function isLike(text: string, part: string | undefined): boolean {
  return part === undefined || text.toLowerCase().includes(part.toLowerCase());
}

export function nameOf(record: TaskRecord): string {
  return textOf(record.wire["name"]);
}

function order(
  key: SortKey,
  descending: boolean,
  at: number,
): (left: TaskRecord, right: TaskRecord) => number {
  const compare = (left: TaskRecord, right: TaskRecord): number => {
    if (key === "name") return nameOf(left) < nameOf(right) ? -1 : nameOf(left) > nameOf(right) ? 1 : 0;
    if (key === "updated_at") return stageOf(left, at).at - stageOf(right, at).at;
    return left.createdMs - right.createdMs;
  };
  return (left, right) => (descending ? -1 : 1) * (compare(left, right) || left.seq - right.seq);
}
