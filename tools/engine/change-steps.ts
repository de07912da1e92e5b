/** Steps that create, change or keep a resource. */
import { initErrorMessage, ProviderError } from "./provider";
import type { ResourceState } from "./resource-state";
import type { Snapshot } from "./snapshot";
import { type Answer, Step, type StepContext, type StepDiff, type StepOutcome } from "./step";
import { isProviderType } from "./urn";

/** Leaves a resource as it is, apart from its options. */
export class SameStep extends Step {
  readonly #answer: Answer | undefined;

  readonly op = "same";

  constructor(
    context: StepContext,
    answer: Answer | undefined,
    override readonly old: ResourceState,
    override readonly next: ResourceState,
  ) {
    super(context);
    this.#answer = answer;
  }

  override apply(): Promise<StepOutcome> {
    this.next.id = this.old.id;
    this.next.outputs = this.old.outputs;
    if (isProviderType(this.next.type)) this.context.loadProvider({ ...this.next, inputs: this.old.inputs });
    return Promise.resolve({});
  }

  override commit(snapshot: Snapshot): void {
    snapshot.retire(this.old);
    snapshot.add(this.next);
  }

  override complete(): void {
    this.#answer?.({ state: this.next, result: "success" });
  }
}

/** Does not create a resource that the operation does not target. */
export class SkippedCreateStep extends Step {
  readonly #answer: Answer;

  readonly op = "same";
  override readonly old = undefined;
  override readonly logical = false;

  constructor(
    context: StepContext,
    answer: Answer,
    override readonly next: ResourceState,
  ) {
    super(context);
    this.#answer = answer;
  }

  override get internal(): boolean {
    return true;
  }

  override apply(): Promise<StepOutcome> {
    return Promise.resolve({});
  }

  override commit(): void {
    return;
  }

  override complete(): void {
    this.#answer({ state: this.next, result: "skip" });
  }
}

/** How a creation belongs to a replacement. */
export interface ReplacementOf {
  readonly old: ResourceState;
  /** The old resource is deleted at the end of the run, not before. */
  readonly deleteLater: boolean;
}

/** Creates a resource, on its own or as the second half of a replacement. */
export class CreateStep extends Step {
  readonly #answer: Answer;
  readonly #replacement: ReplacementOf | undefined;

  override readonly op: "create" | "create-replacement";
  override readonly old: ResourceState | undefined;
  override readonly pending = "creating";
  override readonly logical: boolean;

  constructor(
    context: StepContext,
    answer: Answer,
    override readonly next: ResourceState,
    replacement?: ReplacementOf,
    diff: StepDiff = {},
  ) {
    super(context);
    this.#answer = answer;
    this.#replacement = replacement;
    this.op = replacement === undefined ? "create" : "create-replacement";
    this.logical = replacement === undefined;
    this.old = replacement?.old;
    this.diff = diff;
  }

  override async apply(): Promise<StepOutcome> {
    const initErrors = this.next.custom ? await this.#create() : undefined;
    this.next.created = this.next.modified = new Date().toISOString();
    if (this.#replacement?.deleteLater === true) this.#replacement.old.delete = true;
    if (initErrors === undefined) return {};
    this.next.initErrors = [...initErrors];
    return { failure: new ProviderError(initErrorMessage(initErrors)) };
  }

  async #create(): Promise<readonly string[] | undefined> {
    const { urn, inputs, customTimeouts } = this.next;
    const preview = this.context.dryRun;
    const created = await this.context
      .providerOf(this.next)
      .create({ urn, inputs, timeout: customTimeouts.create ?? 0, preview });
    this.next.id = created.id;
    this.next.outputs = created.outputs;
    return created.initErrors;
  }

  override commit(snapshot: Snapshot): void {
    snapshot.add(this.next);
    if (this.#replacement?.old.pendingReplacement === true) snapshot.retire(this.#replacement.old);
  }

  override complete(): void {
    this.#answer({ state: this.next, result: "success" });
  }
}

/** Changes a resource in place. */
export class UpdateStep extends Step {
  readonly #answer: Answer;
  readonly #ignoreChanges: readonly string[];

  readonly op = "update";
  override readonly pending = "updating";

  constructor(
    context: StepContext,
    answer: Answer,
    override readonly old: ResourceState,
    override readonly next: ResourceState,
    change: { readonly diff: StepDiff; readonly ignoreChanges: readonly string[] },
  ) {
    super(context);
    this.#answer = answer;
    this.#ignoreChanges = change.ignoreChanges;
    this.diff = change.diff;
  }

  override async apply(): Promise<StepOutcome> {
    this.next.id = this.old.id;
    this.next.created = this.old.created;
    this.next.modified = this.old.modified;
    if (!this.next.custom) return {};
    const updated = await this.context.providerOf(this.next).update({
      urn: this.urn,
      id: this.old.id,
      inputs: this.next.inputs,
      oldInputs: this.old.inputs,
      oldOutputs: this.old.outputs ?? {},
      timeout: this.next.customTimeouts.update ?? 0,
      preview: this.context.dryRun,
      ignoreChanges: this.#ignoreChanges,
    });
    this.next.outputs = updated.outputs;
    this.next.modified = new Date().toISOString();
    if (updated.initErrors === undefined) return {};
    this.next.initErrors = [...updated.initErrors];
    // The object does not have the new inputs: the next update has to try again.
    this.next.inputs = { ...this.old.inputs };
    return { failure: new ProviderError(initErrorMessage(updated.initErrors)) };
  }

  override commit(snapshot: Snapshot): void {
    snapshot.retire(this.old);
    snapshot.add(this.next);
  }

  override complete(): void {
    this.#answer({ state: this.next, result: "success" });
  }
}

/** Shows a replacement as one thing; its creation and deletion are steps of their own. */
export class ReplaceStep extends Step {
  readonly op = "replace";

  constructor(
    context: StepContext,
    override readonly old: ResourceState,
    override readonly next: ResourceState,
    diff: StepDiff = {},
  ) {
    super(context);
    this.diff = diff;
  }

  override apply(): Promise<StepOutcome> {
    return Promise.resolve({});
  }

  override commit(): void {
    return;
  }
}
