/** Steps that delete a resource. */
import type { ResourceState } from "./resource-state";
import type { Snapshot } from "./snapshot";
import { ProtectedError, Step, type StepContext, type StepOutcome } from "./step";

/** Why a deletion happens, when it is part of a replacement. */
export type ReplacedDelete =
  /** Before the replacement is created: the state keeps the resource as pending replacement. */
  | "before"
  /** After the replacement was created. */
  | "after";

/** Deletes a resource. External ones, and those to be retained, only leave the state. */
export class DeleteStep extends Step {
  readonly #replaced: ReplacedDelete | undefined;

  override readonly op: "delete" | "delete-replaced" | "discard" | "discard-replaced";
  override readonly next = undefined;
  override readonly pending = "deleting";
  override readonly logical: boolean;

  constructor(
    context: StepContext,
    override readonly old: ResourceState,
    replaced?: ReplacedDelete,
  ) {
    super(context);
    this.#replaced = replaced;
    const verb = old.external ? "discard" : "delete";
    this.op = replaced === undefined ? verb : `${verb}-replaced`;
    this.logical = replaced === undefined;
  }

  override async apply(): Promise<StepOutcome> {
    if (this.#replaced === undefined && this.old.protect)
      throw new ProtectedError(protectedMessage(this.urn));
    if (this.#hasObject() && !this.context.dryRun) {
      await this.context.providerOf(this.old).delete({
        urn: this.urn,
        id: this.old.id,
        inputs: this.old.inputs,
        outputs: this.old.outputs ?? {},
        timeout: this.old.customTimeouts.delete ?? 0,
      });
    }
    if (this.#replaced === "before") this.old.pendingReplacement = true;
    return {};
  }

  #hasObject(): boolean {
    const { custom, external, retainOnDelete, deletedWith } = this.old;
    const goneAnyway = deletedWith !== "" && this.context.isBeingDeleted(deletedWith);
    return custom && !external && !retainOnDelete && !goneAnyway;
  }

  override commit(snapshot: Snapshot): void {
    if (!this.old.pendingReplacement) snapshot.retire(this.old);
  }
}

/** Forgets a resource that was deleted for a replacement which never came. */
export class RemovePendingReplaceStep extends Step {
  readonly op = "remove-pending-replace";
  override readonly next = undefined;
  override readonly logical = false;

  constructor(
    context: StepContext,
    override readonly old: ResourceState,
  ) {
    super(context);
  }

  override get internal(): boolean {
    return true;
  }

  override apply(): Promise<StepOutcome> {
    return Promise.resolve({});
  }

  override commit(snapshot: Snapshot): void {
    snapshot.retire(this.old);
  }
}

function protectedMessage(urn: string): string {
  return (
    `resource "${urn}" cannot be deleted\nbecause it is protected. To unprotect the resource, either remove the ` +
    "`protect` flag from the resource in your Pulumi program and run `pulumi up`, or use the command:\n" +
    `\`pulumi state unprotect '${urn}'\``
  );
}
