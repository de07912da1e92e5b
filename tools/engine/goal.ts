/** The goal of a resource, as the program registers it. */
import type { PropertyMap, PropertyValue } from "./property-value";
import { type CustomTimeouts, newState, type ResourceState } from "./resource-state";

/** A former identity of a resource: a whole URN, or what differed from today's. */
export interface Alias {
  readonly urn?: string;
  readonly name?: string;
  readonly type?: string;
  readonly stack?: string;
  readonly project?: string;
  readonly parent?: string;
  readonly noParent?: boolean;
}

/** A resource as the program wants it. */
export interface Goal {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly inputs: PropertyMap;
  readonly parent: string;
  readonly protect: boolean | undefined;
  readonly retainOnDelete: boolean | undefined;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, string[]>>;
  readonly provider: string;
  readonly deleteBeforeReplace: boolean | undefined;
  readonly ignoreChanges: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  readonly aliases: readonly Alias[];
  readonly importId: string;
  readonly customTimeouts: CustomTimeouts;
  readonly replaceOnChanges: readonly string[];
  readonly replaceWith: readonly string[];
  readonly replacementTrigger: PropertyValue;
  readonly deletedWith: string;
  readonly sourcePosition: string;
}

/** A goal that wants nothing beyond its identity. */
export function bareGoal(type: string, name: string, custom: boolean): Goal {
  return {
    type,
    name,
    custom,
    inputs: {},
    parent: "",
    protect: undefined,
    retainOnDelete: undefined,
    dependencies: [],
    propertyDependencies: {},
    provider: "",
    deleteBeforeReplace: undefined,
    ignoreChanges: [],
    additionalSecretOutputs: [],
    aliases: [],
    importId: "",
    customTimeouts: {},
    replaceOnChanges: [],
    replaceWith: [],
    replacementTrigger: null,
    deletedWith: "",
    sourcePosition: "",
  };
}

/** A resource that the program reads instead of owning it. */
export interface ReadGoal {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly inputs: PropertyMap;
  readonly parent: string;
  readonly dependencies: readonly string[];
  readonly provider: string;
  readonly additionalSecretOutputs: readonly string[];
}

/** The state that a goal leads to, before any step has given it an id and outputs. */
export function stateOf(goal: Goal, urn: string, old: ResourceState | undefined): ResourceState {
  return newState({
    urn,
    type: goal.type,
    custom: goal.custom,
    inputs: goal.inputs,
    parent: goal.parent,
    protect: goal.protect ?? false,
    retainOnDelete: goal.retainOnDelete ?? false,
    dependencies: [...goal.dependencies],
    propertyDependencies: { ...goal.propertyDependencies },
    provider: goal.provider,
    ignoreChanges: [...goal.ignoreChanges],
    additionalSecretOutputs: [...goal.additionalSecretOutputs],
    importID: goal.importId,
    customTimeouts: goal.customTimeouts,
    replaceOnChanges: [...goal.replaceOnChanges],
    replaceWith: [...goal.replaceWith],
    replacementTrigger: goal.replacementTrigger,
    deletedWith: goal.deletedWith,
    created: old?.created,
    modified: old?.modified,
    aliases: old === undefined || old.urn === urn ? [] : [old.urn],
    sourcePosition: goal.sourcePosition,
  });
}

/** The state that a read leads to. */
export function stateOfRead(goal: ReadGoal, urn: string): ResourceState {
  return newState({
    urn,
    type: goal.type,
    custom: true,
    external: true,
    id: goal.id,
    inputs: goal.inputs,
    outputs: {},
    parent: goal.parent,
    dependencies: [...goal.dependencies],
    provider: goal.provider,
    additionalSecretOutputs: [...goal.additionalSecretOutputs],
  });
}
