/** The context that the parts of one operation share. */
import { AliasResolver } from "./aliases";
import { DependencyGraph } from "./dependency-graph";
import { BailError } from "./errors";
import type { Provider } from "./provider";
import type { ProviderRegistry } from "./provider-registry";
import type { Recorder } from "./recorder";
import type { ResourceState } from "./resource-state";
import type { BaseState } from "./snapshot";
import type { StepContext } from "./step";
import type { UpdateOptions } from "./types";
import { isProviderType, parseReference, STACK_TYPE } from "./urn";

export interface OperationContextOptions {
  readonly dryRun: boolean;
  readonly stack: string;
  readonly project: string;
  readonly recorder: Recorder;
  readonly registry: ProviderRegistry;
  readonly base: BaseState;
  readonly update: UpdateOptions;
}

/** One operation: its start, the resources seen so far, and their managers. */
export class OperationContext implements StepContext {
  readonly dryRun: boolean;
  readonly stack: string;
  readonly project: string;
  readonly recorder: Recorder;
  readonly registry: ProviderRegistry;
  readonly base: BaseState;
  readonly aliases: AliasResolver;

  /** The recorded resources by URN, those waiting for deletion excepted. */
  olds = new Map<string, ResourceState>();
  graph = new DependencyGraph([]);

  readonly seen = new Set<string>();
  /** The URNs a step was planned for, deletions excepted. */
  readonly planned = new Set<string>();
  readonly replaced = new Set<string>();
  readonly deleted = new Set<string>();
  readonly skippedCreates = new Set<string>();
  /** Old states whose deletion is planned already, although they are still in the state. */
  readonly pendingDeletes = new Set<ResourceState>();
  /** The latest state of everything that a step has finished. */
  readonly news = new Map<string, ResourceState>();

  readonly #targets: ReadonlySet<string> | undefined;
  readonly #replaceTargets: ReadonlySet<string>;

  constructor(options: OperationContextOptions) {
    const { dryRun, stack, project, recorder, registry, base, update } = options;
    this.dryRun = dryRun;
    this.stack = stack;
    this.project = project;
    this.recorder = recorder;
    this.registry = registry;
    this.base = base;
    this.aliases = new AliasResolver(stack, project, recorder);
    const { target, replace } = update;
    this.#targets = target === undefined ? undefined : new Set(target);
    this.#replaceTargets = new Set(replace);
    this.rebase();
  }

  /** Takes over the base state after it was replaced by a refresh. */
  rebase(): void {
    this.olds = new Map(
      this.base.resources.filter((state) => !state.delete).map((state) => [state.urn, state]),
    );
    this.graph = new DependencyGraph(this.base.resources);
  }

  /** Whether the operation may touch the resource; providers and the stack always belong to it. */
  isTargeted(urn: string, type: string): boolean {
    if (this.#targets === undefined || isProviderType(type) || type === STACK_TYPE) return true;
    return this.#targets.has(urn);
  }

  /** The URNs that refreshes and deletions are limited to, if they are. */
  get targetUrns(): ReadonlySet<string> | undefined {
    return this.#targets;
  }

  /** Ends the operation when it was to be limited to resources that are neither recorded nor registered. */
  refuseUnknownTargets(): void {
    const unknown = [...new Set([...(this.#targets ?? []), ...this.#replaceTargets])].filter(
      (urn) => !this.olds.has(urn) && !this.seen.has(urn),
    );
    unknown.forEach((urn) => this.recorder.error(`Target '${urn}' could not be found in the stack.`));
    if (unknown.length > 0) throw new BailError("one or more targets could not be found in the stack");
  }

  isTargetedReplace(urn: string, old: ResourceState | undefined): boolean {
    return this.#replaceTargets.has(urn) || old?.taint === true;
  }

  isBeingDeleted(urn: string): boolean {
    return this.deleted.has(urn);
  }

  providerOf(state: ResourceState): Provider {
    if (isProviderType(state.type)) return this.registry;
    const provider = this.registry.find(state.provider);
    if (provider === undefined)
      throw new Error(`unknown provider '${state.provider}' for resource '${state.urn}'`);
    return provider;
  }

  loadProvider(state: ResourceState): void {
    this.registry.same(state);
  }

  /** Makes the provider of a recorded resource available, from the recorded configuration if it must be. */
  ensureProvider(reference: string): void {
    if (reference === "" || this.registry.find(reference) !== undefined) return;
    const { urn, id } = parseReference(reference);
    const state = this.base.resources.find((candidate) => candidate.urn === urn && candidate.id === id);
    if (state === undefined) throw new Error(`could not find provider ${reference} in the state`);
    this.loadProvider(state);
  }
}
