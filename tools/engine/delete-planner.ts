/** Deletes what the program did not register, and what was replaced; dependents first. */
import { SameStep } from "./change-steps";
import { DeleteStep, RemovePendingReplaceStep } from "./delete-steps";
import { dependentReplacements } from "./dependent-replacements";
import { scheduleDeletes } from "./dependency-graph";
import { BailError } from "./errors";
import type { OperationContext } from "./operation-context";
import type { ResourceState } from "./resource-state";
import type { Step } from "./step";
import type { StepExecutor } from "./step-executor";

export async function deleteUnregistered(context: OperationContext, executor: StepExecutor): Promise<void> {
  const { deletions, untargeted } = await planDeletes(context);
  await executor.runAll(untargeted);
  const spared = new Set<ResourceState>();
  for (const group of scheduleDeletes(context.graph, [...deletions.keys()])) {
    const due = group.filter((resource) => !spared.has(resource)).map((resource) => deletions.get(resource));
    await executor.runAll(due.filter((step) => step !== undefined));
    // What a resource needs stays as long as the resource itself does.
    for (const { resource } of executor.failed) {
      if (!context.graph.contains(resource)) continue;
      context.graph.transitiveDependenciesOf(resource).forEach((needed) => spared.add(needed));
    }
  }
}

interface DeletePlan {
  readonly deletions: ReadonlyMap<ResourceState, Step>;
  /** Resources beyond the targets stay as they are. */
  readonly untargeted: readonly Step[];
}

async function planDeletes(context: OperationContext): Promise<DeletePlan> {
  const deletions = new Map<ResourceState, Step>();
  const untargeted: Step[] = [];
  const concerned = await withDependents(context);
  for (const resource of context.base.resources) {
    if (concerned?.has(resource.urn) === false) {
      if (!isOperatedOn(context, resource.urn)) {
        untargeted.push(new SameStep(context, undefined, resource, { ...resource, id: "" }));
      }
      continue;
    }
    const step = planDelete(context, resource);
    if (step === undefined) continue;
    context.ensureProvider(resource.provider);
    deletions.set(resource, step);
  }
  refuseDependents(context, [...deletions.keys()]);
  return { deletions, untargeted };
}

function planDelete(context: OperationContext, resource: ResourceState): Step | undefined {
  const { urn } = resource;
  if (resource.delete) {
    if (context.pendingDeletes.has(resource)) return undefined;
    context.deleted.add(urn);
    return new DeleteStep(context, resource, "after");
  }
  if (isOperatedOn(context, urn)) return undefined;
  context.deleted.add(urn);
  return resource.pendingReplacement
    ? new RemovePendingReplaceStep(context, resource)
    : new DeleteStep(context, resource);
}

const isOperatedOn = (context: OperationContext, urn: string): boolean =>
  context.planned.has(urn) || context.aliases.isClaimed(urn);

/** The targets and everything that needs them or would be replaced with them; undefined where there are none. */
async function withDependents(context: OperationContext): Promise<Set<string> | undefined> {
  const { targetUrns, base, graph } = context;
  if (targetUrns === undefined) return undefined;
  const targeted = base.resources.filter(({ urn }) => targetUrns.has(urn));
  const needing = targeted.flatMap((resource) => graph.dependingOn(resource, new Set(), { children: true }));
  const concerned = new Set([...targeted, ...needing]);
  const urns = new Set([...concerned].map(({ urn }) => urn));
  for (const resource of concerned) {
    for (const { resource: dependent } of await dependentReplacements(context, resource))
      urns.add(dependent.urn);
  }
  return urns;
}

/** Dependents of a target cannot stay, and are not deleted unasked; a preview goes on to show all of them. */
function refuseDependents(context: OperationContext, deleted: readonly ResourceState[]): void {
  const { targetUrns, recorder, dryRun } = context;
  const unasked = deleted.filter(({ urn }) => targetUrns?.has(urn) === false);
  for (const { urn } of unasked) {
    recorder.error(`Resource '${urn}' needs a target that is to be deleted, and is no target itself.`, urn);
  }
  if (unasked.length > 0 && !dryRun) throw new BailError("something that is no target would be deleted");
}
