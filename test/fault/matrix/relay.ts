/** A relay of bytes in front of an emulator that can be made to refuse connections, which no HTTP server can. */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

const ANSWER = /^HTTP\/1\.1 /;
/** Headers that make a client keep a connection for its next request. */
const KEPT = /\r\nConnection: keep-alive\r\n/i;
const CLOSED = "\r\nConnection: close\r\n";

export class Relay {
  #server: Server | undefined;
  #port = 0;
  #answers = 0;
  /** Answers still to come before connections are refused. */
  #left = Infinity;
  #reopenAfter: number | undefined;
  #reopening: NodeJS.Timeout | undefined;
  readonly #sockets = new Set<Socket>();

  private constructor(private readonly target: URL) {}

  /** @param target origin of the emulator */
  static async open(target: string): Promise<Relay> {
    const relay = new Relay(new URL(target));
    await relay.#listen();
    return relay;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Answers that went through so far. */
  get answers(): number {
    return this.#answers;
  }

  /**
   * Refuses connections once so many further answers are out, so that the request after them meets it.
   *
   * @param reopenAfter milliseconds; left out, for good
   */
  async refuseAfter(answers: number, reopenAfter?: number): Promise<void> {
    this.#left = answers;
    this.#reopenAfter = reopenAfter;
    if (answers === 0) await this.#refuse();
  }

  async close(): Promise<void> {
    clearTimeout(this.#reopening);
    this.#reopenAfter = undefined;
    await this.#refuse();
  }

  async #listen(): Promise<void> {
    const server = createServer((client) => this.#pass(client));
    this.#server = server;
    server.listen(this.#port, "127.0.0.1");
    await once(server, "listening");
    this.#port = (server.address() as AddressInfo).port;
  }

  async #refuse(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.#left = Infinity;
    for (const socket of this.#sockets) socket.destroy();
    if (server !== undefined) {
      const closed = once(server, "close");
      server.close();
      await closed;
    }
    if (this.#reopenAfter !== undefined) {
      this.#reopening = setTimeout(() => void this.#listen(), this.#reopenAfter);
    }
  }

  #pass(client: Socket): void {
    const service = connect(Number(this.target.port), this.target.hostname);
    for (const [socket, other] of [
      [client, service],
      [service, client],
    ] as const) {
      this.#sockets.add(socket);
      // Either end that goes takes the other along; an error comes with a close.
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
    }
    client.pipe(service);
    service.on("data", (chunk: Buffer) => this.#answer(client, chunk));
  }

  #answer(client: Socket, chunk: Buffer): void {
    const text = chunk.toString("latin1");
    if (!ANSWER.test(text)) {
      client.write(chunk);
      return;
    }
    this.#answers += 1;
    this.#left -= 1;
    if (this.#left > 0) {
      client.write(chunk);
      return;
    }
    // Answers of the emulator are one chunk each; the client must open a connection for the next request.
    this.#sockets.delete(client);
    client.end(Buffer.from(text.replace(KEPT, CLOSED), "latin1"));
    void this.#refuse();
  }
}
