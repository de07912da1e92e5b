import type { IncomingMessage, ServerResponse } from "node:http";
import { type EmulatorEndpoints, NOWHERE } from "./addresses";
import { type Authenticator, tokenAuthenticator } from "./auth/authenticators";
import { signatureAuthenticator } from "./auth/signature-authenticator";
import type { Clock } from "./clock";
import { control, CONTROL_PREFIX } from "./control/http";
import {
  type BatchSnapshot,
  type EmulatorState,
  type StateTexts,
  type TaskSnapshot,
  Verbs,
} from "./control/verbs";
import type { Fault } from "./faults/faults";
import type { ReceivedBody } from "./http/body";
import { Pipeline } from "./http/pipeline";
import { type Handler, type Listener, listen } from "./http/server";
import type { ServiceModule } from "./http/service";
import { transmit } from "./http/transmit";
import type { JsonObject } from "./json";
import type {
  AccessKeyDeclaration,
  BehaviorOptions,
  EdgePoolDeclaration,
  EmulatorOptions,
  ServiceDeclaration,
  VideoGroupDeclaration,
} from "./options";
import type { CallFilter, RequestEntry } from "./request-log";
import { iam } from "./services/iam";
import { modelArts } from "./services/modelarts";
import { vas } from "./services/vas";
import { vias } from "./services/vias";
import { World } from "./world";

/** An injected fault. */
export interface FaultHandle {
  readonly id: string;
  /** Takes it out of the queue; true if it was still there. */
  remove(): boolean;
}

/** The services on offer; adding one to the emulator means adding it here. */
const SERVICES: readonly ((world: World) => ServiceModule)[] = [modelArts, vias, vas, iam];

/** A running emulator. It keeps the process alive until it is closed. */
export class Emulator {
  readonly #world: World;
  readonly #verbs: Verbs;
  readonly #pipeline: Pipeline;
  readonly #modules: readonly ServiceModule[];
  readonly #closing = new AbortController();
  readonly #listeners: Listener[] = [];

  private constructor(options: EmulatorOptions) {
    this.#world = new World(options);
    this.#modules = SERVICES.map((service) => service(this.#world));
    this.#verbs = new Verbs(this.#world, this.#modules);
    const authenticators: Authenticator[] = [
      tokenAuthenticator(this.#world.tokens),
      signatureAuthenticator(this.#world),
    ];
    this.#pipeline = new Pipeline(this.#world, this.#modules, authenticators, this.#closing.signal);
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
    return this.#verbs.state().services;
  }

  /** The video groups that VIAS knows now. */
  get videoGroups(): VideoGroupDeclaration[] {
    return this.#verbs.state().videoGroups;
  }

  get clock(): Pick<Clock, "now" | "advance" | "mode"> {
    return this.#world.clock;
  }

  /** Every logged request, oldest first. */
  get requests(): RequestEntry[] {
    return this.#verbs.requests();
  }

  /** The logged requests whose members equal those of the filter. */
  calls(filter: CallFilter = {}): RequestEntry[] {
    return this.#verbs.requests(filter);
  }

  clearRequests(): void {
    this.#verbs.clearRequests();
  }

  state(): EmulatorState {
    return this.#verbs.state();
  }

  /** Copies of the tasks that exist now, oldest first. */
  tasks(serviceId?: string): TaskSnapshot[] {
    return this.#verbs.tasks(serviceId);
  }

  /** Changes a task as somebody else would, by a JSON merge patch of its wire object. */
  editTask(id: string, patch: JsonObject): void {
    this.#verbs.editTask(id, patch);
  }

  /** Copies of the VIAS batches that exist now, oldest first. */
  batches(): BatchSnapshot[] {
    return this.#verbs.batches();
  }

  /** Changes a batch as somebody else would; its sub-tasks follow, but none is created or deleted. */
  editBatch(id: string, patch: JsonObject): void {
    this.#verbs.editBatch(id, patch);
  }

  /** Makes a batch and its sub-tasks vanish at once. */
  removeBatch(id: string): void {
    this.#verbs.removeBatch(id);
  }

  /** Makes a task vanish at once, without DELETING. */
  removeTask(id: string): void {
    this.#verbs.removeTask(id);
  }

  /** Forces the state of a task, or of all sub-tasks of a batch; it lasts until somebody acts on them. */
  setState(id: string, state: string, texts: StateTexts = {}): void {
    this.#verbs.setState(id, state, texts);
  }

  addService(service: ServiceDeclaration): void {
    this.#verbs.addService(service);
  }

  /** A lost subscription: its calls answer that the service is missing until it is added again. */
  removeService(id: string): void {
    this.#verbs.removeService(id);
  }

  /** Declares a VIAS video group, or declares it anew with other sources. */
  addVideoGroup(group: VideoGroupDeclaration): void {
    this.#verbs.addVideoGroup(group);
  }

  removeVideoGroup(id: string): void {
    this.#verbs.removeVideoGroup(id);
  }

  /** Declares a VIAS edge pool, or declares it anew. */
  addEdgePool(pool: EdgePoolDeclaration): void {
    this.#verbs.addEdgePool(pool);
  }

  removeEdgePool(id: string): void {
    this.#verbs.removeEdgePool(id);
  }

  /** Queues a fault for requests that come from now on. */
  inject(fault: Fault): FaultHandle {
    const id = this.#verbs.injectFault(fault);
    return { id, remove: () => this.#verbs.removeFault(id) };
  }

  clearFaults(): void {
    this.#verbs.clearFaults();
  }

  /** Makes every token given out so far answer 401 APIG.0307. */
  expireTokens(): void {
    this.#verbs.expireTokens();
  }

  /** Changes behaviour from the next request on; states that tasks are going through already stay as they were. */
  configure(options: BehaviorOptions): void {
    this.#verbs.configure(options);
  }

  /** Back to the state after the start; the address stays. */
  reset(): void {
    this.#verbs.reset();
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
    transmit(response, control(this.#verbs, message.method ?? "GET", url.pathname, url.searchParams, text));
  }
}

/** Starts an emulator of the documented APIs on 127.0.0.1; close it when done. */
export function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  return Emulator.start(options);
}
