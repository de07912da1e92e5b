/**
 * Owners, names and deletions that one run of the engine has seen. Nothing of it is saved; notes on the owners of
 * tasks is shared by all provider processes of the run, through the note log.
 */
import type { Deadline } from "../../common/deadline";
import { VideoAnalysisError } from "../../common/errors";
import { SingleFlight } from "../../common/single-flight";
import { type Claim, isLater } from "./claim";

/** A task, by its type and the id that a resource of it alone has. */
export interface OwnedTask {
  readonly type: string;
  readonly id: string;
  /** Its place, as far as the hook knows it; an unknown one fits every other. */
  readonly region?: string;
  readonly projectId?: string;
}

/** The hook that showed that a resource owns a task; check sees only the argument `adopt`. */
export type Evidence = "check" | "diff" | "create" | "update" | "read";

export interface Ownership {
  readonly tasks: readonly OwnedTask[];
  readonly by: Evidence;
  /** The default name (`autoName`) of the resource in the program; missing where the hook does not get it. */
  readonly owner?: string;
  readonly claim?: Claim;
  /** The tasks were there before the resource: it adopts or resumes them in this run. */
  readonly takesOver?: boolean;
}

export interface Deletion {
  readonly tasks: readonly OwnedTask[];
  /** That of the deleted resource. */
  readonly claim?: Claim;
  /** Name of its tasks. */
  readonly name: string;
}

export type Note = { readonly owned: Ownership } | { readonly deleted: Deletion };

/** Notes of the processes of a run. */
export interface NoteLog {
  add(note: Note): void;
  /** What other processes have added since the last call. */
  takeNew(): readonly Note[];
}

const NO_OTHER_PROCESS: NoteLog = { add: () => undefined, takeNew: () => [] };

/** Inputs that check saw of a recorded resource: if another check follows in the run, it is being replaced. */
export interface RecordedEntry {
  readonly name?: unknown;
  readonly adopt?: unknown;
  readonly region?: unknown;
  readonly regionFrom?: unknown;
}

/** Inputs that diff saw of a resource. */
export interface ComparedEntry {
  readonly tasks: readonly OwnedTask[];
  /** Nothing differs between state and program, and nothing is unfinished. */
  readonly unchanged: boolean;
  /** It is to be replaced, and the new task is to come first. */
  readonly createsFirst: boolean;
}

/** Identifies a task among those of all types, in any place; ids have no letter case. */
export const keyOf = ({ type, id }: Pick<OwnedTask, "type" | "id">): string => `${type} ${id}`.toLowerCase();

const keyOfName = (scope: string, name: string): string => `${scope}\n${name}`;

const fits = (a: string | undefined, b: string | undefined): boolean =>
  a === undefined || b === undefined || a === b;

export const isSameTask = (a: OwnedTask, b: OwnedTask): boolean =>
  keyOf(a) === keyOf(b) && fits(a.region, b.region) && fits(a.projectId, b.projectId);

/** A name that a create of this run holds, until it fails or its tasks are deleted. */
export interface Reservation {
  readonly key: string;
}

interface HeldName extends Reservation {
  tasks: readonly OwnedTask[];
}

export class RunRegistry {
  readonly #log: NoteLog;
  readonly #owners = new Map<string, Ownership[]>();
  readonly #deletions = new Map<string, Deletion[]>();
  readonly #reserved = new Map<string, HeldName>();
  readonly #namesOf = new Map<string, HeldName[]>();
  readonly #creates = new Map<string, Set<Promise<unknown>>>();
  readonly #proofs = new Map<string, SingleFlight<void>>();
  readonly #services = new Set<string>();
  readonly #recorded = new Map<string, RecordedEntry>();
  readonly #compared = new Map<string, ComparedEntry>();

  constructor(log: NoteLog = NO_OTHER_PROCESS) {
    this.#log = log;
  }

  markOwned(ownership: Ownership): void {
    this.#apply({ owned: ownership });
    this.#log.add({ owned: ownership });
  }

