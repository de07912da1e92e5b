/** The resource monitor, which the program registers its resources with. */
import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import type { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import type {
  ReadResourceRequest,
  ReadResourceResponse,
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
  RegisterResourceResponse,
  ResourceInvokeRequest,
  SupportsFeatureRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { bareGoal, type Goal } from "./goal";
import { decodeStruct, goalOf, readGoalOf } from "./goal-request";
import { RpcError, unary } from "./grpc-server";
import type { OperationContext } from "./operation-context";
import { containsUnknowns, type PropertyMap } from "./property-value";
import type { Registrations } from "./registrations";
import type { ResourceState } from "./resource-state";
import type { Sdk } from "./sdk";
import {
  defaultProviderName,
  DYNAMIC_PACKAGE,
  DYNAMIC_PROVIDER_TYPE,
  formatReference,
  isProviderType,
  packageOfType,
} from "./urn";
import { encodeProperties, UNKNOWN_STRING } from "./wire";

/** Features of this monitor, in the protocol's words. */
const FEATURES: ReadonlySet<string> = new Set([
  "secrets",
  "resourceReferences",
  "outputValues",
  "deletedWith",
  "replaceWith",
  "aliasSpecs",
]);

export interface MonitorOptions {
  readonly sdk: Sdk;
  readonly context: OperationContext;
  readonly registrations: Registrations;
  readonly workDir: string;
  /** The configuration that default providers get: all of the stack's, secrets marked. */
  readonly config: PropertyMap;
  /** Called with the outputs of a component, or of the stack. */
  readonly onOutputs: (urn: string, outputs: PropertyMap) => void;
}

/** Serves the program's requests for resources. */
export class ResourceMonitor {
  readonly #options: MonitorOptions;
  readonly #defaultProviders = new Map<string, Promise<string>>();
  readonly #goals = new Map<string, Goal>();

  constructor(options: MonitorOptions) {
    this.#options = options;
  }

  service(): UntypedServiceImplementation {
    const { sdk } = this.#options;
    const empty = new sdk.empty.Empty();
    const unsupported = (what: string) => (): never => {
      throw new RpcError("UNIMPLEMENTED", `${what}: run this program with the Pulumi CLI`);
    };
    return {
      supportsFeature: unary(sdk, (request: SupportsFeatureRequest) =>
        new sdk.monitorMessages.SupportsFeatureResponse().setHassupport(FEATURES.has(request.getId())),
      ),
      getDeploymentInfo: unary(sdk, unsupported("deployment information is not served")),
      registerResource: unary(sdk, (request: RegisterResourceRequest) => this.#register(request)),
      registerResourceOutputs: unary(sdk, (request: RegisterResourceOutputsRequest) => {
        this.#options.onOutputs(request.getUrn(), decodeStruct(request.getOutputs(), { unknowns: "keep" }));
        return empty;
      }),
      readResource: unary(sdk, (request: ReadResourceRequest) => this.#read(request)),
      invoke: unary(sdk, (request: ResourceInvokeRequest) => this.#invoke(request)),
      call: unary(sdk, unsupported("method calls are not supported")),
      registerPackage: unary(sdk, unsupported("parameterized packages are not supported")),
      registerStackTransform: unary(sdk, unsupported("stack transforms are not supported")),
      registerStackInvokeTransform: unary(sdk, unsupported("stack transforms are not supported")),
      registerResourceHook: unary(sdk, unsupported("resource hooks are not supported")),
      registerErrorHook: unary(sdk, unsupported("error hooks are not supported")),
      signalAndWaitForShutdown: unary(sdk, () => empty),
    };
  }

  async #register(request: RegisterResourceRequest): Promise<RegisterResourceResponse> {
    const goal = this.#inherit(goalOf(request, this.#options.workDir));
    const provider =
      goal.custom && !isProviderType(goal.type)
        ? await this.#provider(goal.type, goal.provider, request.getVersion())
        : "";
    const { state, result } = await this.#options.registrations.register({ ...goal, provider });
    this.#goals.set(state.urn, goal);
    const { sdk } = this.#options;
    return new sdk.monitorMessages.RegisterResourceResponse()
      .setUrn(state.urn)
      .setId(state.id === UNKNOWN_STRING ? "" : state.id)
      .setObject(
        this.#outputs(state, request.getAcceptsecrets(), request.getAcceptresources(), {
          keepPartial: request.getSupportspartialvalues(),
        }),
      )
      .setResult(sdk.monitorMessages.Result[result === "skip" ? "SKIP" : "SUCCESS"]);
  }

  async #read(request: ReadResourceRequest): Promise<ReadResourceResponse> {
    const goal = readGoalOf(request);
    const provider = await this.#provider(goal.type, goal.provider, request.getVersion());
    const { state } = await this.#options.registrations.read({ ...goal, provider });
    return new this.#options.sdk.monitorMessages.ReadResourceResponse()
      .setUrn(state.urn)
      .setProperties(
        this.#outputs(state, request.getAcceptsecrets(), request.getAcceptresources(), { keepPartial: true }),
      );
  }

  /** Serves references to resources by URN; there are no other functions without a provider. */
  #invoke(request: ResourceInvokeRequest): InvokeResponse {
    const { sdk, context } = this.#options;
    if (request.getTok() !== "pulumi:pulumi:getResource") {
      throw new RpcError(
        "UNIMPLEMENTED",
        `unknown function '${request.getTok()}': dynamic providers have none`,
      );
    }
    const { urn } = decodeStruct(request.getArgs(), { unknowns: "keep" });
    const state = typeof urn === "string" ? context.news.get(urn) : undefined;
    if (state === undefined)
      throw new RpcError("INVALID_ARGUMENT", `unknown resource ${JSON.stringify(urn)}`);
    const answer: PropertyMap = { urn: state.urn, id: state.id, state: state.outputs ?? {} };
    const options = { keepSecrets: true, keepResources: true, keepUnknowns: true };
    return new sdk.providerMessages.InvokeResponse().setReturn(
      sdk.structs.Struct.fromJavaScript(encodeProperties(answer, options)),
    );
  }

  /** Options that a child takes from its parent where it has none of its own. */
  #inherit(goal: Goal): Goal {
    const parent = this.#goals.get(goal.parent);
    if (parent === undefined) return goal;
    return {
      ...goal,
      deletedWith: goal.deletedWith === "" ? parent.deletedWith : goal.deletedWith,
      protect: goal.protect ?? parent.protect,
      retainOnDelete: goal.retainOnDelete ?? parent.retainOnDelete,
    };
  }

  /** The provider that a resource asks for, or else the default one, which exists from the first such wish on. */
  async #provider(type: string, wanted: string, version: string): Promise<string> {
    const pkg = packageOfType(type);
    if (pkg !== DYNAMIC_PACKAGE) {
      const message = `${type} is of package '${pkg}', and this engine manages dynamic resources only: use the Pulumi CLI`;
      throw new RpcError("UNIMPLEMENTED", message);
    }
    if (wanted !== "") return wanted;
    const name = defaultProviderName(version);
    const known = this.#defaultProviders.get(name);
    if (known !== undefined) return known;
    const registered = this.#registerDefaultProvider(name);
    this.#defaultProviders.set(name, registered);
    return registered;
  }

  async #registerDefaultProvider(name: string): Promise<string> {
    const { registrations, config } = this.#options;
    const goal = { ...bareGoal(DYNAMIC_PROVIDER_TYPE, name, true), inputs: config };
    const { state } = await registrations.register(goal);
    return formatReference({ urn: state.urn, id: state.id });
  }

  #outputs(
    state: ResourceState,
    keepSecrets: boolean,
    keepResources: boolean,
    { keepPartial }: { readonly keepPartial: boolean },
  ): ReturnType<Sdk["structs"]["Struct"]["fromJavaScript"]> {
    const outputs = state.custom ? (state.outputs ?? {}) : {};
    const shown = Object.entries(outputs).filter(([, value]) => keepPartial || !containsUnknowns(value));
    const encoded = encodeProperties(Object.fromEntries(shown), {
      keepSecrets,
      keepResources,
      keepUnknowns: true,
    });
    return this.#options.sdk.structs.Struct.fromJavaScript(encoded);
  }
}
