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
    return (await running).hooks(name, request);
  } catch (error) {
    running = undefined;
    throw error;
  }
}

/** Loads the implementation with the first hook, and keeps it for the configuration that was given last. */
function dynamicProvider(name: ResourceName): DynamicProvider {
  let request: ConfigureRequest | undefined;
  let loading: Promise<Hooks> | undefined;
  const hooks = (): Promise<Hooks> => {
    loading ??= load(name, request).catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
  return {
    configure: (given) => {
      request = given;
      loading = undefined;
      return Promise.resolve();
    },
    check: async (olds, news) => (await hooks()).check(olds, news),
    diff: async (id, olds, news) => (await hooks()).diff(id, olds, news),
    create: async (inputs) => (await hooks()).create(inputs),
    read: async (id, props) => (await hooks()).read(id, props),
    update: async (id, olds, news) => (await hooks()).update(id, olds, news),
    delete: async (id, props) => (await hooks()).delete(id, props),
  };
}

export const ServiceTask = dynamicProvider("ServiceTask");
export const BatchTask = dynamicProvider("BatchTask");
export const VideoAnalysisJob = dynamicProvider("VideoAnalysisJob");
