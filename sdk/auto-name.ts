/** The name that a resource gets when the program gives none. */
import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { NAMESPACE } from "./package-info";

/** Digits of the hash: 48 bits keep two of a million names apart with 99.8 % probability. */
const HASH_DIGITS = 12;
/** Characters that 100 (the create pages of all three services) leave beside a hyphen and the hash. */
const LOGICAL_LENGTH = 87;
/** Characters that at least one of the services refuses in a name. */
const REFUSED = /[^A-Za-z0-9_-]/gu;
/** Pulumi's own name for the organization where a backend knows none. */
const NO_ORGANIZATION = "organization";

/** The default name for known values. */
export function defaultName(
  logicalName: string,
  organization: string,
  urn: string,
  nameSeed: string,
): string {
  const hash = createHash("sha256").update(`${organization}\n${urn}\n${nameSeed}`).digest("hex");
  return `${logicalName.replace(REFUSED, "-").slice(0, LOGICAL_LENGTH)}-${hash.slice(0, HASH_DIGITS)}`;
}

/**
 * The default name of a resource that is about to be registered. Known in previews; of a resource without a parent at once,
 * which saves the SDK a chain of outputs.
 */
export function autoName(
  type: string,
  logicalName: string,
  opts: pulumi.CustomResourceOptions | undefined,
): pulumi.Input<string> {
  const seed = nameSeed(type, opts);
  if (opts?.parent === undefined && !pulumi.Output.isInstance(seed)) {
    return defaultName(logicalName, organization(), rootUrn(type, logicalName), seed ?? "");
  }
  const urn = pulumi.createUrn(logicalName, type, opts?.parent && withoutDependencies(opts.parent.urn));
  return pulumi
    .all([urn, seed])
    .apply(([known, text]) => defaultName(logicalName, organization(), known, text ?? ""));
}

/** That of `pulumi.createUrn`, which makes an output of it. */
const rootUrn = (type: string, logicalName: string): string =>
  `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::${type}::${logicalName}`;

/**
 * The parent's URN alone. As an output it would make every child of a component depend on all its brothers
 * and sisters, each waiting for the other.
 */
function withoutDependencies(urn: pulumi.Output<string>): Promise<string> {
  return new Promise((resolve) => {
    urn.apply(resolve);
  });
}

/** The seed of the resource's explicit provider, inherited ones included, else of the stack configuration. */
function nameSeed(
  type: string,
  opts: pulumi.CustomResourceOptions | undefined,
): pulumi.Output<string | undefined> | string | undefined {
  // Read by its key, which also works for a plain `ProviderResource` and for another copy of this package.
  const provider: object | undefined = opts?.provider ?? opts?.parent?.getProvider(type);
  const own: unknown = provider && Reflect.get(provider, `${NAMESPACE}:nameSeed`);
  if (pulumi.Output.isInstance<string | undefined>(own)) return pulumi.unsecret(own);
  return new pulumi.Config(NAMESPACE).get("nameSeed");
}

function organization(): string {
  try {
    return pulumi.getOrganization();
  } catch {
    // Mocks that were set without an organization have none; the engine always names one.
    return NO_ORGANIZATION;
  }
}
