/** What one provider process knows of its own run. Nothing of it is saved. */
import { VideoAnalysisError } from "../common/errors";

/** A task among all that the process knows: ids of different services, or of different APIs, may be the same. */
export type TaskKey = string;

/** A name that a create of this run holds, until it fails or its tasks are deleted. */
interface Reservation {
  tasks: readonly TaskKey[];
}

export class ProcessMemory {
  readonly #reserved = new Map<string, Reservation>();
  readonly #seen = new Set<TaskKey>();
  readonly #taken = new Set<TaskKey>();
  readonly #services = new Set<string>();

  /**
   * Reserves a name within a scope. Throws `DUPLICATE_NAME` when another resource of this run holds it.
   *
   * @returns to be called with the tasks that were made under the name; with none, it is free again
   */
  reserve(scope: string, name: string): (tasks: readonly TaskKey[]) => void {
    const key = `${scope}\n${name}`;
    if (this.#reserved.has(key)) {
      throw new VideoAnalysisError(
        "DUPLICATE_NAME",
        `two resources of this run use the task name "${name}" in the same service. Give one of them another \`name\`.`,
      );
    }
    const reservation: Reservation = { tasks: [] };
    this.#reserved.set(key, reservation);
    return (tasks) => {
      if (tasks.length === 0) this.#reserved.delete(key);
      else reservation.tasks = tasks;
    };
  }

  /** These tasks are gone, so a later resource of the run may have their name. */
  noteDeleted(tasks: readonly TaskKey[]): void {
    const gone = new Set(tasks);
    for (const [key, reservation] of this.#reserved) {
      const left = reservation.tasks.filter((task) => !gone.has(task));
      if (left.length === reservation.tasks.length) continue;
      if (left.length === 0) this.#reserved.delete(key);
      else reservation.tasks = left;
    }
  }

  /** Some resource of a state owns these tasks, so they are nobody's leftover. */
  noteSeen(tasks: readonly TaskKey[]): void {
    for (const task of tasks) this.#seen.add(task);
  }

  wasSeen(task: TaskKey): boolean {
    return this.#seen.has(task);
  }

  /** A create of this run took these tasks over: a delete of the same run must not remove them. */
  noteTaken(tasks: readonly TaskKey[]): void {
    for (const task of tasks) this.#taken.add(task);
  }

  wasTaken(task: TaskKey): boolean {
    return this.#taken.has(task);
  }

  /** Runs the proof that a service still answers once per scope; a failed proof is tried again. */
  async confirmOnce(scope: string, confirm: () => Promise<void>): Promise<void> {
    if (this.#services.has(scope)) return;
    await confirm();
    this.#services.add(scope);
  }
}
