/** Identifiers derived from a seed: equal seeds and equal calls give equal identifiers. */
import { createHash } from "node:crypto";

/** Task and project ids have 32 hexadecimal digits in the documents. */
const ID_DIGITS = 32;

export class IdSource {
  readonly #seed: string;
  readonly #givenTaskIds: readonly string[];
  readonly #counters = new Map<string, number>();

  constructor(seed: string, taskIds: readonly string[] = []) {
    this.#seed = seed;
    this.#givenTaskIds = taskIds;
  }

  /** The next task id: the given ones first, then derived ones. */
  taskId(): string {
    const index = this.#count("task");
    return this.#givenTaskIds[index] ?? this.named(`task ${index}`);
  }

  /** The next id of a kind such as `request`. */
  next(kind: string): string {
    return this.named(`${kind} ${this.#count(kind)}`);
  }

  /** The id that always belongs to `name`. */
  named(name: string): string {
    return createHash("sha256").update(`${this.#seed}\n${name}`).digest("hex").slice(0, ID_DIGITS);
  }

  /** Starts all counters again. */
  reset(): void {
    this.#counters.clear();
  }

  #count(kind: string): number {
    const index = this.#counters.get(kind) ?? 0;
    this.#counters.set(kind, index + 1);
    return index;
  }
}
