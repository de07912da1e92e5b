/** Lets references to renamed resources use the new names. `states` are the resources, in the same order. */
import type { ResourceV3 } from "./deployment";
import type { ResourceState } from "./resource-state";
import { createUrn, formatReference, parseReference, parseUrn, STACK_TYPE } from "./urn";

export function normalizeUrns(
  resources: ResourceV3[],
  states: readonly Pick<ResourceState, "aliases">[],
): ResourceV3[] {
  const renamed = findRenamed(resources, states);
  if (renamed.size === 0) return resources;
  const fix = (urn: string): string => renamed.get(urn) ?? urn;
  return resources.map((resource) => fixReferences(resource, fix));
}

function findRenamed(
  resources: readonly ResourceV3[],
  states: readonly Pick<ResourceState, "aliases">[],
): Map<string, string> {
  const renamed = new Map<string, string>();
  resources.forEach((resource, index) => {
    states[index]?.aliases.forEach((alias) => renamed.set(alias, resource.urn));
    const parent = renamed.get(resource.parent ?? "");
    if (parent === undefined || parseUrn(parent).qualifiedType === STACK_TYPE) return;
    // A child that was not registered yet carries its parent's type in its URN.
    const { stack, project, type, name } = parseUrn(resource.urn);
    const urn = createUrn(stack, project, type, name, parent);
    if (urn !== resource.urn) renamed.set(resource.urn, urn);
  });
  return renamed;
}

function fixReferences(resource: ResourceV3, fix: (urn: string) => string): ResourceV3 {
  const fixed: ResourceV3 = { ...resource, urn: fix(resource.urn) };
  if (resource.parent !== undefined) fixed.parent = fix(resource.parent);
  if (resource.deletedWith !== undefined) fixed.deletedWith = fix(resource.deletedWith);
  if (resource.dependencies !== undefined) fixed.dependencies = resource.dependencies.map(fix);
  if (resource.provider !== undefined) {
    const { urn, id } = parseReference(resource.provider);
    fixed.provider = formatReference({ urn: fix(urn), id });
  }
  if (resource.propertyDependencies !== undefined) {
    const entries = Object.entries(resource.propertyDependencies);
    fixed.propertyDependencies = Object.fromEntries(entries.map(([key, urns]) => [key, urns.map(fix)]));
  }
  return fixed;
}
