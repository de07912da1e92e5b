/** Steps that read a resource. */
import { diffResource } from "./diff-resource";
import { bareDiff, type DiffResult, invertDiff } from "./diff";
import { deepEquals } from "./property-value";
import { initErrorMessage, ProviderError } from "./provider";
import type { ResourceState } from "./resource-state";
import type { Snapshot } from "./snapshot";
import { type Answer, Step, type StepContext, stepDiff, type StepOutcome } from "./step";
import { isProviderType } from "./urn";
import { UNKNOWN_STRING } from "./wire";

/** Reads a resource that the stack does not own (`.get`). Runs in previews too. */
export class ReadStep extends Step {
  readonly #answer: Answer;
  readonly #replaces: boolean;

  override readonly op: "read" | "read-replacement";
  override readonly pending = "reading";
  override readonly logical: boolean;

  constructor(
    context: StepContext,
    answer: Answer,
    override readonly old: ResourceState | undefined,
    override readonly next: ResourceState,
    replaces: boolean,
  ) {
    super(context);
    this.#answer = answer;
    this.#replaces = replaces;
    this.op = replaces ? "read-replacement" : "read";
    this.logical = !replaces;
  }

  override async apply(): Promise<StepOutcome> {
    const { urn, id, inputs } = this.next;
    if (id === UNKNOWN_STRING) {
      this.next.outputs = {};
    } else {
      const live = await this.context.providerOf(this.next).read({ urn, id, inputs, state: inputs });
      if (live.outputs === undefined) throw new ProviderError(`resource '${id}' does not exist`);
      this.next.outputs = live.outputs;
      if (live.id !== "") this.next.id = live.id;
    }
    if (this.#replaces && this.old !== undefined) this.old.delete = true;
    this.next.created = this.old?.created;
    this.next.modified = this.old?.modified;
    if (this.foundChange) this.next.modified = new Date().toISOString();
    return {};
  }

  /** Whether an earlier read had another result; only then does the read count in the summary. */
  get foundChange(): boolean {
    return this.old !== undefined && !deepEquals(this.next.outputs ?? {}, this.old.outputs ?? {});
  }

  override commit(snapshot: Snapshot): void {
    if (this.old !== undefined) snapshot.retire(this.old);
    snapshot.add(this.next);
  }

  override complete(): void {
    this.#answer({ state: this.next, result: "success" });
  }
}

/** Reads a recorded resource and takes over what it finds. */
export class RefreshStep extends Step {
  readonly op = "refresh";
  #live: ResourceState | undefined;
  #found: DiffResult = bareDiff("none");

  constructor(
    context: StepContext,
    override readonly old: ResourceState,
    override readonly logical: boolean,
  ) {
    super(context);
    this.#live = old;
  }

  /** Undefined when the object is gone. */
  override get next(): ResourceState | undefined {
    return this.#live;
  }

  override get resource(): ResourceState {
    return this.old;
  }

  override get resultOp(): "same" | "update" | "delete" {
    if (this.#live === undefined) return "delete";
    if (this.#live === this.old) return "same";
    const same = this.old.external
      ? deepEquals(this.#live.outputs ?? {}, this.old.outputs ?? {})
      : this.#found.changes === "none";
    return same ? "same" : "update";
  }

  override async apply(): Promise<StepOutcome> {
    const { old } = this;
    if (!old.custom || isProviderType(old.type) || old.pendingReplacement) return {};
    const provider = this.context.providerOf(old);
    const { urn, inputs, outputs = {} } = old;
    const read = await provider.read({ urn, id: old.id, inputs, state: outputs });
    if (read.id === "" || read.outputs === undefined) {
      this.#live = undefined;
      return {};
    }
    const initErrors = [...(read.initErrors ?? [])];
    if (initErrors.length > 0) {
      const message = `Refreshed resource is in an unhealthy state:\n${initErrorMessage(initErrors)}`;
      this.context.recorder.diagnostic("warning", message, urn);
    }
    const live = { ...old, id: read.id, initErrors, inputs: read.inputs ?? inputs, outputs: read.outputs };
    if (!deepEquals(live.inputs, inputs) || !deepEquals(live.outputs, outputs)) {
      live.modified = new Date().toISOString();
    }
    if (!old.external) {
      // What the next update would do to the live object, seen from the other side.
      this.#found = invertDiff(
        await diffResource(provider, this.context.recorder, {
          urn,
          id: live.id,
          oldInputs: live.inputs,
          oldOutputs: live.outputs,
          newInputs: inputs,
          allowUnknowns: this.context.dryRun,
          ignoreChanges: old.ignoreChanges,
        }),
      );
      this.diff = stepDiff(this.#found);
    }
    this.#live = live;
    return {};
  }

  override commit(): void {
    // The operation rebuilds its base state from all refreshes at once.
    return;
  }
}
