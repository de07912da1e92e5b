/** Turns what the program registers into steps. It looks at one registration at a time. */
import type { Candidate } from "./candidate";
import { CreateStep, ReplaceStep, SameStep, SkippedCreateStep, UpdateStep } from "./change-steps";
import { applyReplaceOnChanges, bareDiff, type DiffResult, isReplace } from "./diff";
import { diffResource, reportInvalid } from "./diff-resource";
import { BailError, errorMessage } from "./errors";
import { type Goal, type ReadGoal, stateOf, stateOfRead } from "./goal";
import type { OperationContext } from "./operation-context";
import { ignoreChanges } from "./property-path";
import { containsUnknowns, deepEquals, type PropertyMap, toPlain, withoutSecrets } from "./property-value";
import { type CheckFailure, DiffUnavailableError } from "./provider";
import { ReadStep } from "./read-steps";
import { Replacements } from "./replacements";
import { allDependencyUrns, type ResourceState } from "./resource-state";
import { type Answer, type Step, stepDiff } from "./step";
import { createUrn } from "./urn";

export class StepGenerator {
  readonly #context: OperationContext;
  readonly #replacements: Replacements;

  constructor(context: OperationContext) {
    this.#context = context;
    this.#replacements = new Replacements(context, (candidate, olds) => this.#check(candidate, olds));
  }

  /** The steps of a registration; throws `BailError` when the diagnostics already say why there are none. */
  async register(goal: Goal, answer: Answer): Promise<Step[]> {
    const context = this.#context;
    const urn = this.#claim(goal.parent, goal.type, goal.name);
    const old = context.aliases.find(urn, goal, context.olds, context.seen);
    if (old !== undefined && old.urn !== urn) context.registry.alias(urn, old.urn);
    const next = stateOf(goal, urn, old);
    if (!context.isTargeted(urn, goal.type)) return [this.#untargeted(answer, old, next)];
    this.#refuseSkippedDependencies(next);
    const provider = goal.custom ? context.providerOf(next) : undefined;
    const candidate = { goal, answer, old, next, provider };
    const recreating = context.deleted.has(urn);
    this.#refuseImport(candidate);
    await this.#prepareInputs(candidate, recreating);
    context.planned.add(urn);
    if (recreating && old !== undefined) return this.#replacements.recreate(candidate, old);
    if (old?.external === true) return this.#takeOver(candidate, old);
    if (old !== undefined) return this.#change(candidate, old);
    return [new CreateStep(context, answer, next)];
  }

  /** The steps of a read. */
  read(goal: ReadGoal, answer: Answer): Step[] {
    const context = this.#context;
    const urn = this.#claim(goal.parent, goal.type, goal.name);
    const old = context.aliases.find(urn, { ...goal, aliases: [] }, context.olds, context.seen);
    const next = stateOfRead(goal, urn);
    context.planned.add(urn);
    // A resource that the stack owned under another id is given up for the one that is read.
    const replaces = old !== undefined && !old.external && old.id !== goal.id;
    const step = new ReadStep(context, answer, old, next, replaces);
    if (!replaces) return [step];
    context.replaced.add(urn);
    return [step, new ReplaceStep(context, old, next)];
  }

  #claim(parent: string, type: string, name: string): string {
    const context = this.#context;
    if (parent !== "" && !context.seen.has(parent))
      throw new Error(`could not find parent resource ${parent}`);
    const urn = createUrn(context.stack, context.project, type, name, parent);
    if (context.seen.has(urn)) {
      context.recorder.error(`Duplicate resource URN '${urn}'; try giving it a unique name`, urn);
      throw new BailError(`duplicate resource URN ${urn}`);
    }
    context.seen.add(urn);
    return urn;
  }

  #untargeted(answer: Answer, old: ResourceState | undefined, next: ResourceState): Step {
    this.#context.planned.add(next.urn);
    if (old !== undefined) return new SameStep(this.#context, answer, old, { ...old, id: "" });
    this.#context.skippedCreates.add(next.urn);
    return new SkippedCreateStep(this.#context, answer, next);
  }

  #refuseSkippedDependencies(next: ResourceState): void {
    const skipped = [...allDependencyUrns(next)].filter((urn) => this.#context.skippedCreates.has(urn));
    if (skipped.length === 0) return;
    for (const urn of skipped) {
      const message = `Resource '${next.urn}' depends on '${urn}' which was was not specified in --target list.`;
      this.#context.recorder.error(message, next.urn);
    }
    throw new BailError("a target depends on a resource that is not targeted");
  }

  /** Dynamic resources cannot be imported: the provider's `read` gets no `__provider` (pulumi/pulumi#3550). */
  #refuseImport({ goal, old, next }: Candidate): void {
    if (!goal.custom || goal.importId === "") return;
    const recorded = old?.importID === "" ? old.id : old?.importID;
    if (old !== undefined && !old.external && recorded === goal.importId) return;
    this.#context.recorder.error("Cannot read properties of undefined (reading 'toJavaScript')", next.urn);
    throw new BailError("dynamic resources cannot be imported");
  }