  /** The tasks of a resource are gone, so a later resource of the run may have their name. */
  markDeleted(deletion: Deletion): void {
    this.#apply({ deleted: deletion });
    this.#log.add({ deleted: deletion });
    for (const gone of deletion.tasks) {
      for (const held of this.#namesOf.get(keyOf(gone)) ?? []) {
        held.tasks = held.tasks.filter((task) => !isSameTask(task, gone));
        if (held.tasks.length === 0 && this.#reserved.get(held.key) === held) this.#reserved.delete(held.key);
      }
    }
  }

  #apply(note: Note): void {
    if ("owned" in note) {
      for (const task of note.owned.tasks) {
        append(this.#owners, keyOf(task), note.owned);
        // A new task is there; an earlier deletion under its id counts no more.
        if (note.owned.by === "create" && note.owned.takesOver !== true) this.#deletions.delete(keyOf(task));
      }
    } else {
      for (const task of note.deleted.tasks) append(this.#deletions, keyOf(task), note.deleted);
    }
  }

  /** All that is known of the owners of a task. */
  ownersOf(task: OwnedTask): readonly Ownership[] {
    for (const note of this.#log.takeNew()) this.#apply(note);
    const known = this.#owners.get(keyOf(task)) ?? [];
    return known.filter(({ tasks }) => tasks.some((other) => isSameTask(task, other)));
  }

  /** Deletions of a task in this run: of its last owner, and of others that recorded it. */
  deletionsOf(task: OwnedTask): readonly Deletion[] {
    for (const note of this.#log.takeNew()) this.#apply(note);
    const known = this.#deletions.get(keyOf(task)) ?? [];
    return known.filter(({ tasks }) => tasks.some((other) => isSameTask(task, other)));
  }

  /** Tasks of a type and a name that this run deleted. */
  deletedUnder(type: string, name: string): readonly OwnedTask[] {
    for (const note of this.#log.takeNew()) this.#apply(note);
    const all = [...this.#deletions.values()].flat().filter((deletion) => deletion.name === name);
    return [...new Set(all)].flatMap(({ tasks }) => tasks).filter((task) => task.type === type);
  }

  /** Whether another resource took the task over later, and was not deleted in this run itself. */
  isClaimedAfter(task: OwnedTask, claim: Claim | undefined): boolean {
    const deleted = this.deletionsOf(task).map((deletion) => deletion.claim);
    return this.ownersOf(task).some((owner) => isLater(owner.claim, claim) && !deleted.includes(owner.claim));
  }

  /** @param entry inputs of a check whose resource is in the state */
  markRecorded(owner: string, entry: RecordedEntry): void {
    this.#recorded.set(owner, entry);
  }

  /** The recorded inputs of a resource of the program, if a check saw them in this run. */
  recordedEntry(owner: string | undefined): RecordedEntry | undefined {
    return owner === undefined ? undefined : this.#recorded.get(owner);
  }

  markCompared(owner: string, entry: ComparedEntry): void {
    this.#compared.set(owner, entry);
  }

  comparedEntry(owner: string | undefined): ComparedEntry | undefined {
    return owner === undefined ? undefined : this.#compared.get(owner);
  }

  /**
   * Reserves a name within a scope. Throws `DUPLICATE_NAME` when another resource of this process holds it.
   *
   * @param own tasks of the resource, one that exists already
   * @returns to be settled once it is known who has the name
   */
  reserve(scope: string, name: string, own: readonly OwnedTask[] = []): Reservation {
    const key = keyOfName(scope, name);
    const holders = this.#reserved.get(key)?.tasks;
    const isOwn = (task: OwnedTask): boolean => own.some((other) => isSameTask(task, other));
    if (holders !== undefined && !(holders.length > 0 && holders.every(isOwn))) {
      throw new VideoAnalysisError(
        "DUPLICATE_NAME",
        `two resources of this run use the task name "${name}" in the same service`,
        { remedy: [{ code: "rename-one" }] },
      );
    }
    const held: HeldName = { key, tasks: [] };
    this.#reserved.set(key, held);
    return held;
  }

  /** @param tasks those that have the name now; without any it is free again */
  settle(reservation: Reservation, tasks: readonly OwnedTask[]): void {
    const held = this.#reserved.get(reservation.key);
    if (held !== reservation) return;
    if (tasks.length === 0) this.#reserved.delete(held.key);
    else held.tasks = tasks;
    for (const task of tasks) append(this.#namesOf, keyOf(task), held);
  }

  /** Runs a create of a name: until its answer, its tasks have no owner. */
  async creating<T>(scope: string, name: string, create: () => Promise<T>): Promise<T> {
    const key = keyOfName(scope, name);
    const all = this.#creates.get(key) ?? new Set();
    const running = create();
    this.#creates.set(key, all.add(running));
    try {
      return await running;
    } finally {
      all.delete(running);
      if (all.size === 0) this.#creates.delete(key);
    }
  }

  /** Ends with the creates of a name that are under way. */
  async settleCreates(scope: string, name: string): Promise<void> {
    await Promise.allSettled([...(this.#creates.get(keyOfName(scope, name)) ?? [])]);
  }

  /** Runs the proof that a service still answers once per scope, for all who ask; a failed proof is tried again. */
  async confirmOnce(scope: string, deadline: Deadline, confirm: () => Promise<void>): Promise<void> {
    if (this.#services.has(scope)) return;
    const proof = this.#proofs.get(scope) ?? new SingleFlight<void>();
    this.#proofs.set(scope, proof);
    await proof.run(deadline, "looking whether the service still answers", confirm);
    this.#services.add(scope);
  }
}

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
