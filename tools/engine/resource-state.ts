/** A resource as the engine knows it. */
import type { PropertyMap, PropertyValue } from "./property-value";
import { parseReference } from "./urn";

/** Timeouts in seconds, as the state stores them. */
export interface CustomTimeouts {
  create?: number;
  update?: number;
  delete?: number;
  read?: number;
}

/** One resource of a deployment. Steps change it in place; the snapshot compares by identity. */
export interface ResourceState {
  urn: string;
  type: string;
  custom: boolean;
  /** True while the resource waits for its deletion after its replacement was created. */
  delete: boolean;
  id: string;
  inputs: PropertyMap;
  /** Undefined until a step has produced outputs. */
  outputs: PropertyMap | undefined;
  parent: string;
  protect: boolean;
  taint: boolean;
  external: boolean;
  dependencies: string[];
  initErrors: string[];
  provider: string;
  propertyDependencies: Record<string, string[]>;
  /** True when the resource was deleted before its replacement could be created. */
  pendingReplacement: boolean;
  additionalSecretOutputs: string[];
  /** The URNs under which this run found the resource; written nowhere, used to repair references. */
  aliases: string[];
  customTimeouts: CustomTimeouts;
  importID: string;
  retainOnDelete: boolean;
  deletedWith: string;
  replaceWith: string[];
  created: string | undefined;
  modified: string | undefined;
  sourcePosition: string;
  ignoreChanges: string[];
  replaceOnChanges: string[];
  replacementTrigger: PropertyValue;
}

/** Members that every resource has; the rest starts empty. */
export type StateSeed = Pick<ResourceState, "urn" | "type" | "custom"> & Partial<ResourceState>;

export function newState(seed: StateSeed): ResourceState {
  return {
    delete: false,
    id: "",
    inputs: {},
    outputs: undefined,
    parent: "",
    protect: false,
    taint: false,
    external: false,
    dependencies: [],
    initErrors: [],
    provider: "",
    propertyDependencies: {},
    pendingReplacement: false,
    additionalSecretOutputs: [],
    aliases: [],
    customTimeouts: {},
    importID: "",
    retainOnDelete: false,
    deletedWith: "",
    replaceWith: [],
    created: undefined,
    modified: undefined,
    sourcePosition: "",
    ignoreChanges: [],
    replaceOnChanges: [],
    replacementTrigger: null,
    ...seed,
  };
}

/** Everything the resource must outlive, its parent excepted: dependencies, provider and the like. */
export function dependencyUrns(state: ResourceState): Set<string> {
  const urns = new Set([
    ...state.dependencies,
    ...Object.values(state.propertyDependencies).flat(),
    ...state.replaceWith,
  ]);
  if (state.deletedWith !== "") urns.add(state.deletedWith);
  if (state.provider !== "") urns.add(parseReference(state.provider).urn);
  return urns;
}

/** The same, parent included. */
export function allDependencyUrns(state: ResourceState): Set<string> {
  const urns = dependencyUrns(state);
  if (state.parent !== "") urns.add(state.parent);
  return urns;
}
