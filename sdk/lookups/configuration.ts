/** The configuration that a lookup asks with: that of the resources which have the same provider. */
import * as pulumi from "@pulumi/pulumi";
import { CONFIGURATION, pluginToken } from "../../provider/services/configuration";
import type { ConfigurationKey } from "../../provider/services/configuration";
import { NAMESPACE, typeToken } from "../package-info";
import { stackConfiguration } from "../provider-inputs";

/** What every lookup takes beside its arguments. */
export interface LookupOptions {
  /** Account, project or region to ask with; default: that of `parent`, else the stack configuration. */
  readonly provider?: pulumi.ProviderResource | undefined;
  /** Resource whose provider is used where none is given. */
  readonly parent?: pulumi.Resource | undefined;
}

/** Texts by their full keys (`video-analysis:region`), secrets opened. */
export type Configuration = Readonly<Record<string, string>>;

/** Any type of a package names its provider: that of the plugin, and that of dynamic resources, which is not ours alone. */
const TYPES = [pluginToken("ServiceTask"), typeToken("ServiceTask")];

export function providerOf(options: LookupOptions | undefined): pulumi.ProviderResource | undefined {
  if (options?.provider !== undefined) return options.provider;
  return TYPES.map((type) => options?.parent?.getProvider(type)).find((provider) => provider !== undefined);
}

/**
 * The inputs of the explicit provider, which copied from the stack what it was not given, or else the stack's
 * configuration. Never a secret as a whole: credentials do not make what they ask for one.
 */
export function configurationOf(options: LookupOptions | undefined): pulumi.Output<Configuration> {
  const provider = providerOf(options);
  const keys = Object.keys(CONFIGURATION) as ConfigurationKey[];
  const stack = stackConfiguration();
  // Read by key, which also works for a plain `ProviderResource` and for another copy of this package.
  const values = keys.map((key): pulumi.Input<unknown> =>
    provider === undefined
      ? stack(key)
      : (Reflect.get(provider, `${NAMESPACE}:${key}`) ?? Reflect.get(provider, key)),
  );
  return pulumi.unsecret(pulumi.all(values)).apply((known: readonly unknown[]): Configuration => {
    const entries = keys.map((key, index): [string, unknown] => [`${NAMESPACE}:${key}`, known[index]]);
    return Object.fromEntries(
      entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    );
  });
}