  /** Applies `ignoreChanges` and asks the provider to check what is left. */
  async #prepareInputs(candidate: Candidate, recreating: boolean): Promise<void> {
    const { goal, old, next, provider } = candidate;
    if (old !== undefined) {
      const { inputs, invalid } = ignoreChanges(goal.inputs, old.inputs, goal.ignoreChanges);
      reportInvalid(this.#context.recorder, next.urn, invalid);
      next.inputs = inputs;
    }
    if (provider === undefined) return;
    const fresh =
      old === undefined || old.external || recreating || this.#context.isTargetedReplace(next.urn, old);
    if (fresh) next.inputs = goal.inputs;
    await this.#check(candidate, fresh ? {} : old.inputs);
  }

  /** Replaces the new inputs by what the provider makes of them; ends the operation over failures. */
  async #check({ goal, next, provider }: Candidate, olds: PropertyMap): Promise<void> {
    if (provider === undefined) return;
    const { urn, inputs: news } = next;
    const { inputs, failures } = await provider.check({
      urn,
      olds,
      news,
      allowUnknowns: this.#context.dryRun,
    });
    next.inputs = inputs;
    if (failures.length === 0) return;
    failures.forEach((failure) => this.#context.recorder.error(checkMessage(goal, inputs, failure), urn));
    throw new BailError(`resource ${urn} is invalid`);
  }

  #takeOver({ answer, next }: Candidate, old: ResourceState): Step[] {
    return [
      new CreateStep(this.#context, answer, next, { old, deleteLater: true }),
      new ReplaceStep(this.#context, old, next),
    ];
  }

  async #change(candidate: Candidate, old: ResourceState): Promise<Step[]> {
    const { goal, answer, next } = candidate;
    const hasInitErrors = old.initErrors.length > 0;
    const diff = applyReplaceOnChanges(
      await this.#diffOrUnavailable(candidate, old),
      goal.replaceOnChanges,
      hasInitErrors,
    );
    if (diff.changes === "some" || old.pendingReplacement) {
      const replace = isReplace(diff) || old.pendingReplacement || this.#triggered(old, next);
      if (replace) return this.#replacements.replace(candidate, old, diff);
    }
    if (diff.changes === "some" || hasInitErrors) {
      const change = { diff: stepDiff(diff), ignoreChanges: goal.ignoreChanges };
      return [new UpdateStep(this.#context, answer, old, next, change)];
    }
    return [new SameStep(this.#context, answer, old, next)];
  }

  async #diffOrUnavailable(candidate: Candidate, old: ResourceState): Promise<DiffResult> {
    try {
      return await this.#diff(candidate, old);
    } catch (error) {
      if (!(error instanceof DiffUnavailableError)) throw error;
      this.#context.recorder.diagnostic("warning", errorMessage(error), candidate.next.urn);
      return bareDiff("some");
    }
  }

  async #diff({ goal, next, provider }: Candidate, old: ResourceState): Promise<DiffResult> {
    const context = this.#context;
    if (this.#triggered(old, next)) return bareDiff("some");
    if (context.isTargetedReplace(next.urn, old)) return bareDiff("some", ["id"]);
    if (next.replaceWith.some((urn) => context.replaced.has(urn))) return bareDiff("some", ["replaceWith"]);
    if (context.replaced.has(next.deletedWith)) return bareDiff("some", ["deletedWith"]);
    if (providerKindChanged(old, next)) return bareDiff("some", ["provider"]);
    if (provider === undefined) return bareDiff(deepEquals(old.inputs, next.inputs) ? "none" : "some");
    return diffResource(provider, context.recorder, {
      urn: next.urn,
      id: old.id,
      oldInputs: old.inputs,
      oldOutputs: old.outputs ?? {},
      newInputs: next.inputs,
      allowUnknowns: context.dryRun,
      ignoreChanges: goal.ignoreChanges,
    });
  }

  /** Whether the `replacementTrigger` option asks for a replacement. */
  #triggered(old: ResourceState, next: ResourceState): boolean {
    const before = withoutSecrets(old.replacementTrigger);
    const after = withoutSecrets(next.replacementTrigger);
    if (containsUnknowns(before) || containsUnknowns(after)) return true;
    return before !== null && after !== null && !deepEquals(before, after);
  }
}

/** Another provider of the same package goes on with the resource; a component has none that could. */
function providerKindChanged(old: ResourceState, next: ResourceState): boolean {
  return (old.provider === "") !== (next.provider === "");
}

function checkMessage(goal: Goal, inputs: PropertyMap, { property, reason }: CheckFailure): string {
  const subject = `${goal.type} resource '${goal.name}'`;
  if (property === "") return `${subject} has a problem: ${reason}`;
  const value = toPlain(inputs[property] ?? null);
  const text = value === null ? "<nil>" : typeof value === "string" ? value : JSON.stringify(value);
  return `${subject}: property ${property} value {${text}} has a problem: ${reason}`;
}
