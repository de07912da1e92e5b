/**
 * The engine's side of a dynamic resource: the SDK's own provider process, called over gRPC in the engine's order
 * and with its treatment of secrets. One instance stands for one run of the engine.
 */
import type * as grpc from "@grpc/grpc-js";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { CheckFailed, failureOf, InitFailed } from "./failures";
import { serviceTaskKind } from "./kinds";
import { type Exit, ProviderProcess } from "./provider-process";
import { SharedRun } from "./shared-process";
import { Provider } from "./provider";
import type { Diff, State } from "./state";
import { annotate, plain, type Props } from "./values";

/** The text of states whose program does not say otherwise. */
const PROVIDER = serviceTaskKind.provider;

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

export class DynamicProvider extends Provider {
  #config: Props | undefined;

  private constructor(
    readonly process: ProviderProcess,
    private readonly shared?: SharedRun,
  ) {
    super();
  }

  /**
   * A run in a process of its own.
   *
   * @param config stack configuration; left out, Configure is never called
   * @param env variables that the process has beside the usual ones
   * @param engine address of the run, for another process of it; default: a new run
   */
  static async start(
    config?: Props,
    env?: Readonly<Record<string, string>>,
    engine?: string,
  ): Promise<DynamicProvider> {
    const provider = new DynamicProvider(
      await ProviderProcess.start({ ...(env && { env }), ...(engine === undefined ? {} : { engine }) }),
    );
    if (config !== undefined) await provider.configure(config);
    return provider;
  }

  /** A run in a process that it shares with others: it may be neither killed nor asked how it ended. */
  static async share(config: Props, env?: Readonly<Record<string, string>>): Promise<DynamicProvider> {
    const shared = await SharedRun.start(env);
    const provider = new DynamicProvider(shared.process, shared);
    provider.#config = config;
    return provider;
  }

  /** Output of the run; in a shared process, the output since it began. */
  get output(): string {
    return (this.shared ?? this.process).output;
  }

  /** Properties of a call, and the provider that they name ready for it. */
  async #sent(props: Props): Promise<Struct> {
    const { shared } = this;
    if (shared === undefined) return struct(props);
    const sent = shared.sent(props);
    const { __provider } = sent;
    await shared.enter(sent, async () => {
      await this.configure(this.#config ?? {});
      // The smallest call that loads it.
      await this.#diff("", struct({ __provider }), struct({ __provider }), struct({})).catch(() => undefined);
    });
    return struct(sent);
  }

  async #call<T>(send: (callback: Callback<T>) => unknown): Promise<T> {
    try {
      return await call(send);
    } catch (error) {
      if (!(error instanceof InitFailed) || this.shared === undefined) throw error;
      const properties = this.shared.received(error.details.properties);
      throw new InitFailed({ ...error.details, properties }, error.message);
    }
  }

  #received(message: { toJavaScript(): unknown } | undefined): Props {
    const props = propsOf(message);
    return this.shared?.received(props) ?? props;
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
    request.setNews(await this.#sent(withProvider(args)));
    const answer = await call<messages.CheckResponse>((done) => this.process.client.check(request, done));
    const failures = answer.getFailuresList().map((item) => ({
      property: item.getProperty(),
      reason: item.getReason(),
    }));
    if (failures.length > 0) throw new CheckFailed(failures);
    return annotate(this.#received(answer.getInputs()), withProvider(args));
  }

  async diff(id: string, olds: Props, news: Props, oldInputs: Props = {}): Promise<Diff> {
    return this.#diff(id, struct(olds), await this.#sent(news), struct(oldInputs));
  }

  async #diff(id: string, olds: Struct, news: Struct, oldInputs: Struct): Promise<Diff> {
    const request = new messages.DiffRequest();
    request.setId(id);
    request.setOlds(olds);
    request.setOldInputs(oldInputs);
    request.setNews(news);
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
    request.setProperties(await this.#sent(inputs));
    const answer = await this.#call<messages.CreateResponse>((done) =>
      this.process.client.create(request, done),
    );
    const outputs = annotate(this.#received(answer.getProperties()), inputs);
    return { id: answer.getId(), inputs, outputs, initErrors: [] };
  }

  async update(state: State, inputs: Props): Promise<State> {
    const request = new messages.UpdateRequest();
    request.setId(state.id);
    request.setOlds(struct(state.outputs));
    request.setOldInputs(struct(state.inputs));
    request.setNews(await this.#sent(inputs));
    const answer = await this.#call<messages.UpdateResponse>((done) =>
      this.process.client.update(request, done),
    );
    const outputs = annotate(this.#received(answer.getProperties()), inputs);
    return { id: state.id, inputs, outputs, initErrors: [] };
  }

  /** Undefined where the provider says that the resource is gone. */
  async read(state: Pick<State, "id" | "inputs" | "outputs">): Promise<State | undefined> {
    const request = new messages.ReadRequest();
    request.setId(state.id);
    request.setProperties(await this.#sent(state.outputs));
    request.setInputs(struct(state.inputs));
    const answer = await this.#call<messages.ReadResponse>((done) => this.process.client.read(request, done));
    if (answer.getId() === "") return undefined;
    const outputs = annotate(this.#received(answer.getProperties()), state.outputs);
    const read = answer.getInputs();
    const inputs = read === undefined ? state.inputs : annotate(this.#received(read), state.inputs);
    return { id: answer.getId(), inputs, outputs, initErrors: [] };
  }

  async delete(state: Pick<State, "id" | "outputs">): Promise<void> {
    const request = new messages.DeleteRequest();
    request.setId(state.id);
    request.setProperties(await this.#sent(state.outputs));
    await call((done) => this.process.client.delete(request, done));
  }

  protected override checkReplacement(args: Props): Promise<Props> {
    return this.check(args);
  }

  override get(id: string, args: Props = {}): Promise<State | undefined> {
    return super.get(id, withProvider(args));
  }

  /** Ends the process as the engine does. */
  stop(): Promise<Exit & { readonly ms: number }> {
    return this.process.interrupt();
  }

  /** The run is over. */
  async end(): Promise<void> {
    await (this.shared?.end() ?? this.stop());
  }
}
