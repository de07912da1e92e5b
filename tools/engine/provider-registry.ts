/** Manages the resources that are providers, and finds the provider that a resource refers to. */
import { randomUUID } from "node:crypto";
import { bareDiff, type DiffResult } from "./diff";
import type { DynamicProvider } from "./dynamic-provider";
import { deepEquals, type PropertyMap } from "./property-value";
import {
  type CheckRequest,
  type CheckResponse,
  type CreateRequest,
  type CreateResponse,
  type DeleteRequest,
  type DiffRequest,
  type Provider,
  ProviderError,
  type ReadResponse,
  type UpdateRequest,
  type UpdateResponse,
} from "./provider";
import type { ProviderHost } from "./provider-host";
import type { ResourceState } from "./resource-state";
import { DYNAMIC_PACKAGE, DYNAMIC_PROVIDER_TYPE, formatReference, parseUrn } from "./urn";
import { UNKNOWN_STRING } from "./wire";

/** Stands in for the id of a provider between its check and its creation or update. */
const UNCONFIGURED = "unconfigured";

export class ProviderRegistry implements Provider {
  readonly #host: ProviderHost;
  readonly #instances = new Map<string, DynamicProvider>();
  readonly #aliases = new Map<string, string>();

  constructor(host: ProviderHost) {
    this.#host = host;
  }

  /** The configured provider behind a reference. */
  find(reference: string): DynamicProvider | undefined {
    return this.#instances.get(reference);
  }

  /** Lets resources that still refer to a provider by its old URN find it. */
  alias(urn: string, oldUrn: string): void {
    if (urn !== oldUrn) this.#aliases.set(urn, oldUrn);
  }

  check(request: CheckRequest): Promise<CheckResponse> {
    const { type } = parseUrn(request.urn);
    if (type !== DYNAMIC_PROVIDER_TYPE) {
      const reason = `this engine manages dynamic resources only: the package has to be ${DYNAMIC_PACKAGE}`;
      return Promise.resolve({ inputs: request.news, failures: [{ property: "", reason }] });
    }
    this.#instances.set(reference(request.urn, UNCONFIGURED), this.#host.provider());
    return Promise.resolve({ inputs: request.news, failures: [] });
  }

  diff(request: DiffRequest): Promise<DiffResult> {
    return Promise.resolve(bareDiff(deepEquals(request.oldOutputs, request.newInputs) ? "none" : "some"));
  }

  create(request: CreateRequest): Promise<CreateResponse> {
    const id = request.preview ? UNKNOWN_STRING : randomUUID();
    this.#configure(request.urn, id, request.inputs, this.#take(request.urn));
    return Promise.resolve({ id, outputs: { ...request.inputs } });
  }

  update(request: UpdateRequest): Promise<UpdateResponse> {
    this.#configure(request.urn, request.id, request.inputs, this.#take(request.urn));
    return Promise.resolve({ outputs: { ...request.inputs } });
  }

  delete(request: DeleteRequest): Promise<void> {
    this.#instances.delete(reference(request.urn, request.id));
    return Promise.resolve();
  }

  read(): Promise<ReadResponse> {
    return Promise.reject(new ProviderError("provider resources may not be read"));
  }

  /** Makes the provider that a state describes available, unless it is already. */
  same(state: ResourceState, inputs: PropertyMap = state.inputs): void {
    if (this.#instances.has(reference(state.urn, state.id))) return;
    if (state.type !== DYNAMIC_PROVIDER_TYPE) {
      throw new ProviderError(
        `cannot load provider ${state.urn}: this engine manages dynamic resources only, of package ${DYNAMIC_PACKAGE}`,
      );
    }
    this.#configure(state.urn, state.id, inputs, this.#take(state.urn));
  }

  #take(urn: string): DynamicProvider {
    const key = reference(urn, UNCONFIGURED);
    const instance = this.#instances.get(key) ?? this.#host.provider();
    this.#instances.delete(key);
    return instance;
  }

  #configure(urn: string, id: string, inputs: PropertyMap, instance: DynamicProvider): void {
    instance.configure(urn, inputs);
    this.#instances.set(reference(urn, id), instance);
    const alias = this.#aliases.get(urn);
    if (alias !== undefined) this.#instances.set(reference(alias, id), instance);
  }
}

function reference(urn: string, id: string): string {
  return formatReference({ urn, id });
}
