/** A list that is asked for when it is awaited or iterated. */

/** How the entries come. */
export interface EntrySource<Entry> {
  pages(): AsyncIterable<Entry[]>;
  all(): Promise<Entry[]>;
}

/**
 * What the `list…` functions return. `await` gives all entries as an array; `for await` gives them one by one and asks
 * for a page when it is needed; `byPage()` gives the pages themselves. Nothing is asked for before.
 *
 * An `await` asks once, however often it is repeated, and reads a list again that changes while it is read. Each
 * iteration asks anew, and may miss an entry where others are deleted meanwhile; none comes twice.
 */
export class LookupList<Entry> implements PromiseLike<Entry[]>, AsyncIterable<Entry> {
  readonly #open: () => Promise<EntrySource<Entry>>;
  #all: Promise<Entry[]> | undefined;

  /** @internal */
  constructor(open: () => Promise<EntrySource<Entry>>) {
    this.#open = open;
  }

  /** All entries. */
  then<Fulfilled = Entry[], Rejected = never>(
    onFulfilled?: ((entries: Entry[]) => Fulfilled | PromiseLike<Fulfilled>) | null,
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    this.#all ??= this.#open().then((source) => source.all());
    return this.#all.then(onFulfilled, onRejected);
  }

  /** Entries in pages, which are never empty. */
  async *byPage(): AsyncGenerator<Entry[], void, undefined> {
    yield* (await this.#open()).pages();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Entry, void, undefined> {
    for await (const page of this.byPage()) yield* page;
  }
}
