/**
 * The engine's side of a dynamic resource: the SDK's own provider process, called over gRPC in the engine's order
 * and with its treatment of secrets. One instance stands for one run of the engine.
 */
import type * as grpc from "@grpc/grpc-js";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { CheckFailed, failureOf, InitFailed } from "./failures";
import { serviceTaskKind } from "./kinds";
import { type Exit, freshProcess, ProviderProcess } from "./provider-process";
import { annotate, changedPaths, plain, type Props } from "./values";

/** The text of states whose program does not say otherwise. */
export const PROVIDER = serviceTaskKind.provider;

/** What the engine keeps of a resource; secrets are in envelopes. */
export interface State {
  readonly id: string;
  readonly inputs: Props;
  readonly outputs: Props;
  readonly initErrors: readonly string[];
}

export interface Diff {
  readonly changes: "some" | "none" | "unknown";
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

/** What an `up` did, and the properties it shows as changed. */
export interface Step {
  readonly op: "create" | "same" | "update" | "replace";
  readonly state: State;
  readonly changed: readonly string[];
  readonly diff?: Diff;
}

type Callback<T> = (error: grpc.ServiceError | null, answer: T) => void;

const struct = (props: Props): Struct =>
  Struct.fromJavaScript(plain(props) as Parameters<typeof Struct.fromJavaScript>[0]);
const withProvider = (args: Props): Props => ({ __provider: PROVIDER, ...args });

function call<T>(send: (callback: Callback<T>) => unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    send((error, answer) => {
      if (error === null) resolve(answer);
      else reject(failureOf(error));
    });
  });
}

function propsOf(message: { toJavaScript(): unknown } | undefined): Props {
  return (message?.toJavaScript() ?? {}) as Props;
}

const CHANGES = { 0: "unknown", 1: "none", 2: "some" } as const;

export class Provider {
  private constructor(readonly process: ProviderProcess) {}

  /**
   * @param config stack configuration; left out, Configure is never called
   * @param env variables that the process has beside the usual ones
   */
  static async start(config?: Props, env?: Readonly<Record<string, string>>): Promise<Provider> {
    const provider = new Provider(
      env === undefined ? await freshProcess() : await ProviderProcess.start(env),
    );
    if (config !== undefined) await provider.configure(config);
    return provider;
  }

  async configure(config: Props): Promise<{ acceptSecrets: boolean }> {
    const request = new messages.ConfigureRequest();
    request.setArgs(struct(config));
    const answer = await call<messages.ConfigureResponse>((done) =>
      this.process.client.configure(request, done),
    );
    return { acceptSecrets: answer.getAcceptsecrets() };
  }

  /** Checked inputs, secrets marked. Throws `CheckFailed`. */
  async check(args: Props, olds: Props = {}): Promise<Props> {
    const request = new messages.CheckRequest();
    request.setOlds(struct(olds));
    request.setNews(struct(withProvider(args)));
    const answer = await call<messages.CheckResponse>((done) => this.process.client.check(request, done));
    const failures = answer.getFailuresList().map((item) => ({
      property: item.getProperty(),
      reason: item.getReason(),
    }));
    if (failures.length > 0) throw new CheckFailed(failures);
    return annotate(propsOf(answer.getInputs()), withProvider(args));
  }

  async diff(id: string, olds: Props, news: Props, oldInputs: Props = {}): Promise<Diff> {
    const request = new messages.DiffRequest();
    request.setId(id);
    request.setOlds(struct(olds));
    request.setOldInputs(struct(oldInputs));
    request.setNews(struct(news));
    const answer = await call<messages.DiffResponse>((done) => this.process.client.diff(request, done));
    return {
      changes: CHANGES[answer.getChanges()],
      replaces: answer.getReplacesList(),
      deleteBeforeReplace: answer.getDeletebeforereplace(),
    };
  }

  /** Throws `InitFailed` where the resource exists but is not finished; see {@link saved}. */
  async create(inputs: Props): Promise<State> {
    const request = new messages.CreateRequest();
    request.setProperties(struct(inputs));
    const answer = await call<messages.CreateResponse>((done) => this.process.client.create(request, done));
    const outputs = annotate(propsOf(answer.getProperties()), inputs);
    return { id: answer.getId(), inputs, outputs, initErrors: [] };
  }

  async update(state: State, inputs: Props): Promise<State> {
    const request = new messages.UpdateRequest();
    request.setId(state.id);
    request.setOlds(struct(state.outputs));
    request.setOldInputs(struct(state.inputs));
    request.setNews(struct(inputs));
    const answer = await call<messages.UpdateResponse>((done) => this.process.client.update(request, done));
    const outputs = annotate(propsOf(answer.getProperties()), inputs);
    return { id: state.id, inputs, outputs, initErrors: [] };
  }

  /** Undefined where the provider says that the resource is gone. */
  async read(state: Pick<State, "id" | "inputs" | "outputs">): Promise<State | undefined> {
    const request = new messages.ReadRequest();
    request.setId(state.id);
    request.setProperties(struct(state.outputs));
    request.setInputs(struct(state.inputs));
    const answer = await call<messages.ReadResponse>((done) => this.process.client.read(request, done));
    if (answer.getId() === "") return undefined;
    const outputs = annotate(propsOf(answer.getProperties()), state.outputs);
    const read = answer.getInputs();
    const inputs = read === undefined ? state.inputs : annotate(propsOf(read), state.inputs);
    return { id: answer.getId(), inputs, outputs, initErrors: [] };
  }

  async delete(state: Pick<State, "id" | "outputs">): Promise<void> {
    const request = new messages.DeleteRequest();
    request.setId(state.id);
    request.setProperties(struct(state.outputs));
    await call((done) => this.process.client.delete(request, done));
  }

  /** What the program's `get` does. */
  get(id: string, args: Props = {}): Promise<State | undefined> {
    const given = withProvider(args);
    return this.read({ id, inputs: given, outputs: given });
  }

  /** The steps of a preview: what an `up` would do. Nothing is created. */
  async preview(args: Props, state?: State): Promise<Omit<Step, "state"> & { readonly inputs: Props }> {
    if (state === undefined) return { op: "create", changed: [], inputs: await this.check(args) };
    const inputs = await this.check(args, state.inputs);
    const diff = await this.diff(state.id, state.outputs, inputs, state.inputs);
    const compared = changedPaths(state.inputs, inputs);
    const changes = diff.changes === "unknown" ? compared.length > 0 : diff.changes === "some";
    const changed = diff.changes === "unknown" ? compared : [];
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
    const fresh = await this.check(args);
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

  /** Ends the process as the engine does. */
  stop(): Promise<Exit & { readonly ms: number }> {
    return this.process.interrupt();
  }
}

/** What the engine saves when a create fails with an initialization error. */
export async function unfinished(creation: Promise<unknown>, inputs: Props): Promise<State> {
  try {
    await creation;
  } catch (error) {
    if (!(error instanceof InitFailed)) throw error;
    const { id, properties, reasons } = error.details;
    return { id, inputs, outputs: annotate(properties, inputs), initErrors: reasons };
  }
  throw new Error("the create succeeded, but an initialization error was expected");
}
