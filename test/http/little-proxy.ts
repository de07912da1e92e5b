/** A proxy on loopback that answers CONNECT as a test says. */
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from "node:net";

/**
 * `forward` leads every tunnel to one port of this machine, whatever host was asked for; `silent` never answers, `close`
 * ends the connection instead, a number is the status of a refusal, and `deaf` opens a tunnel without an end.
 */
export type Manner = { readonly forward: number } | "silent" | "close" | "deaf" | number;

export class LittleProxy {
  /** The requested targets, as `host:port`. */
  readonly asked: string[] = [];
  /** Values of `Proxy-Authorization`, one for each. */
  readonly logins: (string | undefined)[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer();

  constructor(public manner: Manner) {
    this.#server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
    });
    this.#server.on("connect", (message: IncomingMessage, client: Socket, head: Buffer) =>
      this.#answer(message, client, head),
    );
  }

  listen(): Promise<this> {
    return new Promise((resolve) => this.#server.listen(0, "127.0.0.1", () => resolve(this)));
  }

  /** `127.0.0.1:<port>` */
  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Connections that are open. */
  get open(): number {
    return this.#sockets.size;
  }

  close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #answer({ url = "", headers }: IncomingMessage, client: Socket, head: Buffer): void {
    this.asked.push(url);
    this.logins.push(headers["proxy-authorization"]);
    client.on("error", () => undefined);
    const { manner } = this;
    if (manner === "silent" || manner === "deaf") {
      // Only a reader sees the other side go.
      client.resume().on("end", () => client.destroy());
      if (manner === "deaf") client.write("HTTP/1.1 200 OK\r\n\r\n");
    } else if (manner === "close") client.destroy();
    else if (typeof manner === "number") client.end(`HTTP/1.1 ${manner} No\r\nContent-Length: 0\r\n\r\n`);
    else {
      const upstream = connect(manner.forward, "127.0.0.1", () => {
        client.write("HTTP/1.1 200 OK\r\n\r\n");
        upstream.write(head);
        upstream.pipe(client).pipe(upstream);
      });
      client.on("close", () => upstream.destroy());
      upstream.on("error", () => client.destroy());
    }
  }
}

/** The smallest server of SOCKS 5 without a login (RFC 1928) that leads every connection to one port of this machine. */
export async function socksServer(forward: number): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createTcpServer((client) => {
    client.on("error", () => undefined);
    client.once("data", () => {
      client.write(Buffer.from([5, 0]));
      client.once("data", () => {
        client.pause();
        const upstream = connect(forward, "127.0.0.1", () => {
          client.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
          upstream.pipe(client).pipe(upstream);
        });
        client.on("close", () => upstream.destroy());
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `socks5://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, close: () => new Promise((resolve) => server.close(() => resolve())) };
}
