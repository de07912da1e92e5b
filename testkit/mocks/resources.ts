/** The resources and providers that the mocks know, of the dynamic classes and of those on the provider plugin. */
import type { PropertyMap } from "../../provider/common/json";
import { RESOURCES } from "../../provider/services";
import {
  CONFIGURATION_NAMESPACE,
  DYNAMIC_PROVIDER,
  PLUGIN_PROVIDER,
  pluginToken,
} from "../../provider/services/configuration";
import type { Resource } from "../../provider/services/resource";

const MODULE = "pulumi-nodejs:dynamic/video-analysis:";

/** A class of the package: what it registers, and whether its default name is made by the provider. */
export interface Registrable {
  readonly resource: Resource;
  readonly isOnPlugin: boolean;
}

/** The class of a type token; undefined where it is not one of this package. */
export function registrableOf(token: string): Registrable | undefined {
  for (const resource of Object.values<Resource>(RESOURCES)) {
    const { type } = resource.definition;
    if (token === MODULE + type) return { resource, isOnPlugin: false };
    if (token === pluginToken(type)) return { resource, isOnPlugin: true };
  }
  return undefined;
}

/** Configuration that the arguments of an explicit provider stand for; undefined for any other type. */
export function configurationOf(token: string, args: PropertyMap): PropertyMap | undefined {
  if (token === DYNAMIC_PROVIDER) return args;
  if (token !== PLUGIN_PROVIDER) return undefined;
  const entries = Object.entries(args).map(([key, value]) => [`${CONFIGURATION_NAMESPACE}:${key}`, value]);
  return Object.fromEntries(entries) as PropertyMap;
}
