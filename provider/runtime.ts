/**
 * The entry that `__provider` in every state requires by name. Its path, its export names and the shape of its
 * exports are permanent: without them resources of old states can no longer be read or deleted.
 */
import type { ConfigureRequest } from "./fronts/dynamic/configuration";
import type { Hooks } from "./fronts/dynamic/hooks";

export interface DynamicProvider extends Hooks {
  /** Only stores: the SDK caches the provider before it awaits this, so other hooks may run first. */
  configure(request: ConfigureRequest): Promise<void>;
}

async function loadInNode(
  load: (request: ConfigureRequest | undefined) => Promise<Hooks>,
  request: ConfigureRequest | undefined,
): Promise<Hooks> {
  const { refuseOtherThanNode } = await import("./fronts/dynamic/require-node.js");
  refuseOtherThanNode(process.versions);
  return load(request);
}

/** Loads the implementation with the first hook, and keeps it for the configuration that was given last. */
function dynamicProvider(load: (request: ConfigureRequest | undefined) => Promise<Hooks>): DynamicProvider {
  let request: ConfigureRequest | undefined;
  let loading: Promise<Hooks> | undefined;
  const hooks = (): Promise<Hooks> => {
    loading ??= loadInNode(load, request).catch((error: unknown) => {
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

export const ServiceTask: DynamicProvider = dynamicProvider(async (request) => {
  const [{ createHost, openServiceTask }, { hooksOf }, { serviceTask }] = await Promise.all([
    import("./fronts/dynamic/composition.js"),
    import("./fronts/dynamic/hooks.js"),
    import("./services/service-task/definition.js"),
  ]);
  return hooksOf(serviceTask, createHost(request, "modelarts", openServiceTask));
});

export const BatchTask: DynamicProvider = dynamicProvider(async (request) => {
  const [{ createHost, openBatchTask }, { hooksOf }, { batchTask }] = await Promise.all([
    import("./fronts/dynamic/composition.js"),
    import("./fronts/dynamic/hooks.js"),
    import("./services/batch-task/definition.js"),
  ]);
  return hooksOf(batchTask, createHost(request, "vias", openBatchTask));
});

export const VideoAnalysisJob: DynamicProvider = dynamicProvider(async (request) => {
  const [{ createHost, openVideoAnalysisJob }, { hooksOf }, { videoAnalysisJob }] = await Promise.all([
    import("./fronts/dynamic/composition.js"),
    import("./fronts/dynamic/hooks.js"),
    import("./services/video-analysis-job/definition.js"),
  ]);
  return hooksOf(videoAnalysisJob, createHost(request, "iva", openVideoAnalysisJob));
});
