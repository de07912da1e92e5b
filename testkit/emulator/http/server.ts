/** The HTTP server on loopback. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { UsageError } from "../usage-error";
import { type ReceivedBody, receiveBody } from "./body";

/** Handles a request whose body has arrived. */
export type Handler = (
  message: IncomingMessage,
  response: ServerResponse,
  url: URL,
  body: Exclude<ReceivedBody, "aborted">,
) => Promise<void>;

/** Only this host may connect. */
const HOST = "127.0.0.1";

/** A listening server. */
export interface Listener {
  readonly url: string;
  close(): Promise<void>;
}

/** Listens on loopback; port 0 takes any free port. A port in use is a {@link UsageError}. */
export async function listen(port: number, handler: Handler): Promise<Listener> {
  const server = createServer((message, response) => {
    void dispatch(message, response, handler);
  });
  await listening(server, port);
  const address = server.address() as AddressInfo;
  return { url: `http://${HOST}:${address.port}`, close: () => closed(server) };
}

async function dispatch(message: IncomingMessage, response: ServerResponse, handler: Handler): Promise<void> {
  try {
    const body = await receiveBody(message);
    if (body === "aborted") return;
    await handler(message, response, urlOf(message), body);
  } catch (error) {
    failed(response, error);
  }
}

/** Pasted together, not resolved: a path that begins with two slashes is a path here, not a host. */
function urlOf(message: IncomingMessage): URL {
  const path = message.url?.startsWith("/") === true ? message.url : "/";
  return new URL(`http://${HOST}${path}`);
}

/** A defect of the emulator itself has to be seen as such and not as an answer of the service. */
function failed(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  response.statusCode = 500;
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify({ error_code: "Emulator.Defect", error_msg: text }));
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const inUse = error.code === "EADDRINUSE";
      reject(inUse ? new UsageError(`port ${port} is in use; choose another one or leave it out`) : error);
    });
    server.listen(port, HOST, resolve);
  });
}

/** Ends open connections too: a hanging request would otherwise keep the server alive. */
function closed(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeAllConnections();
  });
}
