/** One attempt: a request on the wire, and an answer or the reason why there is none. */
import { type Dispatcher, request } from "undici";
import { limited, onAbort } from "../../common/abort";
import type { Deadline } from "../../common/deadline";
import type { Dispatchers } from "./dispatcher";
import { codeOf, NotConnected, reasonOf } from "./socket";

export interface WireRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer {
  readonly answered: true;
  readonly status: number;
  readonly text: string;
  /** A header of the answer, by its lower-case name. */
  header(name: string): string | undefined;
  /** All headers of the answer, names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

export interface NetworkFailure {
  readonly answered: false;
  readonly kind: "connection" | "timeout";
  /** False where the request certainly never left: no connection was made. */
  readonly sent: boolean;
  /** No repetition helps, such as after a certificate that is not trusted. */
  readonly permanent: boolean;
  readonly reason: string;
  readonly cause: unknown;
}

/** The HTTP client refuses to build the request, for instance over a header value that no header can carry. */
const UNBUILDABLE: ReadonlySet<string> = new Set(["UND_ERR_INVALID_ARG"]);

function connectionFailure(error: unknown, through: string): NetworkFailure {
  const failure = { answered: false, kind: "connection", cause: error } as const;
  if (error instanceof NotConnected) {
    const { message, permanent, cause = error } = error;
    return { ...failure, sent: false, permanent, reason: message, cause };
  }
  // It holds the bytes of the answer, which may repeat secrets, and a cause is printed with all its members.
  if (error instanceof Error && "data" in error) error.data = undefined;
  const unbuildable = UNBUILDABLE.has(codeOf(error));
  return { ...failure, sent: !unbuildable, permanent: unbuildable, reason: reasonOf(error) + through };
}

async function transmit(dispatcher: Dispatcher, wire: WireRequest): Promise<Answer> {
  const { statusCode, headers, body } = await request(wire.url, {
    dispatcher,
    method: wire.method,
    headers: wire.headers,
    body: wire.body ?? null,
  });
  const text = await body.text();
  return {
    answered: true,
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

export interface AttemptLimits {
  readonly timeoutMs: number;
  /** How long a request that is under way may take after the stop of the process; default: no longer at all. */
  readonly graceMs?: number;
}

/** Sends the request once. Never throws for a failure of the network; a stop of the process ends it early. */
export async function sendOnce(
  dispatchers: Dispatchers,
  wire: WireRequest,
  deadline: Deadline,
  { timeoutMs, graceMs = 0 }: AttemptLimits,
): Promise<Answer | NetworkFailure> {
  const limit = Math.min(timeoutMs, deadline.remaining());
  let isUnderWay = (): boolean => false;
  return stoppable(deadline, { limit, grace: () => (isUnderWay() ? graceMs : 0) }, (over) =>
    dispatchers.use(wire.url, async (connection) => {
      isUnderWay = () => connection.isOpen;
      // The HTTP client hears no signal before it is connected, which behind a silent proxy it never is.
      onAbort(over, () => connection.destroy());
      const through = connection.proxy === undefined ? "" : ` through the proxy ${connection.proxy.name}`;
      try {
        return await transmit(connection.dispatcher, wire);
      } catch (error) {
        connection.destroy();
        if (!over.aborted) return connectionFailure(error, through);
        const sent = connection.isOpen;
        const missing = sent ? "no complete answer" : `no connection to ${wire.url.host}`;
        const reason = deadline.signal.aborted
          ? "the process was stopped"
          : `${missing}${through} within ${Math.round(limit / 100) / 10} s`;
        return { answered: false, kind: "timeout", sent, permanent: false, reason, cause: error };
      }
    }),
  );
}

/** Runs work whose signal is aborted at the limit, or a grace after the stop of the process. */
async function stoppable<T>(
  { clock, signal }: Deadline,
  { limit, grace }: { readonly limit: number; readonly grace: () => number },
  work: (over: AbortSignal) => Promise<T>,
): Promise<T> {
  const stopped = new AbortController();
  let cancel = (): void => undefined;
  const release = onAbort(signal, () => {
    const ms = grace();
    if (ms === 0) stopped.abort();
    else cancel = clock.after(ms, () => stopped.abort());
  });
  try {
    return await limited({ clock, ms: limit, signal: stopped.signal }, work);
  } finally {
    release();
    cancel();
  }
}
