/** A step of the engine: one thing done to one resource. */
import type { OperationKind } from "./deployment";
import type { DetailedDiff, DiffResult } from "./diff";
import type { Provider } from "./provider";
import type { Recorder } from "./recorder";
import type { ResourceState } from "./resource-state";
import type { Snapshot } from "./snapshot";
import type { StepOp } from "./types";
import { isDefaultProvider } from "./urn";

/** The answer to a registration. */
export interface RegisterResult {
  readonly state: ResourceState;
  /** `skip`: nothing was done because a dependency was not there either. */
  readonly result: "success" | "skip";
}

/** Answers the program's request for a resource. */
export type Answer = (result: RegisterResult) => void;

/** The operation, as its steps use it. */
export interface StepContext {
  readonly dryRun: boolean;
  readonly recorder: Recorder;
  /** The provider of a resource, or the registry for a resource that is one. */
  providerOf(state: ResourceState): Provider;
  /** Makes a provider from the state available. */
  loadProvider(state: ResourceState): void;
  /** Whether the resource of this URN is deleted by this operation. */
  isBeingDeleted(urn: string): boolean;
}

/** The end of a step that was carried out. */
export interface StepOutcome {
  /** Set when the object exists but the step still failed: its state is saved. */
  readonly failure?: Error;
}

/** The explanation of a change, for those who watch. */
export interface StepDiff {
  readonly detailedDiff?: DetailedDiff | undefined;
  readonly changedKeys?: readonly string[];
  readonly replaceKeys?: readonly string[];
}

/** A protected resource was to be deleted; other deletions go on. */
export class ProtectedError extends Error {
  override readonly name = "ProtectedError";
}

/** One planned action on one resource. */
export abstract class Step {
  abstract readonly op: StepOp;
  /** The state of the resource before and after; undefined where there is none. */
  abstract readonly old: ResourceState | undefined;
  abstract readonly next: ResourceState | undefined;
  /** Whether the step counts in the summary; the parts of a replacement do not. */
  readonly logical: boolean = true;
  /** The pending operation to note in the state while the step runs. */
  readonly pending: OperationKind | undefined = undefined;
  diff: StepDiff = {};

  constructor(protected readonly context: StepContext) {}

  /** The resource the step is about. */
  get resource(): ResourceState {
    const resource = this.next ?? this.old;
    if (resource === undefined) throw new Error("a step needs a resource");
    return resource;
  }

  get urn(): string {
    return this.resource.urn;
  }

  /** For a refresh: what it found. */
  get resultOp(): "same" | "update" | "delete" | undefined {
    return undefined;
  }

  /** Steps on default providers are not shown. */
  get internal(): boolean {
    return isDefaultProvider(this.urn);
  }

  /** Carries the step out; throws when it failed and left nothing behind. */
  abstract apply(): Promise<StepOutcome>;

  /** Enters the result into the state. */
  abstract commit(snapshot: Snapshot): void;

  /** Answers the program, after the state was saved. */
  complete(): void {
    return;
  }
}

/** The parts of a provider's answer that are shown with a step. */
export function stepDiff(diff: DiffResult): StepDiff {
  return { detailedDiff: diff.detailedDiff, changedKeys: diff.changedKeys, replaceKeys: diff.replaceKeys };
}
