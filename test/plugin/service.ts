/** A plugin that the tests of the service share, and the engine's calls to it. */
import assert from "node:assert/strict";
import type * as grpc from "@grpc/grpc-js";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type CallFailed, failureOf, type InitFailed } from "../contract/failures";
import { Harness, without } from "../contract/harness";
import { serviceTaskKind } from "../contract/kinds";
import type { Props } from "../contract/values";
import { attached, call, type PluginRun } from "./plugin-run";

export const urnOf = (name: string, type = "ServiceTask"): string =>
  `urn:pulumi:dev::cameras::video-analysis:index:${type}::${name}`;
export const struct = (props: Props): Struct => Struct.fromJavaScript(props as never);
export const bag = (message: Struct | undefined): Props => message?.toJavaScript() ?? {};
export const own = (props: Props): Props => without(props, "__provider");

/** The error of a call that has to fail. */
export async function failed(answer: Promise<unknown>): Promise<CallFailed | InitFailed> {
  const error: unknown = await answer.then(
    () => new Error("it succeeded"),
    (reason: unknown) => reason,
  );
  if (error instanceof Error && "metadata" in error) return failureOf(error as grpc.ServiceError);
  throw error;
}

export const creation = (name: string, inputs: Props): messages.CreateRequest =>
  new messages.CreateRequest().setUrn(urnOf(name)).setProperties(struct(inputs));

export class Service {
  private constructor(
    readonly harness: Harness,
    readonly run: PluginRun,
  ) {}

  static async open(): Promise<Service> {
    const harness = await Harness.open();
    return new Service(harness, await configured(harness));
  }

  /** Another plugin of the same configuration, as a later run has it. */
  later(): Promise<PluginRun> {
    return configured(this.harness);
  }

  async check(name: string, args: Props, more: Partial<{ olds: Props; urn: string }> = {}): Promise<Props> {
    const request = new messages.CheckRequest().setUrn(more.urn ?? urnOf(name)).setNews(struct(args));
    request.setOlds(struct(more.olds ?? {}));
    const answer = await call<messages.CheckResponse>((done) => this.run.client.check(request, done));
    assert.deepEqual(
      answer.getFailuresList().map((failure) => failure.getReason()),
      [],
    );
    return bag(answer.getInputs());
  }

  create(request: messages.CreateRequest, plugin = this.run): Promise<messages.CreateResponse> {
    return call((done) => plugin.client.create(request, done));
  }

  made(name: string): string[] {
    return serviceTaskKind.made(this.harness.emulator, name);
  }

  /** A task of the state: its id, inputs and outputs. */
  async up(name: string, more: Props = {}): Promise<{ id: string; inputs: Props; outputs: Props }> {
    const inputs = await this.check(name, own(serviceTaskKind.program(name, more)));
    const answer = await this.create(creation(name, inputs));
    return { id: answer.getId(), inputs, outputs: bag(answer.getProperties()) };
  }

  async close(): Promise<void> {
    await this.run.end();
    await this.harness.close();
  }
}

async function configured(harness: Harness): Promise<PluginRun> {
  const plugin = await attached({}, '{"name":"video-analysis"}');
  const args = Object.entries(harness.config()).map(([key, value]) => [key.split(":")[1], value]);
  const request = new messages.ConfigureRequest().setArgs(struct(Object.fromEntries(args) as Props));
  await call((done) => plugin.client.configure(request, done));
  return plugin;
}
