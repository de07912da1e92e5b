import * as pulumi from "@pulumi/pulumi";
import { unknownKeys, warnOfUnknown } from "./configuration-check";
import { DYNAMIC_PACKAGE, NAMESPACE } from "./package-info";
import { providerInputs, stackConfiguration } from "./provider-inputs";
import type { ProviderArgs } from "./types/input";

/**
 * Another account, project or region than the stack's, for resources with the option `{ provider }`.
 *
 * Arguments left out come from the stack configuration, with three exceptions: credentials are taken over
 * only as a whole and only where no argument is a credential (`accessKey`, `secretKey`, `securityToken`,
 * `token`, `userName`, `password`, `domainName`, `domainId`, `agencyName`, `agencyDomainName`, `profile`,
 * `cloudName`); `projectId`, `projectName`, `cloud`, `authUrl` and `endpoints` are not taken over where
 * `region`, `cloud` or a credential is given; and neither of `projectId` and `projectName` beside the other.
 */
export class Provider extends pulumi.ProviderResource {
  /** @internal */
  static readonly __pulumiType = `pulumi:providers:${DYNAMIC_PACKAGE}`;

  constructor(name: string, args: ProviderArgs = {}, opts?: pulumi.ResourceOptions) {
    super(DYNAMIC_PACKAGE, name, providerInputs(args, stackConfiguration()), opts);
    const strangers = unknownKeys(Object.keys(args).map((key) => `${NAMESPACE}:${key}`));
    void warnOfUnknown(strangers, `the arguments of provider "${name}"`, (key) => key);
  }
}
