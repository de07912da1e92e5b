/** What one provider process knows of its own run. Nothing of it is saved. */
import { VideoAnalysisError } from "../common/errors";

export class ProcessMemory {
  readonly #reserved = new Set<string>();
  readonly #seen = new Set<string>();
  readonly #taken = new Set<string>();
  readonly #services = new Set<string>();

  /** Reserves a name within a scope. Throws `DUPLICATE_NAME` when another resource of this run holds it. */
  reserve(scope: string, name: string): () => void {
    const key = `${scope}\n${name}`;
    if (this.#reserved.has(key)) {
      throw new VideoAnalysisError(
        "DUPLICATE_NAME",
        `two resources of this run use the task name "${name}" in the same service. Give one of them another \`name\`.`,
      );
    }
    this.#reserved.add(key);
    return () => this.#reserved.delete(key);
  }

  /** Some resource of a state owns this id, so it is nobody's leftover. */
  noteSeen(id: string): void {
    this.#seen.add(id);
  }

  wasSeen(id: string): boolean {
    return this.#seen.has(id);
  }

  /** A create of this run took this id over: a delete of the same run must not remove it. */
  noteTaken(taskId: string): void {
    this.#taken.add(taskId);
  }

  wasTaken(taskId: string): boolean {
    return this.#taken.has(taskId);
  }

  /** Runs the proof that a service still answers once per scope; a failed proof is tried again. */
  async confirmOnce(scope: string, confirm: () => Promise<void>): Promise<void> {
    if (this.#services.has(scope)) return;
    await confirm();
    this.#services.add(scope);
  }
}
