/** Imports resources that an import file names. */
import { CreateStep, SameStep } from "./change-steps";
import { BailError } from "./errors";
import { bareGoal, stateOf } from "./goal";
import type { Import } from "./import-file";
import { ImportStep } from "./import-step";
import type { OperationContext } from "./operation-context";
import type { PropertyMap } from "./property-value";
import { newState, type ResourceState } from "./resource-state";
import type { Step } from "./step";
import type { StepExecutor } from "./step-executor";
import {
  createUrn,
  defaultProviderName,
  formatReference,
  isProviderType,
  packageOfType,
  parseUrn,
  providerTypeOf,
  STACK_TYPE,
} from "./urn";

export interface ImporterOptions {
  readonly context: OperationContext;
  readonly executor: StepExecutor;
  readonly imports: readonly Import[];
  /** Whether what is imported may not be deleted. */
  readonly protect: boolean;
  /** Configuration of default providers. */
  readonly config: PropertyMap;
}

/** Brings existing resources into the state: what is there stays, stack and providers are made where they are missing. */
export class Importer {
  readonly #options: ImporterOptions;

  constructor(options: ImporterOptions) {
    this.#options = options;
  }

  async run(): Promise<void> {
    const { context, imports } = this.#options;
    for (const old of context.base.resources) {
      // One at a time: the state keeps its order.
      if (!old.delete) await this.#perform([new SameStep(context, undefined, old, { ...old, id: "" })]);
    }
    const stack = await this.#stack();
    const providers = await this.#providers();
    let left = imports.filter(({ type, urn, id }) => !isProviderType(type) && !this.#isRecorded(urn, id));
    while (left.length > 0) {
      const waiting = new Set(left.map(({ urn }) => urn));
      const free = left.filter(({ parent }) => !waiting.has(parent));
      await this.#perform(free.map((wanted) => this.#step(wanted, stack, providers)));
      left = left.filter((wanted) => !free.includes(wanted));
    }
  }

  /** Failures are reported already. */
  async #perform(steps: readonly Step[]): Promise<void> {
    await this.#options.executor.runAll(steps);
    if (this.#options.executor.sawError) throw new BailError("the import failed");
  }

  #isRecorded(urn: string, id: string): boolean {
    const old = this.#options.context.olds.get(urn);
    return old !== undefined && (old.importID === "" ? old.id : old.importID) === id;
  }

  async #stack(): Promise<string> {
    const { context } = this.#options;
    const known = [...context.olds.values()].find(({ type, parent }) => type === STACK_TYPE && parent === "");
    if (known !== undefined) return known.urn;
    const name = `${context.project}-${context.stack}`;
    const urn = createUrn(context.stack, context.project, STACK_TYPE, name);
    await this.#create(newState({ urn, type: STACK_TYPE, custom: false }));
    return urn;
  }

  #create(next: ResourceState): Promise<void> {
    return this.#perform([new CreateStep(this.#options.context, () => undefined, next)]);
  }

  /** The references to all providers that the imports need, by URN. */
  async #providers(): Promise<ReadonlyMap<string, string>> {
    const { context, imports, config } = this.#options;
    const wanted = new Map<string, PropertyMap>();
    for (const { type, urn, inputs } of imports) if (isProviderType(type)) wanted.set(urn, inputs);
    for (const one of imports) {
      if (isProviderType(one.type) || one.component) continue;
      // An explicit provider without a description is made without arguments.
      const urn = this.#providerOf(one);
      if (!wanted.has(urn)) wanted.set(urn, one.provider === "" ? config : {});
    }
    const references = new Map<string, string>();
    for (const [urn, inputs] of wanted) {
      const old = context.olds.get(urn);
      references.set(urn, formatReference({ urn, id: old?.id ?? (await this.#createProvider(urn, inputs)) }));
    }
    return references;
  }

  async #createProvider(urn: string, inputs: PropertyMap): Promise<string> {
    const { context } = this.#options;
    const { failures } = await context.registry.check({
      urn,
      olds: {},
      news: inputs,
      allowUnknowns: context.dryRun,
    });
    failures.forEach(({ reason }) => context.recorder.error(reason, urn));
    if (failures.length > 0) throw new BailError("provider check failed");
    const { type, name } = parseUrn(urn);
    const next = { ...stateOf(bareGoal(type, name, true), urn, undefined), inputs };
    await this.#create(next);
    return next.id;
  }

  #providerOf({ provider, type, version }: Import): string {
    if (provider !== "") return provider;
    const { stack, project } = this.#options.context;
    return createUrn(stack, project, providerTypeOf(packageOfType(type)), defaultProviderName(version));
  }

  #step(wanted: Import, stack: string, providers: ReadonlyMap<string, string>): ImportStep {
    const { context, protect } = this.#options;
    const { urn, type, id, component, inputs, outputs } = wanted;
    const parent = wanted.parent === "" ? stack : wanted.parent;
    const next = newState({
      urn,
      type,
      custom: !component,
      inputs,
      ...(component ? {} : { outputs }),
      parent,
      protect,
      provider: component ? "" : (providers.get(this.#providerOf(wanted)) ?? ""),
    });
    const refusal = context.olds.has(urn)
      ? `resource '${urn}' already exists`
      : context.news.has(parent)
        ? undefined
        : `unknown parent '${parent}' for resource '${urn}'`;
    return new ImportStep(context, next, id, refusal);
  }
}
