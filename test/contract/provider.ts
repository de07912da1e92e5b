/** The engine's side of a resource, over any front: the order of its calls. One instance stands for one run of the engine. */
import type { Exit } from "./provider-process";
import type { Diff, State, Step } from "./state";
import { changedPaths, type Props } from "./values";

/** The process of a run, as far as tests act on it. */
export interface RunProcess {
  /** Address of the engine whose run it belongs to. */
  readonly engine: string;
  readonly exited: Promise<Exit>;
  /** Everything that it has said. */
  readonly output: string;
  signal(signal: NodeJS.Signals): void;
  /** Stops reading its output, as an engine does that was killed. */
  closeOutput(): void;
  /** Ends it as the machine's failure would. */
  kill(): Promise<void>;
}

export abstract class Provider {
  abstract readonly process: RunProcess;

  /** Output of the run. */
  abstract get output(): string;

  abstract configure(config: Props): Promise<{ acceptSecrets: boolean }>;

  /** Checked inputs, secrets marked. Throws `CheckFailed`. */
  abstract check(args: Props, olds?: Props): Promise<Props>;

  abstract diff(id: string, olds: Props, news: Props, oldInputs?: Props): Promise<Diff>;

  /** Throws `InitFailed` where the resource exists but is not finished; see `unfinished`. */
  abstract create(inputs: Props): Promise<State>;

  abstract update(state: State, inputs: Props): Promise<State>;

  /** Undefined where the provider says that the resource is gone. */
  abstract read(state: Pick<State, "id" | "inputs" | "outputs">): Promise<State | undefined>;

  abstract delete(state: Pick<State, "id" | "outputs">): Promise<void>;

  /** Ends the process as the engine does. */
  abstract stop(): Promise<Exit & { readonly ms: number }>;

  /** The run is over. */
  abstract end(): Promise<void>;

  /**
   * The second check of a replacement.
   *
   * @param inputs those of the first check
   */
  protected abstract checkReplacement(args: Props, inputs: Props): Promise<Props>;

  /** The program's `get`. */
  get(id: string, args: Props = {}): Promise<State | undefined> {
    return this.read({ id, inputs: args, outputs: args });
  }

  /** The steps of a preview: what an `up` would do. Nothing is created. */
  async preview(args: Props, state?: State): Promise<Omit<Step, "state"> & { readonly inputs: Props }> {
    if (state === undefined) return { op: "create", changed: [], inputs: await this.check(args) };
    const inputs = await this.check(args, state.inputs);
    const diff = await this.diff(state.id, state.outputs, inputs, state.inputs);
    const compared = changedPaths(state.inputs, inputs);
    const changes = diff.changes === "unknown" ? compared.length > 0 : diff.changes === "some";
    const changed = diff.paths ?? (diff.changes === "unknown" ? compared : []);
    if (changes && diff.replaces.length > 0) return { op: "replace", changed, inputs, diff };
    const op = changes || state.initErrors.length > 0 ? "update" : "same";
    return { op, changed, inputs, diff };
  }

  /** One resource of an `up`. */
  async up(args: Props, state?: State): Promise<Step> {
    const { inputs, ...plan } = await this.preview(args, state);
    if (state === undefined) return { ...plan, state: await this.create(inputs) };
    if (plan.op === "update") return { ...plan, state: await this.update(state, inputs) };
    if (plan.op === "same") return { ...plan, state: { ...state, inputs } };
    const fresh = await this.checkReplacement(args, inputs);
    if (plan.diff?.deleteBeforeReplace === true) await this.delete(state);
    const created = await this.create(fresh);
    if (plan.diff?.deleteBeforeReplace !== true) await this.delete(state);
    return { ...plan, state: created };
  }

  /** A refresh: the new state, and the input properties that it shows as drifted; undefined where it is gone. */
  async refresh(state: State): Promise<{ state: State; changed: readonly string[]; diff: Diff } | undefined> {
    const read = await this.read(state);
    if (read === undefined) return undefined;
    const diff = await this.diff(state.id, read.outputs, state.inputs, read.inputs);
    return { state: read, changed: changedPaths(state.inputs, read.inputs), diff };
  }
}
