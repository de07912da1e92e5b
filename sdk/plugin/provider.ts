import * as pulumi from "@pulumi/pulumi";
import type { ProviderArgs } from "..";
import { PLUGIN_PACKAGE, PLUGIN_PROVIDER } from "../../provider/services/configuration";
import { VERSION } from "../package-info";
import { providerInputs, stackConfiguration } from "../provider-inputs";

/**
 * Another account, project or region than the stack's, for resources with the option `{ provider }`. It takes over from the
 * stack configuration what the `Provider` of dynamic classes does.
 */
export class Provider extends pulumi.ProviderResource {
  /** @internal */
  static readonly __pulumiType = PLUGIN_PROVIDER;

  constructor(name: string, args: ProviderArgs = {}, opts: pulumi.ResourceOptions = {}) {
    super(PLUGIN_PACKAGE, name, providerInputs(args, stackConfiguration(), ""), {
      ...opts,
      version: opts.version ?? VERSION,
    });
  }
}
