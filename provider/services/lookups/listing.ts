/** Lists, page by page or as a whole. */
import type { PropertyMap } from "../../common/json";
import { MAX_PAGES, scanTasks, type Listed, type Page } from "../paging/task-scan";

/** A list of one service, and what makes entries of its items. */
export interface ListSource<T extends Listed> {
  /** Asked by the number of items and of pages read so far. */
  page(offset: number, pages: number): Promise<Page<T>>;
  /** The service's count is not to be relied on: a page that is not full is the last one. */
  readonly countless?: boolean;
  /** Filters that the service itself does not have. */
  keep?(item: T): boolean;
  /** Undefined for what went away meanwhile. */
  entry(item: T): PropertyMap | undefined | Promise<PropertyMap | undefined>;
}

/** A list that is ready to be asked. */
export interface Lister {
  /**
   * Gives entries as their pages come. Creates and deletes meanwhile may shift the pages, so that an entry is missed;
   * none comes twice.
   */
  pages(): AsyncGenerator<PropertyMap[]>;
  /** All entries; where they change meanwhile, and the service counts them, the list is read again until it adds up. */
  all(): Promise<PropertyMap[]>;
}

/** @param limit most entries */
export function listerOf<T extends Listed>(source: ListSource<T>, limit: number | undefined): Lister {
  const keep = (items: readonly T[]): T[] => items.filter((item) => source.keep?.(item) ?? true);

  async function entriesOf(items: readonly T[]): Promise<PropertyMap[]> {
    const entries = await Promise.all(items.map(async (item) => source.entry(item)));
    return entries.filter((entry) => entry !== undefined);
  }

  async function* pages(): AsyncGenerator<PropertyMap[]> {
    const seen = new Set<string>();
    let read = 0;
    let left = limit ?? Infinity;
    for (let asked = 0; asked < MAX_PAGES && left > 0; asked += 1) {
      const { tasks, count, full } = await source.page(read, asked);
      read += tasks.length;
      const fresh = tasks.filter(({ id }) => !seen.has(id));
      for (const { id } of fresh) seen.add(id);
      const entries = await entriesOf(keep(fresh).slice(0, left));
      left -= entries.length;
      if (entries.length > 0) yield entries;
      // A page of nothing new ends the list too: a service that repeats itself would never come to an end.
      const more = source.countless === true ? full : full || count === undefined || read < count;
      if (fresh.length === 0 || !more) return;
    }
  }

  return {
    pages,
    async all() {
      if (limit === undefined && source.countless !== true) {
        const { tasks } = await scanTasks((offset, asked) => source.page(offset, asked));
        return entriesOf(keep(tasks));
      }
      const found: PropertyMap[] = [];
      for await (const page of pages()) found.push(...page);
      return found;
    },
  };
}
