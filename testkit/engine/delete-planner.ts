import { DeleteStep, RemovePendingReplaceStep } from "./delete-steps";
import { scheduleDeletes } from "./dependency-graph";
import type { OperationContext } from "./operation-context";
import type { ResourceState } from "./resource-state";
import type { Step } from "./step";
import type { StepExecutor } from "./step-executor";

/** Deletes what the program did not register, and what was replaced; dependents first. */
export async function deleteUnregistered(context: OperationContext, executor: StepExecutor): Promise<void> {
  const steps = planDeletes(context);
  const spared = new Set<ResourceState>();
  for (const group of scheduleDeletes(context.graph, [...steps.keys()])) {
    const due = group.filter((resource) => !spared.has(resource)).map((resource) => steps.get(resource));
    await executor.runAll(due.filter((step) => step !== undefined));
    // What a resource needs stays as long as the resource itself does.
    for (const { resource } of executor.failed) {
      if (!context.graph.contains(resource)) continue;
      context.graph.transitiveDependenciesOf(resource).forEach((needed) => spared.add(needed));
    }
  }
}

function planDeletes(context: OperationContext): Map<ResourceState, Step> {
  const steps = new Map<ResourceState, Step>();
  for (const resource of context.base.resources) {
    const step = planDelete(context, resource);
    if (step === undefined) continue;
    context.ensureProvider(resource.provider);
    steps.set(resource, step);
  }
  return steps;
}

function planDelete(context: OperationContext, resource: ResourceState): Step | undefined {
  const { urn } = resource;
  if (resource.delete) {
    if (context.pendingDeletes.has(resource) || !context.mayDelete(urn)) return undefined;
    context.deleted.add(urn);
    return new DeleteStep(context, resource, "after");
  }
  if (context.planned.has(urn) || context.aliases.isClaimed(urn) || !context.mayDelete(urn)) return undefined;
  context.deleted.add(urn);
  return resource.pendingReplacement
    ? new RemovePendingReplaceStep(context, resource)
    : new DeleteStep(context, resource);
}
