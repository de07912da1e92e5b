/** Takes the outputs that the program registers: of components at once, of the stack at the end. */
import type { OperationContext } from "./operation-context";
import type { PropertyMap } from "./property-value";
import type { ResourceState } from "./resource-state";
import type { Snapshot } from "./snapshot";
import { parseUrn, STACK_TYPE } from "./urn";

export class StackOutputs {
  readonly #context: OperationContext;
  readonly #snapshot: Snapshot | undefined;
  #registered: { readonly urn: string; readonly outputs: PropertyMap } | undefined;

  constructor(context: OperationContext, snapshot: Snapshot | undefined) {
    this.#context = context;
    this.#snapshot = snapshot;
  }

  register(urn: string, outputs: PropertyMap): void {
    if (parseUrn(urn).qualifiedType === STACK_TYPE) {
      this.#registered = { urn, outputs };
      return;
    }
    if (this.#context.skippedCreates.has(urn)) return;
    const state = this.#context.news.get(urn);
    if (state === undefined)
      throw new Error(`cannot complete a resource '${urn}' whose registration isn't pending`);
    state.outputs = outputs;
    this.#snapshot?.save();
  }

  /** Gives the stack its outputs. After a failure those that did not resolve keep their old values. */
  finish(failed: boolean): void {
    if (this.#registered === undefined) return;
    const { urn, outputs } = this.#registered;
    const state = this.#context.news.get(urn);
    if (state === undefined) return;
    state.outputs = failed ? { ...this.#context.olds.get(urn)?.outputs, ...outputs } : outputs;
  }

  /** The outputs of the stack as it is now. */
  current(): PropertyMap {
    const isStack = ({ type, parent }: ResourceState): boolean => type === STACK_TYPE && parent === "";
    const stack =
      [...this.#context.news.values()].find(isStack) ?? [...this.#context.olds.values()].find(isStack);
    if (stack === undefined || this.#snapshot?.has(stack) === false) return {};
    return stack.outputs ?? {};
  }
}
