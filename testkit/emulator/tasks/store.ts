/** The tasks that exist, as they are now and as they were. */
import type { JsonObject } from "../json";
import { GONE, stageAt, type Stage, type Timeline } from "./states";

/** Which service holds a task. A VIAS batch is a record beside its sub-tasks, with no states of its own. */
export type TaskFamily = "modelarts" | "vias" | "iva" | "batch";

/**
 * A task as stored. Records are replaced, never changed, so that an earlier view of the store stays true.
 */
export interface TaskRecord {
  readonly id: string;
  readonly family: TaskFamily;
  readonly projectId: string;
  readonly serviceId: string;
  /** The batch of a sub-task. */
  readonly batchId?: string;
  /** Position in the order of creation. */
  readonly seq: number;
  readonly createdMs: number;
  /** The wire object without what is derived from the timeline: state, updated_at, schedule_status. */
  readonly wire: JsonObject;
  readonly timeline: Timeline;
}

/** The tasks of a moment. */
export interface View {
  readonly at: number;
  readonly records: readonly TaskRecord[];
}

/** How old a view is wanted: by time, or before the last writes to the service. */
export type Age = { ms: number } | { writes: number };

interface Write {
  readonly at: number;
  readonly record: TaskRecord;
  readonly before: TaskRecord | undefined;
}

/** Enough to look back over any test; a bound so that a long run does not grow without limit. */
const JOURNAL_LIMIT = 10_000;

/** All tasks of all services, with a journal of writes from which earlier views are rebuilt. */
export class TaskStore {
  readonly #records = new Map<string, TaskRecord>();
  #journal: Write[] = [];
  #created = 0;

  /** Stores a new task. */
  create(record: Omit<TaskRecord, "seq">, at: number): void {
    this.replace({ ...record, seq: this.#created++ }, at);
  }

  /** Stores a changed task. */
  replace(record: TaskRecord, at: number): void {
    this.#note(record, at);
    this.#records.set(record.id, record);
  }

  /** Forgets a task at once. */
  remove(record: TaskRecord, at: number): void {
    this.#note(record, at);
    this.#records.delete(record.id);
  }

  /** The task of this id if it exists at `now`. */
  find(id: string, now: number): TaskRecord | undefined {
    const record = this.#records.get(id);
    return record === undefined || stageOf(record, now).state === GONE ? undefined : record;
  }

  /** Everything that exists at `now`, oldest first. */
  view(now: number): View {
    return { at: now, records: existing([...this.#records.values()], now) };
  }

  /** The records of a service, as they are or as they were earlier. */
  list(isOfService: (record: TaskRecord) => boolean, age: Age | undefined, now: number): View {
    const { at, records } = age === undefined ? this.view(now) : this.#earlier(isOfService, age, now);
    return { at, records: records.filter(isOfService) };
  }

  /** Empties the store. */
  clear(): void {
    this.#records.clear();
    this.#journal = [];
    this.#created = 0;
  }

  #earlier(isOfService: (record: TaskRecord) => boolean, age: Age, now: number): View {
    const writes = this.#journal.filter((write) => isOfService(write.record)).reverse();
    const undone =
      "ms" in age ? writes.filter((write) => write.at > now - age.ms) : writes.slice(0, age.writes);
    const records = new Map(this.#records);
    for (const { record, before } of undone) {
      if (before === undefined) records.delete(record.id);
      else records.set(record.id, before);
    }
    const at = "ms" in age ? now - age.ms : (undone.at(-1)?.at ?? now);
    return { at, records: existing(oldestFirst([...records.values()]), at) };
  }

  #note(record: TaskRecord, at: number): void {
    this.#journal.push({ at, record, before: this.#records.get(record.id) });
    if (this.#journal.length > JOURNAL_LIMIT) this.#journal = this.#journal.slice(-JOURNAL_LIMIT / 2);
  }
}

/** The stage of a task at a moment. */
export function stageOf(record: TaskRecord, at: number): Stage {
  return stageAt(record.timeline, at);
}

function existing(records: TaskRecord[], at: number): TaskRecord[] {
  return records.filter((record) => stageOf(record, at).state !== GONE);
}

/** A task that a rebuilt view brings back is not where it was; in the map itself the order holds. */
function oldestFirst(records: TaskRecord[]): TaskRecord[] {
  return records.sort((left, right) => left.seq - right.seq);
}
