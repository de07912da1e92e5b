/** The calls of one provider instance. */
import type { ConfigureResponse } from "@pulumi/pulumi/proto/provider_pb";
import { errorMessage } from "./errors";
import { type JsonMap, type PropertyMap, toPlain } from "./property-value";
import type { ProviderProcess } from "./provider-process";
import type { Recorder } from "./recorder";
import type { Sdk } from "./sdk";
import type { ProviderCall } from "./types";
import { packageOfType, parseUrn } from "./urn";
import { encodeProperties } from "./wire";

interface Configuration {
  readonly urn: string;
  readonly inputs: PropertyMap;
}

/** A call, and how its request and its answer are recorded. */
interface Call<Result> {
  readonly method: ProviderCall["method"];
  readonly urn: string;
  readonly request: JsonMap;
  readonly run: (process: ProviderProcess) => Promise<Result>;
  readonly show: (result: Result) => JsonMap;
}

/** Makes the calls of one provider instance and records them; starts and configures the process when needed. */
export class ProviderCalls {
  readonly #sdk: Sdk;
  readonly #recorder: Recorder;
  readonly #launch: () => Promise<ProviderProcess>;

  #configuration: Configuration | undefined;
  #process: Promise<ProviderProcess> | undefined;

  constructor(sdk: Sdk, recorder: Recorder, launch: () => Promise<ProviderProcess>) {
    this.#sdk = sdk;
    this.#recorder = recorder;
    this.#launch = launch;
  }

  configureWith(urn: string, inputs: PropertyMap): void {
    this.#configuration = { urn, inputs };
  }

  async make<Result>(call: Call<Result>): Promise<Result> {
    const process = await (this.#process ??= this.#start());
    return this.#recorded(process, call);
  }

  async #start(): Promise<ProviderProcess> {
    const process = await this.#launch();
    if (this.#configuration === undefined) return process;
    const { urn, inputs } = this.#configuration;
    const { structs, providerMessages } = this.#sdk;
    const all = { keepSecrets: true, keepUnknowns: true, keepResources: true };
    const message = new providerMessages.ConfigureRequest()
      .setAcceptsecrets(true)
      .setAcceptresources(true)
      .setArgs(structs.Struct.fromJavaScript(encodeProperties(inputs, all)));
    const prefix = `${packageOfType(parseUrn(urn).type)}:config:`;
    for (const [key, value] of Object.entries(toPlain(inputs, true))) {
      const text = typeof value === "string" ? value : JSON.stringify(value);
      message.getVariablesMap().set(prefix + key, text);
    }
    await this.#recorded<ConfigureResponse>(process, {
      method: "configure",
      urn,
      request: { args: toPlain(inputs) },
      run: () => process.call((client, callback) => client.configure(message, callback)),
      show: () => ({}),
    });
    return process;
  }

  async #recorded<Result>(process: ProviderProcess, call: Call<Result>): Promise<Result> {
    const { method, urn, request, run, show } = call;
    const started = Date.now();
    const finish = (outcome: Pick<ProviderCall, "response" | "error">): void => {
      this.#recorder.call({ method, urn, request, ...outcome, durationMs: Date.now() - started });
    };
    this.#recorder.event({ type: "call-start", method, urn, pid: process.pid });
    try {
      const result = await run(process);
      finish({ response: show(result) });
      return result;
    } catch (error) {
      finish({ error: errorMessage(error) });
      throw error;
    }
  }
}

/** Fields of a request or an answer as plain JSON: special values become readable, absent fields are left out. */
export function shown(fields: Record<string, PropertyMap | readonly string[] | string | undefined>): JsonMap {
  const result: JsonMap = {};
  for (const [key, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    if (typeof value === "string") result[key] = value;
    else result[key] = isList(value) ? [...value] : toPlain(value);
  }
  return result;
}

function isList(value: PropertyMap | readonly string[]): value is readonly string[] {
  return Array.isArray(value);
}
