/** Takes a resource that exists already into the state, from the values of an import file. */
import { ProviderError } from "./provider";
import type { ResourceState } from "./resource-state";
import type { Snapshot } from "./snapshot";
import { Step, type StepContext, type StepOutcome } from "./step";

export class ImportStep extends Step {
  readonly #id: string;
  /** Why the state has no place for it. */
  readonly #refusal: string | undefined;

  readonly op = "import";
  override readonly old = undefined;

  constructor(
    context: StepContext,
    override readonly next: ResourceState,
    id: string,
    refusal: string | undefined,
  ) {
    super(context);
    this.#id = id;
    this.#refusal = refusal;
  }

  override async apply(): Promise<StepOutcome> {
    if (this.#refusal !== undefined) throw new Error(this.#refusal);
    const { next } = this;
    if (next.custom) {
      // Without outputs the engine reads, and a read without a state has no `__provider` (pulumi/pulumi#3550).
      if (Object.keys(next.outputs ?? {}).length === 0) {
        throw new ProviderError("Cannot read properties of undefined (reading 'toJavaScript')");
      }
      next.id = this.#id;
      await this.#check();
    }
    next.created = next.modified = new Date().toISOString();
    return {};
  }

  /** The inputs as the provider checks them are not recorded; its refusals are warnings. */
  async #check(): Promise<void> {
    const { urn, inputs } = this.next;
    const { recorder, dryRun } = this.context;
    const { failures } = await this.context
      .providerOf(this.next)
      .check({ urn, olds: inputs, news: inputs, allowUnknowns: dryRun });
    if (failures.length === 0) return;
    recorder.diagnostic("warning", "One or more imported inputs failed to validate.", urn);
    for (const { property, reason } of failures) {
      recorder.diagnostic("warning", `property ${property} has a problem: ${reason}`, urn);
    }
  }

  override commit(snapshot: Snapshot): void {
    snapshot.add(this.next);
  }
}
