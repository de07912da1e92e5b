/** The dependencies between the resources of a state. */
import { allDependencyUrns, dependencyUrns, type ResourceState } from "./resource-state";

/** The dependencies among the resources of a state, whose order is a topological one. */
export class DependencyGraph {
  readonly #resources: readonly ResourceState[];
  readonly #index = new Map<ResourceState, number>();

  constructor(resources: readonly ResourceState[]) {
    this.#resources = resources;
    resources.forEach((resource, position) => this.#index.set(resource, position));
  }

  contains(resource: ResourceState): boolean {
    return this.#index.has(resource);
  }

  /** All resources that depend on the given one, also through others, in dependency order. */
  dependingOn(
    resource: ResourceState,
    ignore: ReadonlySet<string>,
    {
      children = false,
    }: { /** Whether children depend on their parents. */ readonly children?: boolean } = {},
  ): ResourceState[] {
    const needs = children ? allDependencyUrns : dependencyUrns;
    const urns = new Set([resource.urn]);
    const dependents: ResourceState[] = [];
    for (const candidate of this.#resources.slice(this.#position(resource) + 1)) {
      if (ignore.has(candidate.urn)) continue;
      if ([...needs(candidate)].some((urn) => urns.has(urn))) {
        dependents.push(candidate);
        urns.add(candidate.urn);
      }
    }
    return dependents;
  }

  /** The direct dependencies: also the parent, and for a component that is depended on, its children. */
  dependenciesOf(resource: ResourceState): Set<ResourceState> {
    const urns = dependencyUrns(resource);
    const earlier = this.#resources.slice(0, this.#position(resource));
    const found = new Set<ResourceState>();
    for (const candidate of earlier) {
      if (candidate.urn === resource.parent) found.add(candidate);
      if (!urns.has(candidate.urn)) continue;
      found.add(candidate);
      if (!candidate.custom) this.#childrenAmong(earlier, candidate).forEach((child) => found.add(child));
    }
    return found;
  }

  /** Everything that the resource needs, also through others. */
  transitiveDependenciesOf(resource: ResourceState): Set<ResourceState> {
    const byUrn = new Map(this.#resources.map((candidate) => [candidate.urn, candidate]));
    const found = new Set<ResourceState>();
    const visit = (state: ResourceState): void => {
      for (const urn of allDependencyUrns(state)) {
        const dependency = byUrn.get(urn);
        if (dependency === undefined || found.has(dependency)) continue;
        found.add(dependency);
        visit(dependency);
      }
    };
    visit(resource);
    return found;
  }

  #childrenAmong(resources: readonly ResourceState[], parent: ResourceState): ResourceState[] {
    const urns = new Set([parent.urn]);
    return resources.filter((candidate) => {
      if (!urns.has(candidate.parent)) return false;
      urns.add(candidate.urn);
      return true;
    });
  }

  #position(resource: ResourceState): number {
    const position = this.#index.get(resource);
    if (position === undefined)
      throw new Error(`resource ${resource.urn} is not part of the dependency graph`);
    return position;
  }
}

/**
 * Groups deletions: those of one group are independent of each other, and whatever depends on a resource is in an
 * earlier group than the resource.
 */
export function scheduleDeletes(
  graph: DependencyGraph,
  condemned: readonly ResourceState[],
): ResourceState[][] {
  const groups: ResourceState[][] = [];
  const left = new Set(condemned);
  while (left.size > 0) {
    const free = [...left].filter((resource) => {
      for (const dependency of graph.dependenciesOf(resource)) {
        if (left.has(dependency)) return false;
      }
      return true;
    });
    if (free.length === 0) throw new Error("the state's dependencies form a cycle");
    free.forEach((resource) => left.delete(resource));
    groups.unshift(free);
  }
  return groups;
}
