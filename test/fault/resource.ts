/** One resource as the engine keeps it over successful and failed steps. */
import { CallFailed, CheckFailed, InitFailed } from "../contract/failures";
import type { Provider } from "../contract/provider";
import { type State, type Step, unfinished } from "../contract/state";
import type { Props } from "../contract/values";

/** How a step ended; without an error it succeeded. */
export interface Outcome {
  readonly op: Step["op"] | "refresh" | "delete" | "check";
  readonly error?: Error;
}

/** Failures that the engine reports and goes on from; others are the test's own. */
function isFailure(error: unknown): error is Error {
  return error instanceof CallFailed || error instanceof InitFailed || error instanceof CheckFailed;
}

async function outcomeOf(op: Outcome["op"], step: () => Promise<unknown>): Promise<Outcome> {
  try {
    await step();
    return { op };
  } catch (error) {
    if (!isFailure(error)) throw error;
    return { op, error };
  }
}

export class Resource {
  state: State | undefined;
  /** Old tasks that replacements could not delete after the create: the next run does. */
  readonly #doomed: State[] = [];

  /** Every id that the state holds, those of pending deletes included. */
  get ids(): string[] {
    return [...(this.state === undefined ? [] : [this.state]), ...this.#doomed].map(({ id }) => id);
  }

  /** The resource's part of an `up`. A failed create leaves no state, a failed update the old one. */
  async up(run: Provider, args: Props): Promise<Outcome> {
    const cleared = await this.#deleteDoomed(run);
    if (cleared.error !== undefined) return cleared;
    let plan: Awaited<ReturnType<Provider["preview"]>>;
    let replacing: Props;
    try {
      plan = await run.preview(args, this.state);
      // A replacement is checked once more, as if nothing had been there.
      replacing = plan.op === "replace" ? await run.check(args) : {};
    } catch (error) {
      if (!isFailure(error)) throw error;
      return { op: "check", error };
    }
    const { op, inputs, diff } = plan;
    const { state } = this;
    if (state === undefined) return this.#create(run, inputs);
    if (op === "same") {
      this.state = { ...state, inputs };
      return { op };
    }
    if (op === "update") {
      return outcomeOf(op, async () => {
        this.state = await run.update(state, inputs);
      });
    }
    return this.#replace(run, state, replacing, diff?.deleteBeforeReplace === true);
  }

  /** A failed read keeps what is recorded. */
  refresh(run: Provider): Promise<Outcome> {
    const { state } = this;
    if (state === undefined) return Promise.resolve({ op: "refresh" });
    return outcomeOf("refresh", async () => {
      this.state = (await run.refresh(state))?.state;
    });
  }

  /** A failed delete keeps the state. */
  async destroy(run: Provider): Promise<Outcome> {
    const cleared = await this.#deleteDoomed(run);
    const { state } = this;
    if (cleared.error !== undefined || state === undefined) return cleared;
    return outcomeOf("delete", async () => {
      await run.delete(state);
      this.state = undefined;
    });
  }

  async #replace(run: Provider, old: State, inputs: Props, deleteFirst: boolean): Promise<Outcome> {
    if (deleteFirst) {
      const deleted = await outcomeOf("replace", () => run.delete(old));
      if (deleted.error !== undefined) return deleted;
      this.state = undefined;
      return { ...(await this.#create(run, inputs)), op: "replace" };
    }
    const created = await this.#create(run, inputs);
    if (this.state !== old) this.#doomed.push(old);
    if (created.error !== undefined) return { ...created, op: "replace" };
    return { ...(await this.#deleteDoomed(run)), op: "replace" };
  }

  async #create(run: Provider, inputs: Props): Promise<Outcome> {
    return outcomeOf("create", async () => {
      try {
        this.state = await run.create(inputs);
      } catch (error) {
        if (error instanceof InitFailed) this.state = await unfinished(Promise.reject(error), inputs);
        throw error;
      }
    });
  }

  #deleteDoomed(run: Provider): Promise<Outcome> {
    return outcomeOf("delete", async () => {
      for (const doomed of [...this.#doomed]) {
        await run.delete(doomed);
        this.#doomed.splice(this.#doomed.indexOf(doomed), 1);
      }
    });
  }
}
