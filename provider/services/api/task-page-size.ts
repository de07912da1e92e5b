/** How many tasks one page of a ModelArts list is asked for: a maximum is not documented. */
import { failureKind, type FailureClass } from "../../common/errors";
import type { TaskPage } from "./tasks-client";

/** As in the example of Obtaining Service Tasks. */
const DOCUMENTED = 100;

/** The default of the list of ModelArts services, and the maximum of VAS, whose lists are alike. */
const LARGE = 1000;

/** Full pages before a larger one is tried where the count leaves it open how many are needed: a refusal costs a call. */
const PAGES_BEFORE = 2;

/** How a service, or the gateway before it, may answer to a page that is too large for it. */
const TOO_LARGE: ReadonlySet<FailureClass | undefined> = new Set([
  "invalid",
  "server",
  "gateway-timeout",
  "malformed",
]);

/** Shared by all lists of a runtime. */
export class TaskPageSize {
  #full = 0;
  #isRefused = false;
  /** Whether `count` has ever been more than had been read, and so is not that of a page. */
  #countsAll = false;

  get #asksLarge(): boolean {
    return !this.#isRefused && this.#full >= PAGES_BEFORE;
  }

  /** Asks for a large page where many are needed, unless a service has refused one or has given fewer tasks than it has. */
  async use<P extends TaskPage<unknown>>(offset: number, ask: (limit: number) => Promise<P>): Promise<P> {
    if (!this.#asksLarge) return this.#documented(offset, ask);
    let page: P;
    try {
      page = await ask(LARGE);
    } catch (error) {
      if (!TOO_LARGE.has(failureKind(error))) throw error;
      return this.#insteadOfLarge(offset, ask);
    }
    const read = page.tasks.length + page.unreadable;
    const isCut = !page.full && this.#goesOn(offset, page);
    if (isCut) this.#isRefused = true;
    // Where `count` may be that of the page, only the next one shows whether this was the last.
    return isCut || (read >= DOCUMENTED && !this.#countsAll) ? { ...page, full: true } : page;
  }

  /** What fails with any size was no refusal of this one. */
  async #insteadOfLarge<P extends TaskPage<unknown>>(
    offset: number,
    ask: (limit: number) => Promise<P>,
  ): Promise<P> {
    this.#isRefused = true;
    try {
      return await this.#documented(offset, ask);
    } catch (error) {
      this.#isRefused = false;
      throw error;
    }
  }

  async #documented<P extends TaskPage<unknown>>(
    offset: number,
    ask: (limit: number) => Promise<P>,
  ): Promise<P> {
    const page = await ask(DOCUMENTED);
    if (page.full) this.#full += 1;
    if (this.#goesOn(offset + DOCUMENTED, page)) this.#full = PAGES_BEFORE;
    return this.#asksLarge ? { ...page, next: LARGE } : page;
  }

  /** Whether there are tasks behind a page, and so many more. */
  #goesOn(offset: number, { count, tasks, unreadable }: TaskPage<unknown>): boolean {
    const isMore = count > offset + tasks.length + unreadable;
    this.#countsAll ||= isMore;
    return isMore;
  }
}
