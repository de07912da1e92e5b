/** One attempt: a request on the wire, and an answer or the reason why there is none. */
import { type Dispatcher, request } from "undici";
import type { Deadline } from "../common/deadline";

export interface WireRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer {
  readonly outcome: "answer";
  readonly status: number;
  readonly text: string;
  /** A header of the answer, by its lower-case name. */
  header(name: string): string | undefined;
  /** All headers of the answer, names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

export interface Lost {
  readonly outcome: "lost";
  readonly kind: "connection" | "timeout";
  /** False where the request certainly never left: no connection was made. */
  readonly sent: boolean;
  /** No repetition helps, such as after a certificate that is not trusted. */
  readonly permanent: boolean;
  readonly reason: string;
  readonly error: unknown;
}

/** Failures that only making a connection has, before any byte of a request is written. */
const NOT_CONNECTED: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
]);
const CONNECTING_CALLS: ReadonlySet<string> = new Set(["connect", "getaddrinfo"]);

/**
 * OpenSSL's refusals of a certificate as Node names them, and its answer to a server that speaks no TLS. They end
 * the handshake, so nothing has been sent.
 */
const NO_HANDSHAKE =
  /^(?:CERT_|UNABLE_TO_|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED|ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH|ERR_SSL_WRONG_VERSION_NUMBER)/;
/** The HTTP client refuses to build the request, for instance over a header value that no header can carry. */
const UNBUILDABLE: ReadonlySet<string> = new Set(["UND_ERR_INVALID_ARG"]);

function property(error: unknown, name: "code" | "syscall"): string {
  const value: unknown =
    typeof error === "object" && error !== null ? (error as Record<string, unknown>)[name] : undefined;
  return typeof value === "string" ? value : "";
}

function neverConnected(error: unknown): boolean {
  // Trying several addresses of one host fails with one error for all of them.
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.every(neverConnected);
  return NOT_CONNECTED.has(property(error, "code")) || CONNECTING_CALLS.has(property(error, "syscall"));
}

function reasonOf(error: unknown): string {
  const parts = error instanceof AggregateError ? (error.errors as readonly unknown[]) : [error];
  const texts = parts.map((part) => (part instanceof Error ? part.message : String(part)));
  const code = property(error, "code");
  const text = [...new Set(texts)].join("; ");
  return code === "" || text.includes(code) ? text : `${text} (${code})`;
}

function lost(error: unknown): Lost {
  const code = property(error, "code");
  const permanent = NO_HANDSHAKE.test(code) || UNBUILDABLE.has(code);
  return {
    outcome: "lost",
    kind: "connection",
    sent: !permanent && !neverConnected(error),
    permanent,
    reason: reasonOf(error),
    error,
  };
}

async function attempt(dispatcher: Dispatcher, wire: WireRequest, signal: AbortSignal): Promise<Answer> {
  const { statusCode, headers, body } = await request(wire.url, {
    dispatcher,
    method: wire.method,
    headers: wire.headers,
    body: wire.body ?? null,
    signal,
  });
  const text = await body.text();
  return {
    outcome: "answer",
    status: statusCode,
    text,
    headers: Object.entries(headers).flatMap(([name, values]) =>
      [values ?? []].flat().map((value) => [name, value] as const),
    ),
    header(name) {
      const value = headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
  };
}

/** Sends the request once. Never throws for a failure of the network; a stop of the process ends it early. */
export async function exchange(
  dispatcher: Dispatcher,
  wire: WireRequest,
  deadline: Deadline,
  timeoutMs: number,
): Promise<Answer | Lost> {
  const limit = Math.min(timeoutMs, deadline.remaining());
  return deadline.limited(async (over) => {
    try {
      return await attempt(dispatcher, wire, over);
    } catch (error) {
      if (!over.aborted) return lost(error);
      const reason = deadline.signal.aborted
        ? "the process was told to stop"
        : `no complete answer within ${Math.round(limit / 100) / 10} s`;
      return { outcome: "lost", kind: "timeout", sent: true, permanent: false, reason, error };
    }
  }, limit);
}
