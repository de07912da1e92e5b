/**
 * The entry that `__provider` in every state requires by name. Its path, its export names and the shape of its
 * exports are permanent: without them resources of old states can no longer be read or deleted.
 */
import type { ConfigureRequest } from "./fronts/dynamic/configuration";
import type { Hooks } from "./fronts/dynamic/hooks";
import type { ProviderProcess } from "./fronts/dynamic/process";
import type { ResourceName } from "./services/resource-names";

export interface DynamicProvider extends Hooks {
  /** Only stores: the SDK caches the provider before it awaits this, so other hooks may run first. */
  configure(request: ConfigureRequest): Promise<void>;
}

/** One process, one run. */
let running: Promise<ProviderProcess> | undefined;

async function start(): Promise<ProviderProcess> {
  const { refuseOtherThanNode } = await import("./fronts/dynamic/require-node.js");
  refuseOtherThanNode(process.versions);
  const { ProviderProcess } = await import("./fronts/dynamic/process.js");
  return new ProviderProcess();
}

async function load(name: ResourceName, request: ConfigureRequest | undefined): Promise<Hooks> {
  running ??= start();
  try {
    return await (await running).hooks(name, request);
  } catch (error) {
    running = undefined;
    throw error;
  }
}

/** Loads the implementation with the first hook, and keeps it for the configuration that was given last. */
class LazyProvider implements DynamicProvider {
  readonly #name: ResourceName;
  #request: ConfigureRequest | undefined;
  #loading: Promise<Hooks> | undefined;

  constructor(name: ResourceName) {
    this.#name = name;
  }

  configure = (request: ConfigureRequest): Promise<void> => {
    this.#request = request;
    this.#loading = undefined;
    return Promise.resolve();
  };
  check: Hooks["check"] = async (olds, news) => (await this.#hooks()).check(olds, news);
  diff: Hooks["diff"] = async (id, olds, news) => (await this.#hooks()).diff(id, olds, news);
  create: Hooks["create"] = async (inputs) => (await this.#hooks()).create(inputs);
  read: Hooks["read"] = async (id, props) => (await this.#hooks()).read(id, props);
  update: Hooks["update"] = async (id, olds, news) => (await this.#hooks()).update(id, olds, news);
  delete: Hooks["delete"] = async (id, props) => (await this.#hooks()).delete(id, props);

  #hooks(): Promise<Hooks> {
    this.#loading ??= load(this.#name, this.#request).catch((error: unknown) => {
      this.#loading = undefined;
      throw error;
    });
    return this.#loading;
  }
}

export const ServiceTask: DynamicProvider = new LazyProvider("ServiceTask");
export const BatchTask: DynamicProvider = new LazyProvider("BatchTask");
export const VideoAnalysisJob: DynamicProvider = new LazyProvider("VideoAnalysisJob");
