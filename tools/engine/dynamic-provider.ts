/** One dynamic provider, asked over the provider protocol. */
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type {
  CheckResponse as CheckAnswer,
  CreateResponse as CreateAnswer,
  DiffResponse as DiffAnswer,
  ReadResponse as ReadAnswer,
  UpdateResponse as UpdateAnswer,
} from "@pulumi/pulumi/proto/provider_pb";
import type { DiffResult } from "./diff";
import { containsUnknowns, type PropertyMap, toPlain } from "./property-value";
import {
  type CheckRequest,
  type CheckResponse,
  type CreateRequest,
  type CreateResponse,
  type DeleteRequest,
  type DiffRequest,
  DiffUnavailableError,
  type Provider,
  ProviderError,
  type ReadRequest,
  type ReadResponse,
  type UpdateRequest,
  type UpdateResponse,
} from "./provider";
import { type ProviderCalls, shown } from "./provider-calls";
import { InitFailure } from "./provider-process";
import type { Sdk } from "./sdk";
import { annotated } from "./secret-annotation";
import { decodeProperties, encodeProperties } from "./wire";

const CONFIG_UNKNOWN =
  "The provider for this resource has inputs that are not known during preview.\n" +
  "This preview may not correctly represent the changes that will be applied during an update.";

/** The provider protocol's enumeration of differences. */
const CHANGES: readonly DiffResult["changes"][] = ["unknown", "none", "some"];

/** Result of a call that creates or changes an object. */
interface RawResult {
  readonly id: string;
  readonly properties: Struct | undefined;
  /** Set when the object exists but is not ready. */
  readonly reasons?: string[];
}

/** One configured instance of the dynamic provider; its process starts with the first call that needs it. */
export class DynamicProvider implements Provider {
  readonly #sdk: Sdk;
  readonly #calls: ProviderCalls;
  #configKnown = true;

  constructor(sdk: Sdk, calls: ProviderCalls) {
    this.#sdk = sdk;
    this.#calls = calls;
  }

