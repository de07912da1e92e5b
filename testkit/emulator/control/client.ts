import type { Fault } from "../faults/faults";
import type { JsonObject } from "../json";
import type {
  BehaviorOptions,
  EdgePoolDeclaration,
  ServiceDeclaration,
  VideoGroupDeclaration,
} from "../options";
import type { CallFilter, RequestEntry } from "../request-log";
import { UsageError } from "../usage-error";
import type { BatchSnapshot, EmulatorState, StateTexts, TaskSnapshot } from "./verbs";

/** An injected fault of an emulator in another process. */
export interface RemoteFaultHandle {
  readonly id: string;
  /** Takes it out of the queue; true if it was still there. */
  remove(): Promise<boolean>;
}

/** Drives an emulator that runs in another process, with the verbs of `Emulator`. */
export class EmulatorClient {
  readonly #base: string;

  /** `url` is what the emulator printed, such as `http://127.0.0.1:8080`. */
  constructor(readonly url: string) {
    this.#base = `${url.replace(/\/+$/, "")}/__emulator`;
  }

  state(): Promise<EmulatorState> {
    return this.#send("GET", "/state");
  }

  calls(filter: CallFilter = {}): Promise<RequestEntry[]> {
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(filter)) query.set(key, String(value));
    return this.#send("GET", `/requests?${query.toString()}`);
  }

  async clearRequests(): Promise<void> {
    await this.#send("DELETE", "/requests");
  }

  tasks(serviceId?: string): Promise<TaskSnapshot[]> {
    const query = serviceId === undefined ? "" : `?service_id=${encodeURIComponent(serviceId)}`;
    return this.#send("GET", `/tasks${query}`);
  }

  async editTask(id: string, patch: JsonObject): Promise<void> {
    await this.#send("POST", "/edit", { id, patch });
  }

  async removeTask(id: string): Promise<void> {
    await this.#send("POST", "/remove", { id });
  }

  batches(): Promise<BatchSnapshot[]> {
    return this.#send("GET", "/batches");
  }

  async editBatch(id: string, patch: JsonObject): Promise<void> {
    await this.#send("POST", "/edit-batch", { id, patch });
  }

  async removeBatch(id: string): Promise<void> {
    await this.#send("POST", "/remove-batch", { id });
  }

  async setState(id: string, state: string, texts: StateTexts = {}): Promise<void> {
    await this.#send("POST", "/state", { id, state, ...texts });
  }

  async addService(service: ServiceDeclaration): Promise<void> {
    await this.#send("POST", "/services", service);
  }

  async removeService(id: string): Promise<void> {
    await this.#send("POST", "/remove-service", { id });
  }

  async addVideoGroup(group: VideoGroupDeclaration): Promise<void> {
    await this.#send("POST", "/video-groups", group);
  }

  async removeVideoGroup(id: string): Promise<void> {
    await this.#send("POST", "/remove-video-group", { id });
  }

  async addEdgePool(pool: EdgePoolDeclaration): Promise<void> {
    await this.#send("POST", "/edge-pools", pool);
  }

  async removeEdgePool(id: string): Promise<void> {
    await this.#send("POST", "/remove-edge-pool", { id });
  }

  /** `times: Infinity` travels as null. */
  async inject(fault: Fault): Promise<RemoteFaultHandle> {
    const { id } = await this.#send<{ id: string }>("POST", "/inject", fault);
    const remove = async (): Promise<boolean> => {
      const { removed } = await this.#send<{ removed: boolean }>("POST", "/remove-fault", { id });
      return removed;
    };
    return { id, remove };
  }

  async clearFaults(): Promise<void> {
    await this.#send("DELETE", "/faults");
  }

  async advance(ms: number): Promise<void> {
    await this.#send("POST", "/advance", { ms });
  }

  async expireTokens(): Promise<void> {
    await this.#send("POST", "/expire-tokens");
  }

  async configure(options: BehaviorOptions): Promise<void> {
    await this.#send("POST", "/configure", options);
  }

  async reset(): Promise<void> {
    await this.#send("POST", "/reset");
  }

  async #send<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${this.#base}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok)
      throw new UsageError(`${method} ${path} of the emulator: HTTP ${response.status}: ${text}`);
    return JSON.parse(text) as T;
  }
}
