/** A running emulator: its listeners, and what tests do to it. */
import { setMaxListeners } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type EmulatorEndpoints, NOWHERE } from "./addresses";
import { type Authenticator, tokenAuthenticator } from "./auth/authenticators";
import { signatureAuthenticator } from "./auth/signature-authenticator";
import type { Clock } from "./clock";
import { ControlApi } from "./control/api";
import { answerControl } from "./control/http";
import { CONTROL_PREFIX } from "./control/routes";
import type { ReceivedBody } from "./http/body";
import { Pipeline } from "./http/pipeline";
import { type Handler, type Listener, listen } from "./http/server";
import type { ServiceModule } from "./http/service";
import { transmit } from "./http/transmit";
import type {
  AccessKeyDeclaration,
  EmulatorOptions,
  ServiceDeclaration,
  VideoGroupDeclaration,
} from "./options";
import type { RequestEntry } from "./request-log";
import { iam } from "./services/iam";
import { modelArts } from "./services/modelarts";
import { vas } from "./services/vas";
import { vias } from "./services/vias";
import { World } from "./world";

/** The services on offer; adding one to the emulator means adding it here. */
const SERVICES: readonly ((world: World) => ServiceModule)[] = [modelArts, vias, vas, iam];

/** A running emulator. It keeps the process alive until it is closed. */
export class Emulator extends ControlApi {
  readonly #world: World;
  readonly #pipeline: Pipeline;
  readonly #modules: readonly ServiceModule[];
  readonly #closing = new AbortController();
  readonly #listeners: Listener[] = [];

  private constructor(options: EmulatorOptions) {
    const world = new World(options);
    const modules = SERVICES.map((service) => service(world));
    super(world, modules);
    this.#world = world;
    this.#modules = modules;
    const authenticators: Authenticator[] = [tokenAuthenticator(world.tokens), signatureAuthenticator(world)];
    // Every delayed answer waits for it, and Node warns above ten listeners; 0 is no limit.
    setMaxListeners(0, this.#closing.signal);
    this.#pipeline = new Pipeline(world, modules, authenticators, this.#closing.signal);
  }

  /** Starts one on loopback. */
  static async start(options: EmulatorOptions): Promise<Emulator> {
    const emulator = new Emulator(options);
    try {
      await emulator.#listen();
      return emulator;
    } catch (error) {
      await emulator.close();
      throw error;
    }
  }

  /** `http://127.0.0.1:<port>`. */
  get url(): string {
    return this.#listeners[0]?.url ?? "";
  }

  /** Base URLs as the `endpoints` configuration takes them; each service has a path prefix in place of a host. */
  get endpoints(): EmulatorEndpoints {
    return this.#world.addresses.endpoints;
  }

  /** Base URLs without a path, for clients that drop it: each service is at the root of a port of its own. */
  get rootEndpoints(): EmulatorEndpoints {
    return this.#world.addresses.rootEndpoints;
  }

  get region(): string {
    return this.#world.settings.region;
  }

  get projectId(): string {
    return this.#world.settings.project.id;
  }

  /** A token that is valid for the first project, for callers that do not log in. */
  get token(): string {
    return this.#world.settings.tokens[0] ?? "";
  }

  /** The first access key, for callers that sign their requests. */
  get accessKey(): Readonly<AccessKeyDeclaration> | undefined {
    return this.#world.settings.accessKeys[0];
  }

  /** The services that are subscribed now. */
  get services(): ServiceDeclaration[] {
    return this.state().services;
  }

  /** The video groups that VIAS knows now. */
  get videoGroups(): VideoGroupDeclaration[] {
    return this.state().videoGroups;
  }

  get clock(): Pick<Clock, "now" | "mode"> {
    return this.#world.clock;
  }

  /** Every logged request, oldest first. */
  get requests(): RequestEntry[] {
    return this.calls();
  }

  /** Ends every connection, also of hanging requests. Closing twice is harmless. */
  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    await Promise.all(this.#listeners.map((listener) => listener.close()));
  }

  async #listen(): Promise<void> {
    const { port, servicePorts } = this.#world.settings;
    const { url } = await this.#listenAt(port, (...request) => this.#serve(...request));
    const endpoints = { ...NOWHERE.endpoints };
    const rootEndpoints = { ...NOWHERE.rootEndpoints };
    for (const { name, prefix } of this.#modules) {
      const serve: Handler = (...request) => this.#pipeline.serve(...request, prefix);
      endpoints[name] = url + prefix;
      rootEndpoints[name] = (await this.#listenAt(servicePorts[name] ?? 0, serve)).url;
    }
    this.#world.addresses = { endpoints, rootEndpoints };
  }

  async #listenAt(port: number, handler: Handler): Promise<Listener> {
    const listener = await listen(port, handler);
    this.#listeners.push(listener);
    return listener;
  }

  async #serve(
    message: IncomingMessage,
    response: ServerResponse,
    url: URL,
    body: Exclude<ReceivedBody, "aborted">,
  ): Promise<void> {
    if (!url.pathname.startsWith(`${CONTROL_PREFIX}/`)) {
      return this.#pipeline.serve(message, response, url, body, "");
    }
    const text = body === "too-large" ? "" : body.text;
    transmit(response, answerControl(this, { method: message.method ?? "GET", url, body: text }));
  }
}

/** Starts an emulator of the documented APIs on 127.0.0.1; close it when done. */
export function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  return Emulator.start(options);
}
