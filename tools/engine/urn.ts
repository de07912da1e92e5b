/** The type of the root resource of every stack. */
export const STACK_TYPE = "pulumi:pulumi:Stack";

/** The prefix of provider resources' types. */
const PROVIDER_PREFIX = "pulumi:providers:";

/** The only package whose resources this engine manages. */
export const DYNAMIC_PACKAGE = "pulumi-nodejs";

/** The type of the dynamic provider as a resource. */
export const DYNAMIC_PROVIDER_TYPE = `${PROVIDER_PREFIX}${DYNAMIC_PACKAGE}`;

/** The parts of a URN; `qualifiedType` includes the parents' types, `type` does not. */
export interface UrnParts {
  readonly stack: string;
  readonly project: string;
  readonly qualifiedType: string;
  readonly type: string;
  readonly name: string;
}

/** Splits a URN; names may contain `::`, no other part may. */
export function parseUrn(urn: string): UrnParts {
  const [prefix = "", project = "", qualifiedType = "", ...name] = urn.split("::");
  if (!prefix.startsWith("urn:pulumi:") || name.length === 0) throw new Error(`invalid URN "${urn}"`);
  return {
    stack: prefix.slice("urn:pulumi:".length),
    project,
    qualifiedType,
    type: qualifiedType.slice(qualifiedType.lastIndexOf("$") + 1),
    name: name.join("::"),
  };
}

/** Builds a URN. The parent's type is part of it, except that of the stack. */
export function createUrn(
  stack: string,
  project: string,
  type: string,
  name: string,
  parent?: string,
): string {
  const parentType = parent === undefined || parent === "" ? "" : parseUrn(parent).qualifiedType;
  const qualified = parentType === "" || parentType === STACK_TYPE ? type : `${parentType}$${type}`;
  return `urn:pulumi:${stack}::${project}::${qualified}::${name}`;
}

export function isProviderType(type: string): boolean {
  return type.startsWith(PROVIDER_PREFIX);
}

/** The package of a type token: `a` of `a:b:C`; for a provider's type, the package it provides. */
export function packageOfType(type: string): string {
  return isProviderType(type) ? type.slice(PROVIDER_PREFIX.length) : (type.split(":")[0] ?? "");
}

/** The field `provider` of a resource: the provider's URN and id. */
export interface ProviderReference {
  readonly urn: string;
  readonly id: string;
}

/** Splits `urn::id`. The id holds no `::`. */
export function parseReference(reference: string): ProviderReference {
  const at = reference.lastIndexOf("::");
  const urn = reference.slice(0, Math.max(at, 0));
  if (at < 0 || !isProviderType(parseUrn(urn).type)) {
    throw new Error(`bad provider reference "${reference}"`);
  }
  return { urn, id: reference.slice(at + 2) };
}

export function formatReference({ urn, id }: ProviderReference): string {
  return `${urn}::${id}`;
}

/** The type of a package's provider as a resource. */
export function providerTypeOf(packageName: string): string {
  return `${PROVIDER_PREFIX}${packageName}`;
}

/** The name of the provider that resources without one of their own share. */
export function defaultProviderName(version: string): string {
  return version === "" ? "default" : `default_${version.replace(/[^A-Za-z0-9]/g, "_")}`;
}

/** Whether the URN names a default provider, which the engine registers itself and does not show. */
export function isDefaultProvider(urn: string): boolean {
  const { type, name } = parseUrn(urn);
  return isProviderType(type) && (name === "default" || name.startsWith("default_"));
}
