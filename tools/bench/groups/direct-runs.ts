/** Runs of many resources of one kind through provider processes, for the groups that count calls. */
import type { RequestEntry } from "../../../testkit/emulator";
import type { Context } from "../context";
import { makeScratch, removeScratch } from "../engines/program-directory";
import type { Kind } from "../kinds";
import { type Declaration, ProviderRun, type Recorded } from "../provider-run";

/** A default name ends with so many hexadecimal digits. */
const NAME_SUFFIX = "-0123456789ab";

export const declarationsOf = (kind: Kind, size: number): Declaration[] =>
  Array.from({ length: size }, (_, index) => {
    const name = `${kind.name.toLowerCase()}-${index}`;
    const args = { ...kind.args(index), autoName: `${name}${NAME_SUFFIX}`, __provider: kind.providerText };
    return { type: kind.type, name, args };
  });

/** Stacks of direct runs: each operation in a process of its own, as the engine has it. */
export class DirectStack {
  readonly #context: Pick<Context, "service">;
  readonly #scratch: string;
  #resources: readonly Recorded[] = [];

  constructor(
    context: Pick<Context, "service">,
    scratch: string,
    readonly declarations: readonly Declaration[],
  ) {
    this.#context = context;
    this.#scratch = scratch;
  }

  static async with<T>(
    context: Pick<Context, "service">,
    declarations: readonly Declaration[],
    action: (stack: DirectStack) => Promise<T>,
  ): Promise<T> {
    const scratch = makeScratch("ours");
    try {
      return await action(new DirectStack(context, scratch, declarations));
    } finally {
      removeScratch(scratch);
    }
  }

  get recorded(): readonly Recorded[] {
    return this.#resources;
  }

  up(): Promise<readonly RequestEntry[]> {
    return this.run(async (run) => {
      this.#resources = await run.up(this.declarations);
    });
  }

  preview(): Promise<readonly RequestEntry[]> {
    return this.run((run) => run.preview(this.#resources));
  }

  refresh(): Promise<readonly RequestEntry[]> {
    return this.run(async (run) => {
      this.#resources = await run.refresh(this.#resources);
    });
  }

  destroy(): Promise<readonly RequestEntry[]> {
    return this.run((run) => run.destroy(this.#resources));
  }

  /** The requests that a run of its own makes. */
  async run(action: (run: ProviderRun) => Promise<void>): Promise<readonly RequestEntry[]> {
    const { service } = this.#context;
    const { requests } = await service.during(() =>
      ProviderRun.with(this.#scratch, service.config(), action),
    );
    return requests;
  }
}
