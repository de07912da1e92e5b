/** A connection to a host, directly or through a proxy, that is made within a limit or not at all. */
import { request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import { connect, type Socket } from "node:net";
import { buildConnector } from "undici";
import { onAbort } from "../../common/abort";
import type { Proxy } from "./proxy";
import type { TlsOptions } from "./trust";

/** There is no connection, so nothing of a request has been sent. */
export class NotConnected extends Error {
  /** @param permanent no repetition helps, such as after a certificate that is not trusted */
  constructor(
    message: string,
    readonly permanent: boolean,
    cause?: unknown,
  ) {
    super(message, { cause });
    this.name = "NotConnected";
  }
}

/** The certificate authorities of TLS. */
export interface Trust {
  readonly tls: TlsOptions;
  /** Turns a connection into one with TLS. */
  readonly secure: ReturnType<typeof buildConnector>;
}

export interface Target {
  readonly hostname: string;
  readonly host?: string;
  readonly protocol: string;
  readonly port: string;
  readonly servername?: string;
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { "http:": 80, "https:": 443 };

/** A network drops idle connections without a word; one of a minute is noticed. */
const KEEP_ALIVE_MS = 60_000;

/**
 * OpenSSL's refusals of a certificate as Node names them, and its answer to a server that speaks no TLS: no repetition
 * changes them.
 */
const REFUSED_HANDSHAKE =
  /^(?:CERT_|UNABLE_TO_|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED|ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH|ERR_SSL_WRONG_VERSION_NUMBER)/;

/** Without a limit of its own: that of the whole way covers lookup, proxy and handshake. */
export const secureWith = (tls: Trust["tls"]): Trust["secure"] => buildConnector({ ...tls, timeout: 0 });

/**
 * @param limitMs when the signal is aborted, for the message
 * @throws {@link NotConnected}
 */
export async function open(
  target: Target,
  proxy: Proxy | undefined,
  trust: Trust,
  signal: AbortSignal,
  limitMs: number,
): Promise<Socket> {
  const place = `${bracketed(target)}${target.port === "" ? "" : `:${target.port}`}`;
  const where = proxy === undefined ? place : `${place} through the proxy ${proxy.name}`;
  try {
    const socket = await (proxy === undefined ? dial(target, signal) : tunnel(target, proxy, trust, signal));
    return target.protocol === "https:" ? await handshake(target, socket, trust, signal) : socket;
  } catch (error) {
    if (error instanceof NotConnected) throw error;
    if (signal.aborted)
      throw new NotConnected(`no connection to ${where} within ${limitMs / 1000} s`, false, error);
    throw new NotConnected(`${where}: ${reasonOf(error)}`, REFUSED_HANDSHAKE.test(codeOf(error)), error);
  }
}

/** Empty where the error has none. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";

/** The texts of an error, of all addresses of a host where each failed in its own way, with the code. */
export function reasonOf(error: unknown): string {
  const parts = error instanceof AggregateError ? (error.errors as readonly unknown[]) : [error];
  const texts = parts.map((part) => (part instanceof Error ? part.message : String(part)));
  const code = codeOf(error);
  const text = [...new Set(texts)].join("; ");
  return code === "" || text.includes(code) ? text : `${text} (${code})`;
}

/** As a URL has it: an IPv6 address in brackets. */
const bracketed = ({ hostname }: Target): string => (hostname.includes(":") ? `[${hostname}]` : hostname);

const portOf = ({ port, protocol }: Pick<Target, "port" | "protocol">): number =>
  port === "" ? (DEFAULT_PORTS[protocol] ?? 0) : Number(port);

function dial(target: Target, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: target.hostname,
      port: portOf(target),
      signal,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: KEEP_ALIVE_MS,
    });
    // For good: an error of a connection without a listener would end the process.
    socket.on("error", reject);
    socket.once("connect", () => resolve(socket));
  });
}

/** Asks the proxy for a connection to the host (RFC 9110, section 9.3.6). */
function tunnel(target: Target, { url, name }: Proxy, { tls }: Trust, signal: AbortSignal): Promise<Socket> {
  const { username, password, protocol, hostname, port } = url;
  const authority = `${bracketed(target)}:${portOf(target)}`;
  const login = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString(
    "base64",
  );
  const request = (protocol === "https:" ? secureRequest : plainRequest)({
    method: "CONNECT",
    path: authority,
    host: hostname.replace(/^\[|\]$/g, ""),
    port: portOf({ port, protocol }),
    headers: { Host: authority, ...(username === "" ? {} : { "Proxy-Authorization": `Basic ${login}` }) },
    agent: false,
    signal,
    ...tls,
  });
  return new Promise((resolve, reject) => {
    request.once("connect", ({ statusCode = 0 }, socket: Socket, head) => {
      if (statusCode >= 200 && statusCode < 300) {
        socket.on("error", reject);
        if (head.length > 0) socket.unshift(head);
        resolve(socket);
        return;
      }
      socket.destroy();
      // A refusal by the rules of the proxy stays; the reason of a 5xx may pass.
      const refused = statusCode >= 400 && statusCode < 500;
      reject(new NotConnected(`the proxy ${name} refused ${authority} with ${statusCode}`, refused));
    });
    request.on("error", reject);
    request.end();
  });
}

function handshake(
  target: Target,
  httpSocket: Socket,
  { secure }: Trust,
  signal: AbortSignal,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const release = onAbort(signal, () => void httpSocket.destroy());
    httpSocket.once("close", () => reject(new Error("the connection was closed during the TLS handshake")));
    secure({ ...target, httpSocket }, (error, socket) => {
      release();
      if (error === null) resolve(socket);
      else reject(error);
    });
  });
}
