/** The engine's side of a resource on the plugin, with the calls of the contract that dynamic resources keep. */
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { CheckFailed, failureOf, InitFailed } from "../contract/failures";
import type { Front } from "../contract/front";
import { serviceTaskKind } from "../contract/kinds";
import { Provider, type RunProcess } from "../contract/provider";
import type { Exit } from "../contract/provider-process";
import type { Diff, State } from "../contract/state";
import { plain, type Props } from "../contract/values";
import { attached, call, type PluginRun, started } from "./plugin-run";

type Environment = Readonly<Record<string, string>>;

const struct = (props: Props): Struct =>
  Struct.fromJavaScript(props as Parameters<typeof Struct.fromJavaScript>[0]);

const propsOf = (message: Struct | undefined): Props => message?.toJavaScript() ?? {};

const CHANGES = { 0: "unknown", 1: "none", 2: "some" } as const;

/** The type of the resource whose text the program or the state has. */
const typeOf = ({ __provider = serviceTaskKind.provider }: Props): string =>
  /\.(\w+)$/.exec(String(__provider))?.[1] ?? "";

const urnOf = (type: string, name: string): string =>
  `urn:pulumi:dev::project::video-analysis:index:${type}::${name}`;

/** Of a resource that has no state yet; without a hidden name of its own each one is another. */
function newUrn(props: Props): string {
  const { autoName, name = "unnamed" } = props;
  const logical =
    typeof autoName === "string"
      ? autoName.replace(/-[0-9a-f]{12}$/, "")
      : `${String(name)}-${(unnamed += 1)}`;
  return urnOf(typeOf(props), logical);
}

const withoutText = (props: Props): Props =>
  Object.fromEntries(Object.entries(props).filter(([key]) => key !== "__provider"));

/** By inputs and outputs of the engine: the tests of the contract know no URNs. */
const urns = new Map<string, string>();
let unnamed = 0;

/** What stands for the program's text in states of the contract. */
const withText = (props: Props, from: Props): Props => ({
  ...props,
  __provider: from.__provider ?? serviceTaskKind.provider,
});

export class PluginProvider extends Provider {
  readonly process: RunProcess;

  constructor(readonly run: PluginRun) {
    super();
    this.process = run.process;
  }

  get output(): string {
    return this.run.process.output;
  }

  #outputs(message: Struct | undefined, inputs: Props): Props {
    const outputs = withText(propsOf(message), inputs);
    urns.set(keyOf(outputs), this.#urnOf(inputs));
    return outputs;
  }

