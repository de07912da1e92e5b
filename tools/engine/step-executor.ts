/** Runs steps, side by side where they may. */
import { errorMessage } from "./errors";
import { Secret } from "./property-value";
import { ReadStep } from "./read-steps";
import type { ResourceState } from "./resource-state";
import { Semaphore } from "./semaphore";
import type { Snapshot } from "./snapshot";
import { ProtectedError, type Step, type StepContext } from "./step";
import type { StepOp } from "./types";

export interface StepExecutorOptions {
  /** Undefined in previews, which save nothing. */
  readonly snapshot: Snapshot | undefined;
  readonly parallel: number;
  /** Called after each finished step that has a new state. */
  readonly onNewState: (step: Step, state: ResourceState) => void;
  /** Called when a step fails in a way that ends the operation. */
  readonly onFailure: () => void;
}

/** Steps that are no reason to write the state: the next one that is, or the end of the run, writes them too. */
const UNSAVED: ReadonlySet<StepOp> = new Set<StepOp>(["same", "refresh", "replace"]);

/** Carries steps out: those of a chain one after the other, several chains at a time. */
export class StepExecutor {
  readonly #context: StepContext;
  readonly #options: StepExecutorOptions;

  /** The steps that failed although the operation went on. */
  readonly failed: Step[] = [];
  /** Whether any step failed. */
  sawError = false;
  readonly #slots: Semaphore;
  readonly #running = new Set<Promise<void>>();
  #cancelled = false;

  constructor(context: StepContext, options: StepExecutorOptions) {
    this.#context = context;
    this.#options = options;
    this.#slots = new Semaphore(options.parallel);
  }

  /** No step starts any more; those that run come to their end. */
  cancel(): void {
    this.#cancelled = true;
  }

  /** Hands a chain over as soon as a place is free; resolves then, with the chain's end. */
  async submit(chain: readonly Step[]): Promise<{ readonly ended: Promise<void> }> {
    await this.#slots.acquire();
    const ended = this.#runChain(chain).finally(() => {
      this.#slots.release();
      this.#running.delete(ended);
    });
    this.#running.add(ended);
    return { ended };
  }

  /** Carries out steps that are independent of each other; resolves when all have ended. */
  async runAll(steps: readonly Step[]): Promise<void> {
    const submitted: Promise<void>[] = [];
    for (const step of steps) submitted.push((await this.submit([step])).ended);
    await Promise.all(submitted);
  }

  /** Resolves when nothing runs any more. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  async #runChain(chain: readonly Step[]): Promise<void> {
    for (const step of chain) {
      if (this.#cancelled || !(await this.#runOrReport(step))) return;
    }
  }

  /** Failures beside the step itself, such as those of writing the state, end the operation too. */
  async #runOrReport(step: Step): Promise<boolean> {
    try {
      return await this.#runStep(step);
    } catch (error) {
      this.#context.recorder.error(errorMessage(error), step.urn);
      return this.#fail(error, step);
    }
  }

  async #runStep(step: Step): Promise<boolean> {
    const { recorder } = this.#context;
    const { snapshot } = this.#options;
    const { urn, internal } = step;
    if (!internal) recorder.event({ type: "step-start", op: step.op, urn });
    if (step.pending !== undefined) snapshot?.begin(step.resource, step.pending);
    const { error, applied } = await this.#apply(step);
    if (step.pending !== undefined) snapshot?.end(step.resource);
    if (applied) {
      this.#finish(step);
      if (snapshot !== undefined) step.commit(snapshot);
    }
    if (!UNSAVED.has(step.op)) snapshot?.save();
    this.#report(step, error);
    if (error !== undefined) return this.#fail(error, step);
    step.complete();
    return true;
  }

  async #apply(step: Step): Promise<{ readonly error: unknown; readonly applied: boolean }> {
    try {
      const { failure } = await step.apply();
      return { error: failure, applied: true };
    } catch (error) {
      return { error, applied: false };
    }
  }

  #finish(step: Step): void {
    const state = step.next;
    if (state === undefined || step.op === "replace") return;
    markSecretOutputs(state);
    this.#options.onNewState(step, state);
  }

  #report(step: Step, error: unknown): void {
    const { recorder, dryRun } = this.#context;
    const message = error === undefined ? undefined : errorMessage(error);
    const urn = step.internal ? "" : step.urn;
    if (message !== undefined) recorder.error(dryRun ? `Preview failed: ${message}` : message, urn);
    if (step.internal) return;
    const counts = step instanceof ReadStep ? step.op === "read" && step.foundChange : step.logical;
    if (message === undefined && counts) {
      recorder.count(step.resultOp ?? step.op);
    }
    const { op, resultOp, old, next, diff } = step;
    recorder.step(
      { op, urn: step.urn, old, next, ...diff, ...(resultOp === undefined ? {} : { resultOp }) },
      message,
    );
  }

  #fail(error: unknown, step: Step): false {
    this.sawError = true;
    this.failed.push(step);
    if (!(error instanceof ProtectedError)) this.#options.onFailure();
    return false;
  }
}

/** Outputs are secret by request, or because the input of the same name is. */
function markSecretOutputs(state: ResourceState): void {
  const { outputs, inputs } = state;
  if (outputs === undefined) return;
  const entries = Object.entries(outputs);
  const isSecret = (key: string): boolean =>
    state.additionalSecretOutputs.includes(key) || inputs[key] instanceof Secret;
  if (!entries.some(([key, value]) => isSecret(key) && !(value instanceof Secret))) return;
  // In a map of their own: the resource's former state may share these outputs.
  state.outputs = Object.fromEntries(
    entries.map(([key, value]) => [
      key,
      isSecret(key) && !(value instanceof Secret) ? new Secret(value) : value,
    ]),
  );
}
