/** A proxy in front of the emulator that reports where a request stands, so that tests act between two steps. */
import {
  createServer,
  request as send,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";

/** `arrived`: not served yet; `served`: had its effect, not answered yet; `answered`: the answer is out. */
export type Moment = "arrived" | "served" | "answered";
export const MOMENTS: readonly Moment[] = ["arrived", "served", "answered"];

export interface Passing {
  /** 1 for the first request through this tap. */
  readonly number: number;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly body: string;
}

type Watcher = (moment: Moment, passing: Passing) => unknown;

interface Served {
  readonly message: IncomingMessage;
  readonly body: Buffer;
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export class Tap {
  /** Called at each moment of each request; the request waits for it. */
  watch: Watcher | undefined;
  /** Requests that get the answer 403 in place of the emulator's. */
  refuses: (passing: Passing) => boolean = () => false;
  passed = 0;

  private constructor(
    private readonly target: URL,
    private readonly server: Server,
  ) {}

  /** @param target origin of the emulator */
  static async open(target: string): Promise<Tap> {
    const server = createServer();
    const tap = new Tap(new URL(target), server);
    server.on("request", (message, response) => void tap.#pass(message, response));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return tap;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    const closed = once(this.server, "close");
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  async #pass(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const isGone = (): boolean => message.socket.destroyed;
    try {
      const body = await bodyOf(message);
      const passing = {
        number: ++this.passed,
        method: message.method ?? "GET",
        path: message.url ?? "/",
        body: body.toString(),
      };
      if (this.refuses(passing)) {
        response.writeHead(403, { "Content-Type": "application/json" });
        response.end(JSON.stringify({ error_code: "APIG.0302", error_msg: "Not permitted." }));
        return;
      }
      await this.watch?.("arrived", passing);
      if (isGone()) return;
      const served = await this.#serve(message, body);
      await this.watch?.("served", passing);
      if (isGone()) return;
      response.writeHead(served.message.statusCode ?? 500, served.message.headers);
      response.end(served.body);
      await once(response, "close");
      await this.watch?.("answered", passing);
    } catch {
      // The emulator dropped the connection, or the client is gone: neither gets anything more.
      message.socket.destroy();
    }
  }

  async #serve(message: IncomingMessage, body: Buffer): Promise<Served> {
    const outgoing = send(new URL(message.url ?? "/", this.target), {
      method: message.method,
      headers: message.headers,
      agent: false,
    });
    outgoing.end(body);
    const [answer] = (await once(outgoing, "response")) as [IncomingMessage];
    return { message: answer, body: await bodyOf(answer) };
  }
}