  /** Sets the configuration. With an unknown value in it, the provider is not asked about anything. */
  configure(urn: string, inputs: PropertyMap): void {
    this.#configKnown = !containsUnknowns(inputs);
    if (this.#configKnown) this.#calls.configureWith(urn, inputs);
  }

  async check(request: CheckRequest): Promise<CheckResponse> {
    const { urn, olds, news, allowUnknowns } = request;
    if (!this.#configKnown) return { inputs: news, failures: [] };
    const message = new this.#sdk.providerMessages.CheckRequest()
      .setUrn(urn)
      .setOlds(this.#struct(olds, allowUnknowns))
      .setNews(this.#struct(news, allowUnknowns));
    return this.#calls.make({
      method: "check",
      urn,
      request: shown({ olds, news }),
      run: async (process) => {
        const answer = await process.call<CheckAnswer>((client, callback) => client.check(message, callback));
        return {
          inputs: annotated(this.#decode(answer.getInputs(), allowUnknowns) ?? {}, news),
          failures: answer
            .getFailuresList()
            .map((failure) => ({ property: failure.getProperty(), reason: failure.getReason() })),
        };
      },
      show: ({ inputs, failures }) => ({
        inputs: toPlain(inputs),
        failures: failures.map(({ property, reason }) => ({ property, reason })),
      }),
    });
  }

  async diff(request: DiffRequest): Promise<DiffResult> {
    const { urn, id, oldInputs, oldOutputs, newInputs, allowUnknowns } = request;
    if (!this.#configKnown) throw new DiffUnavailableError(CONFIG_UNKNOWN);
    const message = new this.#sdk.providerMessages.DiffRequest()
      .setId(id)
      .setUrn(urn)
      .setOldInputs(this.#struct(oldInputs, allowUnknowns))
      .setOlds(this.#struct(oldOutputs, allowUnknowns))
      .setNews(this.#struct(newInputs, allowUnknowns))
      .setIgnorechangesList([...request.ignoreChanges]);
    return this.#calls.make({
      method: "diff",
      urn,
      request: shown({ id, olds: oldOutputs, news: newInputs }),
      run: async (process) => {
        const answer = await process.call<DiffAnswer>((client, callback) => client.diff(message, callback));
        return {
          changes: CHANGES[answer.getChanges()] ?? "unknown",
          replaceKeys: answer.getReplacesList(),
          changedKeys: answer.getDiffsList(),
          deleteBeforeReplace: answer.getDeletebeforereplace(),
        };
      },
      show: ({ changes, replaceKeys, deleteBeforeReplace }) => ({
        changes,
        replaces: [...replaceKeys],
        deleteBeforeReplace,
      }),
    });
  }

  async create(request: CreateRequest): Promise<CreateResponse> {
    const { urn, inputs, timeout, preview } = request;
    // The dynamic provider does not support previews of creation: the engine shows the inputs as outputs.
    if (preview) return { id: "", outputs: this.#configKnown ? { ...inputs } : {} };
    const message = new this.#sdk.providerMessages.CreateRequest()
      .setUrn(urn)
      .setProperties(this.#struct(inputs, false))
      .setTimeout(timeout);
    const result = await this.#calls.make({
      method: "create",
      urn,
      request: shown({ inputs }),
      run: (process) =>
        this.#settle(inputs, async () => {
          const answer = await process.call<CreateAnswer>((client, callback) =>
            client.create(message, callback),
          );
          return { id: answer.getId(), properties: answer.getProperties() };
        }),
      show: ({ id, outputs, initErrors }) => shown({ id, outputs, initErrors }),
    });
    if (result.id !== "") return result;
    throw new ProviderError(`plugin returned empty resource.ID from create '${urn}'`, true);
  }

  async update(request: UpdateRequest): Promise<UpdateResponse> {
    const { urn, id, inputs, oldInputs, oldOutputs, timeout, preview } = request;
    if (preview) return { outputs: this.#configKnown ? { ...inputs } : {} };
    const message = new this.#sdk.providerMessages.UpdateRequest()
      .setId(id)
      .setUrn(urn)
      .setOldInputs(this.#struct(oldInputs, false))
      .setOlds(this.#struct(oldOutputs, false))
      .setNews(this.#struct(inputs, false))
      .setTimeout(timeout)
      .setIgnorechangesList([...request.ignoreChanges]);
    return this.#calls.make({
      method: "update",
      urn,
      request: shown({ id, olds: oldOutputs, news: inputs }),
      run: (process) =>
        this.#settle(inputs, async () => {
          const answer = await process.call<UpdateAnswer>((client, callback) =>
            client.update(message, callback),
          );
          return { id, properties: answer.getProperties() };
        }),
      show: ({ outputs, initErrors }) => shown({ outputs, initErrors }),
    });
  }

  async read(request: ReadRequest): Promise<ReadResponse> {
    const { urn, id, inputs, state } = request;
    if (!this.#configKnown) return { id, outputs: {}, inputs: {} };
    const message = new this.#sdk.providerMessages.ReadRequest()
      .setId(id)
      .setUrn(urn)
      .setInputs(this.#struct(inputs, false))
      .setProperties(this.#struct(state, false));
    return this.#calls.make({
      method: "read",
      urn,
      request: shown({ id, state, inputs }),
      run: async (process) => {
        const answer = await process.call<ReadAnswer>((client, callback) => client.read(message, callback));
        const outputs = this.#decode(answer.getProperties(), false);
        const live = this.#decode(answer.getInputs(), false);
        return {
          id: answer.getId(),
          outputs: outputs === undefined ? undefined : annotated(outputs, state),
          inputs: live === undefined ? undefined : annotated(live, inputs),
        };
      },
      show: (result) => shown({ ...result }),
    });
  }

  async delete(request: DeleteRequest): Promise<void> {
    const { urn, id, inputs, outputs, timeout } = request;
    const message = new this.#sdk.providerMessages.DeleteRequest()
      .setId(id)
      .setUrn(urn)
      .setOldInputs(this.#struct(inputs, false))
      .setProperties(this.#struct(outputs, false))
      .setTimeout(timeout);
    await this.#calls.make({
      method: "delete",
      urn,
      request: shown({ id, outputs }),
      run: (process) => process.call<object>((client, callback) => client.delete(message, callback)),
      show: () => ({}),
    });
  }

  /** Turns an initialization error into a result: the object exists, and its id and properties came along. */
  async #settle(inputs: PropertyMap, call: () => Promise<RawResult>): Promise<CreateResponse> {
    const { id, properties, reasons } = await call().catch((error: unknown): RawResult => {
      if (!(error instanceof InitFailure)) throw error;
      const failure = this.#sdk.providerMessages.ErrorResourceInitFailed.deserializeBinary(error.details);
      return { id: failure.getId(), properties: failure.getProperties(), reasons: failure.getReasonsList() };
    });
    const outputs = annotated(this.#decode(properties, false) ?? {}, inputs);
    return { id, outputs, ...(reasons === undefined ? {} : { initErrors: reasons }) };
  }

  #struct(map: PropertyMap, keepUnknowns: boolean): Struct {
    // The dynamic provider answers acceptSecrets = false and acceptResources = false.
    const options = { keepSecrets: false, keepResources: false, keepUnknowns };
    return this.#sdk.structs.Struct.fromJavaScript(encodeProperties(map, options));
  }

  #decode(struct: Struct | undefined, keepUnknowns: boolean): PropertyMap | undefined {
    if (struct === undefined) return undefined;
    return decodeProperties(struct.toJavaScript(), { unknowns: keepUnknowns ? "keep" : "reject" });
  }
}
