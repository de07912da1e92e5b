/** Plans replacements, in either of the two orders. */
import type { Candidate } from "./candidate";
import { CreateStep, ReplaceStep } from "./change-steps";
import { DeleteStep } from "./delete-steps";
import { dependentReplacements } from "./dependent-replacements";
import type { DiffResult } from "./diff";
import { BailError } from "./errors";
import type { OperationContext } from "./operation-context";
import type { PropertyMap } from "./property-value";
import type { ResourceState } from "./resource-state";
import { type Step, stepDiff } from "./step";

export class Replacements {
  readonly #context: OperationContext;
  readonly #check: (candidate: Candidate, olds: PropertyMap) => Promise<void>;

  readonly #blamedKeys = new Map<string, readonly string[]>();

  constructor(context: OperationContext, check: (candidate: Candidate, olds: PropertyMap) => Promise<void>) {
    this.#context = context;
    this.#check = check;
  }

  /** The resource was deleted because another one was replaced; here it comes again. */
  recreate({ answer, next }: Candidate, old: ResourceState): Step[] {
    this.#context.deleted.delete(next.urn);
    this.#context.replaced.add(next.urn);
    const diff = { replaceKeys: this.#blamedKeys.get(next.urn) ?? [] };
    return [
      new ReplaceStep(this.#context, old, next),
      new CreateStep(this.#context, answer, next, { old, deleteLater: false }, diff),
    ];
  }

  async replace(candidate: Candidate, old: ResourceState, diff: DiffResult): Promise<Step[]> {
    const { goal, answer, next, provider } = candidate;
    this.#refuse(goal.importId !== "" && !this.#context.dryRun, next.urn, IMPORTED);
    if (next.protect && old.protect) this.#refuseProtected(next.urn);
    this.#context.replaced.add(next.urn);
    // Whatever the check carried over from the old inputs does not hold for a new object.
    if (provider !== undefined && !this.#context.isTargetedReplace(next.urn, old)) {
      next.inputs = goal.inputs;
      await this.#check(candidate, {});
    }
    const shown = stepDiff(diff);
    const deleteFirst = goal.deleteBeforeReplace ?? diff.deleteBeforeReplace;
    const create = new CreateStep(this.#context, answer, next, { old, deleteLater: !deleteFirst }, shown);
    const replace = new ReplaceStep(this.#context, old, next, shown);
    if (!deleteFirst) return [create, replace];
    return [...(await this.#deletionsBefore(old, next.urn)), replace, create];
  }

  /** Deletes the resource, and before it whatever would have to be replaced with it. */
  async #deletionsBefore(old: ResourceState, urn: string): Promise<Step[]> {
    const context = this.#context;
    const steps: Step[] = [];
    const known = !context.dryRun || context.graph.contains(old);
    const dependents = known ? await dependentReplacements(context, old) : [];
    for (const { resource, keys } of dependents.reverse()) {
      if (context.pendingDeletes.has(resource)) continue;
      this.#refuse(!resource.delete && resource.protect, urn, unableToReplace(resource.urn, urn));
      this.#blamedKeys.set(resource.urn, keys);
      steps.push(new DeleteStep(context, resource, resource.delete ? undefined : "before"));
      context.deleted.add(resource.urn);
      context.pendingDeletes.add(resource);
    }
    context.ensureProvider(old.provider);
    if (old.pendingReplacement) return steps;
    context.deleted.add(old.urn);
    return [...steps, new DeleteStep(context, old, "before")];
  }

  /** A preview goes on, so that the user sees what causes the replacement. */
  #refuseProtected(urn: string): void {
    const message = unableToReplace(urn);
    if (this.#context.dryRun) this.#context.recorder.error(message, urn);
    else this.#refuse(true, urn, message);
  }

  #refuse(condition: boolean, urn: string, message: string): void {
    if (!condition) return;
    this.#context.recorder.error(message, urn);
    throw new BailError(message);
  }
}

const IMPORTED =
  "previously-imported resources that still specify an ID may not be replaced; " +
  "please remove the `import` declaration from your program";

function unableToReplace(urn: string, because?: string): string {
  const part = because === undefined ? "" : ` as part of replacing "${because}"`;
  return (
    `unable to replace resource "${urn}"${part}\nas it is currently marked for protection. To unprotect the ` +
    "resource, remove the `protect` flag from the resource in your Pulumi program and run `pulumi up`"
  );
}
