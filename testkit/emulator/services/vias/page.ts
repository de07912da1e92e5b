/** Orders and cuts the lists of declared things, whose age is their order. */
import type { World } from "../../world";
import type { Listing } from "./list-query";

export interface Aged<T> {
  readonly item: T;
  readonly createdMs: number;
}

export function aged<T>(world: World, items: Iterable<T>): Aged<T>[] {
  return [...items].map((item, index) => ({ item, createdMs: world.seededMs + index }));
}

/** True of anything where nothing is wanted. */
export const includes = (wanted: readonly string[] | undefined, value: string): boolean =>
  wanted?.includes(value) ?? true;

/** The page that a query asks for, or everything where it asks for no pages. */
export function paged<T>(
  found: readonly Aged<T>[],
  query: Listing,
  numberOf: (item: T) => number,
): Aged<T>[] {
  const sign = query.descending ? -1 : 1;
  const sorted = [...found].sort((left, right) => {
    const byNumber = query.byNumber ? numberOf(left.item) - numberOf(right.item) : 0;
    return sign * (byNumber || left.createdMs - right.createdMs);
  });
  const start = (query.page - 1) * query.size;
  return query.paged ? sorted.slice(start, start + query.size) : sorted;
}
