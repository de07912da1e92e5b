/** A scripted service on loopback, and requests to send. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import type { AuthenticationHeaders, Authenticator } from "../../provider/services/auth/authenticator";
import { isRequestError, type RequestError } from "../../provider/common/errors";
import type { ServiceRequest } from "../../provider/services/http/request";

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Objects are sent as JSON, texts as they are. */
  readonly body?: unknown;
}

/** `drop` reads the request and closes the connection; `half` breaks off inside the body; `hang` never answers. */
export type Step = Reply | "drop" | "half" | "hang" | ((received: Received) => Reply | Promise<Reply>);

export class ScriptedService {
  readonly received: Received[] = [];
  readonly #server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on("data", (chunk: Buffer) => chunks.push(chunk));
    message.on("end", () => {
      const { method = "", url = "", headers } = message;
      const received = { method, url, headers, body: Buffer.concat(chunks).toString("utf8") };
      this.received.push(received);
      const step = this.steps[Math.min(this.received.length, this.steps.length) - 1];
      void this.#play(step ?? "drop", received, response);
    });
  });

  /** @param steps one for each request; the last one serves all further requests */
  constructor(public steps: readonly Step[]) {}

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  listen(): Promise<this> {
    return new Promise((resolve) => this.#server.listen(0, "127.0.0.1", () => resolve(this)));
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #play(step: Step, received: Received, response: ServerResponse): Promise<void> {
    if (step === "hang") return;
    if (step === "drop") {
      response.destroy();
      return;
    }
    if (step === "half") {
      response.writeHead(200, { "Content-Length": "1000" });
      response.write('{"tasks":[', () => response.destroy());
      return;
    }
    const { status, headers = {}, body } = typeof step === "function" ? await step(received) : step;
    const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
    response.writeHead(status, headers).end(text);
  }
}

const running: ScriptedService[] = [];

export async function serve(...steps: Step[]): Promise<ScriptedService> {
  const service = await new ScriptedService(steps).listen();
  running.push(service);
  return service;
}

/** For `afterEach`: leaves no server behind. */
export async function closeServices(): Promise<void> {
  await Promise.all(running.splice(0).map((service) => service.close()));
}

/** An authenticator whose credential changes when it is dropped. */
export class CountingAuthenticator implements Authenticator {
  generation = 1;

  constructor(readonly renewable = true) {}

  headers(): Promise<AuthenticationHeaders> {
    return Promise.resolve({ "X-Auth-Token": `token-${this.generation}` });
  }

  invalidate(): boolean {
    this.generation += 1;
    return this.renewable;
  }

  describe(): string {
    return "the token from the test";
  }

  secrets(): readonly string[] {
    return [`token-${this.generation}`];
  }
}

export function request(
  service: { readonly url: string },
  changes: Partial<ServiceRequest<unknown>> = {},
): ServiceRequest<unknown> {
  return {
    service: "modelarts",
    method: "GET",
    endpoint: service.url,
    path: ["v1", "p", "tasks"],
    replay: "safe",
    authenticator: new CountingAuthenticator(),
    operation: "test",
    read: (answer) => answer.body,
    ...changes,
  };
}

/** A create: POST with a body, never repeated in doubt. */
export function create(
  service: { readonly url: string },
  changes: Partial<ServiceRequest<unknown>> = {},
): ServiceRequest<unknown> {
  return request(service, { method: "POST", replay: "create", body: { name: "task-test" }, ...changes });
}

/** The error of a request that has to fail. */
export async function failureOf(result: Promise<unknown>): Promise<RequestError> {
  try {
    await result;
  } catch (error) {
    if (isRequestError(error)) return error;
    throw error;
  }
  throw new Error("the request succeeded");
}

/** Any sequence of code units, halves of surrogate pairs included. */
export const anyText = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
});
