/** A plugin that a run of the engine has: in this process, attached to, or as a process of its own. */
import path from "node:path";
import * as grpc from "@grpc/grpc-js";
import { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { messagesTo } from "../../provider/fronts/plugin/grpc/engine";
import { serve } from "../../provider/fronts/plugin/grpc/service";
import { Sessions } from "../../provider/fronts/plugin/sessions";
import type { RunProcess } from "../contract/provider";
import { programDirectory } from "../contract/program-directory";
import { type Exit, ProviderProcess } from "../contract/provider-process";
import { fastClock } from "../support/fast-clock-of";
import { Engine } from "./engine";

export const SCRIPT = path.resolve(__dirname, "../../provider/fronts/plugin/main.js");
const MAX_MESSAGE = 400 * 1024 * 1024;

type Environment = Readonly<Record<string, string>>;

export interface PluginRun {
  readonly client: ResourceProviderClient;
  readonly engine: Engine;
  readonly process: RunProcess;
  /** Where it listens; 0 for a process of its own. */
  readonly port: number;
  /** Ends the run as the engine does. */
  end(): Promise<Exit & { readonly ms: number }>;
}

/** Calls one method of the service. */
export function call<Answer>(
  send: (done: (error: grpc.ServiceError | null, answer: Answer) => void) => unknown,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    send((error, answer) => (error === null ? resolve(answer) : reject(error)));
  });
}

/** A server in this process, which an engine attaches to as to one that is debugged. */
export async function attached(env: Environment = {}, schema = "{}"): Promise<PluginRun> {
  const engine = await Engine.start();
  const stop = new AbortController();
  const sessions = new Sessions({
    clock: fastClock(),
    env: { HOME: programDirectory(), ...env },
    stop: stop.signal,
    messagesTo,
  });
  const server = await serve({ sessions, version: "1.2.3", schema: () => schema, during: (work) => work() });
  const client = new ResourceProviderClient(`127.0.0.1:${server.port}`, grpc.credentials.createInsecure(), {
    "grpc.max_receive_message_length": MAX_MESSAGE,
    "grpc.max_send_message_length": MAX_MESSAGE,
  });
  await call((done) => client.attach(new PluginAttach().setAddress(engine.address), done));
  const shared = (): never => {
    throw new Error("the plugin has no process of its own");
  };
  return {
    client,
    engine,
    port: server.port,
    process: {
      engine: engine.address,
      exited: new Promise(() => undefined),
      get output() {
        return engine.output;
      },
      signal: shared,
      closeOutput: shared,
      kill: shared,
    },
    end: () => {
      client.close();
      server.close();
      engine.close();
      return Promise.resolve({ code: 0, signal: null, ms: 0 });
    },
  };
}

/** @param address of an engine that has another process of the run already */
export async function started(env: Environment = {}, address?: string): Promise<PluginRun> {
  const engine = await Engine.start();
  const process = await ProviderProcess.start({
    env: { PULUMI_CONFIG: "{}", ...env },
    engine: address ?? engine.address,
    script: SCRIPT,
  });
  return {
    client: process.client,
    engine,
    port: 0,
    process: {
      engine: process.engine,
      exited: process.exited,
      get output() {
        return process.output + engine.output;
      },
      signal: (signal) => process.signal(signal),
      closeOutput: () => process.closeOutput(),
      kill: () => process.kill(),
    },
    end: async () => {
      const exit = await process.interrupt();
      engine.close();
      return exit;
    },
  };
}
