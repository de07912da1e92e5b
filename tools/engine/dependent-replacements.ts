/** Resources that have to be replaced because of one they depend on. */
import { applyReplaceOnChanges, isReplace } from "./diff";
import { diffResource } from "./diff-resource";
import type { OperationContext } from "./operation-context";
import { type PropertyMap, UNKNOWN } from "./property-value";
import type { ResourceState } from "./resource-state";
import { isProviderType, parseReference } from "./urn";

/** A resource that cannot outlive the deletion of another, and the properties to blame. */
export interface DependentReplacement {
  readonly resource: ResourceState;
  readonly keys: readonly string[];
}

/**
 * The resources that have to be deleted before `root` can be: those that a change of the values they take from it, or
 * from another of them, would replace. What they take is unknown, and their provider is asked. In dependency order.
 */
export async function dependentReplacements(
  context: OperationContext,
  root: ResourceState,
): Promise<DependentReplacement[]> {
  const found: DependentReplacement[] = [];
  const urns = new Set([root.urn]);
  const handled = new Set([...context.planned, ...context.deleted]);
  for (const dependent of context.graph.dependingOn(root, handled)) {
    const keys = await replacementKeys(context, dependent, urns);
    if (keys === undefined) continue;
    found.push({ resource: dependent, keys });
    urns.add(dependent.urn);
  }
  return [...found, ...cascades(context, root.urn)];
}

/** Undefined when the resource can stay. */
async function replacementKeys(
  context: OperationContext,
  dependent: ResourceState,
  replaced: ReadonlySet<string>,
): Promise<readonly string[] | undefined> {
  if (!dependent.custom || dependent.external) return undefined;
  if (dependent.provider !== "" && replaced.has(parseReference(dependent.provider).urn)) {
    context.ensureProvider(dependent.provider);
    return [];
  }
  if (replaced.has(dependent.deletedWith)) return [];
  const inputs: PropertyMap = {};
  let affected = false;
  for (const [key, value] of Object.entries(dependent.inputs)) {
    const taken = (dependent.propertyDependencies[key] ?? []).some((urn) => replaced.has(urn));
    inputs[key] = taken ? UNKNOWN : value;
    affected ||= taken;
  }
  if (!affected) return undefined;
  if (isProviderType(dependent.type)) context.loadProvider(dependent);
  else context.ensureProvider(dependent.provider);
  const { urn, id, outputs = {}, ignoreChanges } = dependent;
  const diff = await diffResource(context.providerOf(dependent), context.recorder, {
    urn,
    id,
    oldInputs: dependent.inputs,
    oldOutputs: outputs,
    newInputs: inputs,
    allowUnknowns: true,
    ignoreChanges,
  });
  const applied = applyReplaceOnChanges(diff, dependent.replaceOnChanges, false);
  return isReplace(applied) ? applied.replaceKeys : undefined;
}

/** Resources whose options tie them to the replaced one. */
function cascades(context: OperationContext, urn: string): DependentReplacement[] {
  const tied = new Map<string, ResourceState>();
  for (const state of [...context.news.values(), ...context.olds.values()]) {
    const follows = state.replaceWith.includes(urn) || state.deletedWith === urn;
    if (follows && !tied.has(state.urn)) tied.set(state.urn, state);
  }
  return [...tied.values()].map((resource) => ({ resource, keys: [] }));
}
