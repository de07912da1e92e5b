/** Which proxy a request goes through, by the variables of the environment. */
import { BlockList, isIP } from "node:net";
import { VideoAnalysisError } from "../../common/errors";

type Environment = Readonly<Record<string, string | undefined>>;

export interface Proxy {
  readonly url: URL;
  /** For messages: its address without user and password, and the variable that names it. */
  readonly name: string;
}

/** Those that curl and Go take too. */
const PROTOCOLS: ReadonlySet<string> = new Set(["http:", "https:", "socks:", "socks5:"]);

const DEFAULT_PORTS: Readonly<Record<string, number>> = { "http:": 80, "https:": 443 };

const RANGE = /^(?<address>[\da-f.:]+)\/(?<bits>\d{1,3})$/i;

/** A proxy on another machine cannot reach this one's loopback address. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/** The first of the variables that has a value: one that is set to nothing hides no other. */
function valueOf(env: Environment, ...names: readonly string[]): { name: string; value: string } | undefined {
  const found = names.map((name) => ({ name, value: env[name]?.trim() ?? "" }));
  return found.find(({ value }) => value !== "");
}

function proxyOf(env: Environment, ...names: readonly string[]): Proxy | undefined {
  const found = valueOf(env, ...names);
  if (found === undefined) return undefined;
  const { name, value } = found;
  try {
    const url = new URL(value.includes("://") ? value : `http://${value}`);
    decodeURIComponent(url.username + url.password);
    if (PROTOCOLS.has(url.protocol) && url.hostname !== "")
      return { url, name: `${url.protocol}//${url.host} (${name})` };
  } catch {
    // As below: the cause would quote the URL, which may hold a password.
  }
  throw new VideoAnalysisError(
    "CONFIGURATION",
    `${name} in the environment is no usable proxy URL. Give one such as "http://proxy.example.com:3128", or unset it.`,
  );
}

export class Proxies {
  readonly #http: Proxy | undefined;
  readonly #https: Proxy | undefined;
  readonly #exceptions: readonly { readonly host: string; readonly port: number | undefined }[];
  readonly #ranges = new BlockList();
  /** Names the entries of `NO_PROXY` that have no effect, as a sentence; undefined where there are none. */
  readonly warning: string | undefined;

  /** @throws `CONFIGURATION` for a variable that names no proxy */
  constructor(env: Environment) {
    this.#http = proxyOf(env, "http_proxy", "HTTP_PROXY");
    this.#https = proxyOf(env, "https_proxy", "HTTPS_PROXY") ?? this.#http;
    const { name = "", value = "" } = valueOf(env, "no_proxy", "NO_PROXY") ?? {};
    const entries = value.split(/[,\s]+/).filter((entry) => entry !== "");
    const ranges = entries.filter((entry) => this.#addRange(entry));
    this.#exceptions = entries
      .filter((entry) => !ranges.includes(entry))
      .map((entry) => {
        const [, host = entry, port] = isIP(entry) === 0 ? (/^(.+):(\d+)$/.exec(entry) ?? []) : [];
        const bare = host.replace(/^\*?\./, "").toLowerCase();
        return { host: bare, port: port === undefined ? undefined : Number(port) };
      });
    this.warning =
      ranges.length === 0 || this.#https === undefined
        ? undefined
        : `${name}: ${ranges.join(", ")} keeps addresses from the proxy, not the names of hosts, which are not looked up ` +
          "for it. Name the hosts too, or their domain as in `.example.com`.";
  }

  /** The proxy for this URL; undefined where it is asked directly. */
  for(url: URL): Proxy | undefined {
    const proxy = url.protocol === "https:" ? this.#https : this.#http;
    return proxy === undefined || isLoopback(url.hostname) || this.#isException(url) ? undefined : proxy;
  }

  #addRange(entry: string): boolean {
    const { address = "", bits } = RANGE.exec(entry)?.groups ?? {};
    const family = isIP(address);
    if (family === 0 || Number(bits) > (family === 6 ? 128 : 32)) return false;
    this.#ranges.addSubnet(address, Number(bits), family === 6 ? "ipv6" : "ipv4");
    return true;
  }

  #isException({ hostname, protocol, port }: URL): boolean {
    const address = hostname.replace(/^\[|\]$/g, "");
    const family = isIP(address);
    if (family !== 0 && this.#ranges.check(address, family === 6 ? "ipv6" : "ipv4")) return true;
    const wanted = port === "" ? DEFAULT_PORTS[protocol] : Number(port);
    return this.#exceptions.some(
      (exception) =>
        (exception.port ?? wanted) === wanted &&
        (exception.host === "*" ||
          exception.host === hostname ||
          exception.host === address ||
          hostname.endsWith(`.${exception.host}`)),
    );
  }
}