  async #call<Answer>(send: Parameters<typeof call<Answer>>[0]): Promise<Answer> {
    return call(send).catch((error: unknown) => {
      throw failureOf(error as Parameters<typeof failureOf>[0]);
    });
  }

  #urnOf(props: Props): string {
    return urns.get(keyOf(props)) ?? newUrn(props);
  }

  async configure(config: Props): Promise<{ acceptSecrets: boolean }> {
    const prefix = /^video-analysis:/;
    const args = Object.entries(config).map(([key, value]) => [key.replace(prefix, ""), value]);
    const request = new messages.ConfigureRequest();
    request.setArgs(struct(Object.fromEntries(args) as Props));
    const answer = await this.#call<messages.ConfigureResponse>((done) =>
      this.run.client.configure(request, done),
    );
    return { acceptSecrets: answer.getAcceptsecrets() };
  }

  async check(args: Props, olds: Props = {}): Promise<Props> {
    return this.#check(args, olds, urns.get(keyOf(olds)) ?? newUrn(args));
  }

  protected override checkReplacement(args: Props, inputs: Props): Promise<Props> {
    return this.#check(args, {}, this.#urnOf(inputs));
  }

  async #check(args: Props, olds: Props, urn: string): Promise<Props> {
    const { autoName, ...given } = withoutText(args);
    const request = new messages.CheckRequest();
    request.setUrn(urn);
    request.setOlds(struct(withoutText(olds)));
    request.setNews(struct(given));
    const naming = new messages.CheckRequest.AutonamingOptions();
    const { ENFORCE, DISABLE } = messages.CheckRequest.AutonamingOptions.Mode;
    naming.setMode(typeof autoName === "string" ? ENFORCE : DISABLE);
    if (typeof autoName === "string") naming.setProposedName(autoName);
    request.setAutonaming(naming);
    const answer = await this.#call<messages.CheckResponse>((done) => this.run.client.check(request, done));
    const failures = answer.getFailuresList().map((failure) => ({
      property: failure.getProperty(),
      reason: failure.getReason(),
    }));
    if (failures.length > 0) throw new CheckFailed(failures);
    const inputs = withText(propsOf(answer.getInputs()), args);
    urns.set(keyOf(inputs), urn);
    return inputs;
  }

  async diff(id: string, olds: Props, news: Props, oldInputs: Props = {}): Promise<Diff> {
    const request = new messages.DiffRequest();
    request.setId(id);
    request.setUrn(this.#urnOf(news));
    request.setOlds(struct(olds));
    request.setOldInputs(struct(oldInputs));
    request.setNews(struct(news));
    const answer = await this.#call<messages.DiffResponse>((done) => this.run.client.diff(request, done));
    return {
      changes: CHANGES[answer.getChanges()],
      replaces: answer.getReplacesList(),
      deleteBeforeReplace: answer.getDeletebeforereplace(),
      paths: [...answer.getDetaileddiffMap().keys()].map(dotted).sort(),
    };
  }

  async create(inputs: Props): Promise<State> {
    const request = new messages.CreateRequest();
    request.setUrn(this.#urnOf(inputs));
    request.setProperties(struct(withoutText(inputs)));
    try {
      const answer = await this.#call<messages.CreateResponse>((done) =>
        this.run.client.create(request, done),
      );
      const outputs = this.#outputs(answer.getProperties(), inputs);
      return { id: answer.getId(), inputs, outputs, initErrors: [] };
    } catch (error) {
      if (!(error instanceof InitFailed)) throw error;
      const properties = withText(error.details.properties, inputs);
      urns.set(keyOf(properties), this.#urnOf(inputs));
      throw new InitFailed({ ...error.details, properties }, error.message);
    }
  }

  async update(state: State, inputs: Props): Promise<State> {
    const request = new messages.UpdateRequest();
    request.setId(state.id);
    request.setUrn(this.#urnOf(inputs));
    request.setOlds(struct(state.outputs));
    request.setOldInputs(struct(state.inputs));
    request.setNews(struct(withoutText(inputs)));
    const answer = await this.#call<messages.UpdateResponse>((done) => this.run.client.update(request, done));
    const outputs = this.#outputs(answer.getProperties(), inputs);
    return { id: state.id, inputs, outputs, initErrors: [] };
  }

  async read(state: Pick<State, "id" | "inputs" | "outputs">): Promise<State | undefined> {
    const request = new messages.ReadRequest();
    request.setId(state.id);
    request.setUrn(this.#urnOf(state.inputs));
    request.setProperties(struct(withoutText(state.outputs)));
    request.setInputs(struct(withoutText(state.inputs)));
    const answer = await this.#call<messages.ReadResponse>((done) => this.run.client.read(request, done));
    if (answer.getId() === "") return undefined;
    const inputs = withText(propsOf(answer.getInputs()), state.outputs);
    urns.set(keyOf(inputs), request.getUrn());
    const outputs = this.#outputs(answer.getProperties(), inputs);
    return { id: answer.getId(), inputs, outputs, initErrors: [] };
  }

  async delete(state: Pick<State, "id" | "outputs">): Promise<void> {
    const request = new messages.DeleteRequest();
    request.setId(state.id);
    request.setUrn(this.#urnOf(state.outputs));
    request.setProperties(struct(withoutText(state.outputs)));
    await this.#call((done) => this.run.client.delete(request, done));
  }

  async stop(): Promise<Exit & { readonly ms: number }> {
    return this.run.end();
  }

  async end(): Promise<void> {
    await this.run.end();
  }
}

const keyOf = (inputs: Props): string => JSON.stringify(Object.entries(plain(withoutText(inputs))).sort());

/** A path of the engine as tests write it. */
const dotted = (path: string): string => path.replace(/\["([^"]*)"\]/g, ".$1");

export const pluginFront: Front = {
  async share(config, env) {
    // The notes of a run are where its process has its temporary files.
    const own = env?.TMPDIR !== undefined;
    const provider = new PluginProvider(await (own ? started(env) : attached(env)));
    await provider.configure(config);
    return provider;
  },
  async start(config?: Props, env?: Environment, engine?: string) {
    const provider = new PluginProvider(await started(env, engine));
    if (config !== undefined) await provider.configure(config);
    return provider;
  },
};
