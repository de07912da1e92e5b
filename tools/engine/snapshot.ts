/** The state while an operation changes it. */
import type { OperationKind, PendingOperation } from "./deployment";
import type { ResourceState } from "./resource-state";

/** The state that a run starts from. A refresh replaces its resources. */
export interface BaseState {
  resources: ResourceState[];
  pendingOperations: PendingOperation[];
}

/** Writes a whole state; called after every step. */
export type StateWriter = (
  resources: readonly ResourceState[],
  operations: readonly PendingOperation[],
) => void;

/** The state as it changes during a run: what was done so far, followed by what has not been looked at yet. */
export class Snapshot {
  readonly #base: BaseState;
  readonly #write: StateWriter;
  readonly #fresh: ResourceState[] = [];
  readonly #done = new Set<ResourceState>();
  readonly #operations = new Map<ResourceState, OperationKind>();

  constructor(base: BaseState, write: StateWriter) {
    this.#base = base;
    this.#write = write;
  }

  /** Notes that an operation begins, so that a run which is killed leaves a trace. */
  begin(resource: ResourceState, operation: OperationKind): void {
    this.#operations.set(resource, operation);
    this.save();
  }

  /** Forgets the note again, after the result was entered. */
  end(resource: ResourceState): void {
    this.#operations.delete(resource);
  }

  /** The old state is history. */
  retire(state: ResourceState): void {
    this.#done.add(state);
  }

  /** The state belongs into the result. */
  add(state: ResourceState): void {
    this.#fresh.push(state);
  }

  /** Whether the state is part of the result so far. */
  has(state: ResourceState): boolean {
    return this.#resources().includes(state);
  }

  save(): void {
    this.#write(this.#resources(), this.#pending());
  }

  #resources(): ResourceState[] {
    return [...this.#fresh, ...this.#base.resources].filter((state) => !this.#done.has(state));
  }

  /** Creations that an earlier run left pending stay until they are cleared, as with the real engine. */
  #pending(): PendingOperation[] {
    const own = [...this.#operations].map(([resource, type]) => ({ resource, type }));
    return [...own, ...this.#base.pendingOperations.filter(({ type }) => type === "creating")];
  }
}
