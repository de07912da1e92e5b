/** Reads every recorded resource and makes what was found the base of what follows. Failed reads change nothing. */
import type { OperationContext } from "./operation-context";
import { RefreshStep } from "./read-steps";
import type { ResourceState } from "./resource-state";
import type { StepExecutor } from "./step-executor";

export async function refreshAll(
  context: OperationContext,
  executor: StepExecutor,
  /** Whether what is found counts in the summary, as it does when the operation is nothing but a refresh. */
  counted: boolean,
): Promise<void> {
  const steps = context.base.resources.map((resource) => {
    context.ensureProvider(resource.provider);
    return new RefreshStep(context, resource, counted);
  });
  const targeted = steps.filter(({ old }) => context.targetUrns?.has(old.urn) ?? true);
  await executor.runAll(targeted);
  context.base.resources = rebuilt(steps);
  context.rebase();
}

/** Leaves out what is gone, together with all references to it. */
function rebuilt(steps: readonly RefreshStep[]): ResourceState[] {
  const present = new Set<string>();
  const parents = new Map<string, string>();
  const resources: ResourceState[] = [];
  for (const { next } of steps) {
    if (next === undefined) continue;
    const here = (urn: string): boolean => present.has(urn);
    next.dependencies = next.dependencies.filter(here);
    next.replaceWith = next.replaceWith.filter(here);
    if (!here(next.deletedWith)) next.deletedWith = "";
    next.propertyDependencies = Object.fromEntries(
      Object.entries(next.propertyDependencies)
        .map(([key, urns]) => [key, urns.filter(here)] as const)
        .filter(([, urns]) => urns.length > 0),
    );
    if (!here(next.parent)) next.parent = parents.get(next.parent) ?? "";
    parents.set(next.urn, next.parent);
    present.add(next.urn);
    resources.push(next);
  }
  return resources;
}
