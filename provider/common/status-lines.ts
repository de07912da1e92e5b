/** Short lines on the progress of one operation, for the person who waits for it. */
export class StatusLines {
  readonly #write: (line: string) => void;
  readonly #causes = new Set<string>();

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  say(line: string): void {
    this.#write(line);
  }

  /** Says the line only for the first event of the cause. */
  sayOnce(cause: string, line: string): void {
    if (this.#causes.has(cause)) return;
    this.#causes.add(cause);
    this.#write(line);
  }
}
