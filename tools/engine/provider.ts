/** The calls of the engine to a provider. */
import type { DiffResult } from "./diff";
import type { PropertyMap } from "./property-value";

/** A failed provider call. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";

  constructor(
    message: string,
    /** True when the provider may have done the work all the same. */
    readonly outcomeUnknown = false,
  ) {
    super(message);
  }
}

/** The provider's own configuration is unknown in this preview, so it cannot say what would change. */
export class DiffUnavailableError extends Error {
  override readonly name = "DiffUnavailableError";
}

export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

export interface CheckRequest {
  readonly urn: string;
  readonly olds: PropertyMap;
  readonly news: PropertyMap;
  readonly allowUnknowns: boolean;
}

export interface CheckResponse {
  readonly inputs: PropertyMap;
  readonly failures: readonly CheckFailure[];
}

export interface DiffRequest {
  readonly urn: string;
  readonly id: string;
  readonly oldInputs: PropertyMap;
  readonly oldOutputs: PropertyMap;
  readonly newInputs: PropertyMap;
  readonly allowUnknowns: boolean;
  readonly ignoreChanges: readonly string[];
}

export interface CreateRequest {
  readonly urn: string;
  readonly inputs: PropertyMap;
  readonly timeout: number;
  readonly preview: boolean;
}

export interface UpdateRequest extends CreateRequest {
  readonly id: string;
  readonly oldInputs: PropertyMap;
  readonly oldOutputs: PropertyMap;
  readonly ignoreChanges: readonly string[];
}

export interface ReadRequest {
  readonly urn: string;
  readonly id: string;
  readonly inputs: PropertyMap;
  readonly state: PropertyMap;
}

export interface DeleteRequest {
  readonly urn: string;
  readonly id: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
  readonly timeout: number;
}

/** A result that may come with reasons why the object exists but is not ready. */
export interface PartialResult {
  readonly initErrors?: readonly string[];
}

export interface CreateResponse extends PartialResult {
  readonly id: string;
  readonly outputs: PropertyMap;
}

export interface UpdateResponse extends PartialResult {
  readonly outputs: PropertyMap;
}

export interface ReadResponse extends PartialResult {
  /** Empty when the object is gone. */
  readonly id: string;
  /** Undefined when the provider sent none. */
  readonly outputs: PropertyMap | undefined;
  /** Undefined when the recorded inputs still hold. */
  readonly inputs: PropertyMap | undefined;
}

/** A manager of resources: a provider process, or the engine's own registry for resources that are providers. */
export interface Provider {
  check(request: CheckRequest): Promise<CheckResponse>;
  diff(request: DiffRequest): Promise<DiffResult>;
  create(request: CreateRequest): Promise<CreateResponse>;
  update(request: UpdateRequest): Promise<UpdateResponse>;
  read(request: ReadRequest): Promise<ReadResponse>;
  delete(request: DeleteRequest): Promise<void>;
}

/** The text of an initialization error, worded as the engine words it. */
export function initErrorMessage(reasons: readonly string[]): string {
  if (reasons.length === 0) return "resource init failed";
  const count = reasons.length === 1 ? "1 error" : `${reasons.length} errors`;
  return `${count} occurred:\n\t* ${reasons.join("\n\t* ")}\n\n`;
}
