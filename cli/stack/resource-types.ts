/** The resource types of this package, and how each is read. */
import { VideoAnalysisError } from "../../provider/common/errors";
import type { RunContext } from "../../provider/core/operation";
import { RESOURCES } from "../../provider/services";
import { pluginToken } from "../../provider/services/configuration";
import type { Configured } from "../../provider/services/configured";
import type { Resource } from "../../provider/services/resource";
import { ProviderRuntime, runWithoutEngine } from "../../provider/services/runtime";

export interface ResourceType extends Resource {
  /** Of dynamic resources, as states and import files have it. */
  readonly token: string;
  /** The text in `__provider` by which the engine finds the installed code; permanent. */
  readonly providerText: string;
  /** What reads need: settings and connections. Throws `CONFIGURATION` where the settings are not usable. */
  runContext(configured: Configured): RunContext;
}

/** One for each configuration of a command, so that its reads share connections and lists. */
const runtimes = new WeakMap<Configured, ProviderRuntime>();

function runtimeOf(configured: Configured): ProviderRuntime {
  const known = runtimes.get(configured) ?? new ProviderRuntime(runWithoutEngine(), configured);
  runtimes.set(configured, known);
  return known;
}

const resourceTypeFor = (resource: Resource): ResourceType => ({
  ...resource,
  token: `pulumi-nodejs:dynamic/video-analysis:${resource.definition.type}`,
  providerText: `exports.handler=()=>require("pulumi-video-analysis/runtime").${resource.definition.type}`,
  runContext: (configured) => runtimeOf(configured).runContext(resource),
});

/** Names of VAS services have neither digits nor capitals, ids of ModelArts services have. */
export const VAS_SERVICE = /^[a-z][a-z-]*$/;

const RESOURCE_TYPES = Object.values(RESOURCES).map(resourceTypeFor);

/** Of a dynamic resource, and of the same one on the provider plugin; undefined for resources of others. */
export const resourceTypeOf = (typeToken: string): ResourceType | undefined =>
  RESOURCE_TYPES.find(
    ({ token, definition }) => token === typeToken || pluginToken(definition.type) === typeToken,
  );

/**
 * By the name of the class.
 *
 * @throws `INVALID_ID`
 */
export function resourceTypeNamed(name: string): ResourceType {
  const found = RESOURCE_TYPES.find(({ definition }) => definition.type === name);
  if (found !== undefined) return found;
  const names = RESOURCE_TYPES.map(({ definition }) => definition.type);
  throw new VideoAnalysisError(
    "INVALID_ID",
    `"${name}" is no resource type. Give one of ${names.join(", ")}.`,
  );
}
