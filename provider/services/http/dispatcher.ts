/** Connections: made within a limit, kept alive and reused, through a proxy where the environment names one. */
import { Client, type Dispatcher, ProxyAgent } from "undici";
import { limited } from "../../common/abort";
import type { Clock } from "../../common/clock";
import { Proxies, type Proxy } from "./proxy";
import { open, secureWith, type Trust } from "./socket";
import { type Certificates, trustIn } from "./trust";

export interface DispatcherOptions extends Certificates {
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Gets a warning for every setting of the environment that has no effect. */
  readonly warn?: (message: string) => void;
}

/** Timeouts of the HTTP client itself are off: every attempt has its own, which covers the body too. */
const NO_TIMEOUTS = { headersTimeout: 0, bodyTimeout: 0 };

/** Longest way to a connection, that of a proxy included: a host that is there answers within a few seconds. */
const CONNECT_TIMEOUT_MS = 10_000;

/** A connection to one origin, which is made when a request needs it and again when it was closed meanwhile. */
export class Connection {
  readonly dispatcher: Dispatcher;
  readonly proxy: Proxy | undefined;
  readonly #trust: Trust;
  readonly #clock: Clock;
  readonly #end = new AbortController();
  #isOpen = false;

  /** @param proxy undefined where the host is asked directly */
  constructor(origin: string, proxy: Proxy | undefined, trust: Trust, clock: Clock) {
    this.proxy = proxy;
    this.#trust = trust;
    this.#clock = clock;
    if (proxy?.url.protocol.startsWith("socks") === true) {
      this.dispatcher = new ProxyAgent({ ...NO_TIMEOUTS, uri: proxy.url.href, requestTls: trust.tls });
      // The client keeps it to itself.
      this.#isOpen = true;
    } else {
      const connect: Client.Options["connect"] = (target, callback) => {
        this.#open(target).then(
          (socket) => callback(null, socket),
          (error: unknown) => callback(error as Error, null),
        );
      };
      this.dispatcher = new Client(origin, { ...NO_TIMEOUTS, connect });
    }
  }

  /** Whether anything of a request may have been sent on it. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  get isDestroyed(): boolean {
    return this.#end.signal.aborted;
  }

  /** Ends it at once, with the request on it, also where it is still being made. */
  destroy(): void {
    this.#end.abort();
    void this.dispatcher.destroy();
  }

  async #open(target: Parameters<typeof open>[0]): ReturnType<typeof open> {
    this.#isOpen = false;
    const limit = { clock: this.#clock, ms: CONNECT_TIMEOUT_MS, signal: this.#end.signal };
    const socket = await limited(limit, (over) =>
      open(target, this.proxy, this.#trust, over, CONNECT_TIMEOUT_MS),
    );
    this.#isOpen = true;
    return socket;
  }
}

/** Warnings of this process, each of which is given once. */
const given = new Set<string>();

/** The connections of one transport. */
export class Dispatchers {
  readonly #clock: Clock;
  readonly #proxies: Proxies;
  readonly #trust: Trust;
  readonly #idle = new Map<string, Connection[]>();
  readonly #busy = new Set<Connection>();

  constructor({ clock, env, warn, ...certificates }: DispatcherOptions) {
    this.#clock = clock;
    const tls = trustIn(certificates);
    this.#trust = { tls, secure: secureWith(tls) };
    this.#proxies = new Proxies(env);
    const { warning } = this.#proxies;
    if (warn === undefined || warning === undefined || given.has(warning)) return;
    given.add(warning);
    warn(warning);
  }

  /** Runs one request on a connection that no other uses meanwhile. */
  async use<T>(url: URL, send: (connection: Connection) => Promise<T>): Promise<T> {
    const idle = this.#idle.get(url.origin) ?? [];
    this.#idle.set(url.origin, idle);
    const connection =
      idle.pop() ?? new Connection(url.origin, this.#proxies.for(url), this.#trust, this.#clock);
    this.#busy.add(connection);
    try {
      return await send(connection);
    } finally {
      this.#busy.delete(connection);
      if (!connection.isDestroyed) idle.push(connection);
    }
  }

  /** Waits for requests under way, then closes all connections. */
  async close(): Promise<void> {
    const all = [...this.#busy, ...[...this.#idle.values()].flat()];
    await Promise.all(all.map(({ dispatcher }) => dispatcher.close()));
  }
}
