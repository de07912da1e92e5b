/** Connections: kept alive and reused, through a proxy where the environment names one. */
import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { rootCertificates } from "node:tls";
import { Agent, type Dispatcher, EnvHttpProxyAgent } from "undici";
import { messageOf, VideoAnalysisError } from "../common/errors";

export interface DispatcherOptions {
  /** PEM file of certificate authorities to trust besides the well-known ones. */
  readonly caCertFile?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Timeouts of the HTTP client itself are off: every attempt has its own, which covers the body too. */
const NO_TIMEOUT = 0;

const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The file's certificates beside the well-known ones; TLS itself would take a file without any in silence. */
function readCertificates(file: string): readonly string[] {
  try {
    const certificates = readFileSync(file, "utf8").match(PEM_CERTIFICATE) ?? [];
    if (certificates.length === 0) throw new Error("the file has no certificate");
    for (const certificate of certificates) new X509Certificate(certificate);
    return [...rootCertificates, ...certificates];
  } catch (error) {
    throw new VideoAnalysisError(
      "CONFIGURATION",
      `video-analysis:caCertFile is not usable: ${messageOf(error)}. Give the path of a file with certificates in PEM form.`,
      { cause: error },
    );
  }
}

/** A proxy on another machine cannot reach this one's loopback address. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/** One dispatcher for direct connections, and one that follows the proxy variables where there are any. */
export class Dispatchers {
  readonly #direct: Agent;
  readonly #proxied: Dispatcher | undefined;

  constructor({ caCertFile, env }: DispatcherOptions) {
    const tls = caCertFile === undefined ? {} : { ca: [...readCertificates(caCertFile)] };
    const options = { headersTimeout: NO_TIMEOUT, bodyTimeout: NO_TIMEOUT, connect: tls };
    this.#direct = new Agent(options);
    const httpProxy = env["http_proxy"] ?? env["HTTP_PROXY"] ?? "";
    const httpsProxy = env["https_proxy"] ?? env["HTTPS_PROXY"] ?? "";
    const noProxy = env["no_proxy"] ?? env["NO_PROXY"] ?? "";
    if (httpProxy === "" && httpsProxy === "") return;
    try {
      this.#proxied = new EnvHttpProxyAgent({
        ...options,
        requestTls: tls,
        proxyTls: tls,
        httpProxy,
        httpsProxy,
        noProxy,
      });
    } catch {
      // The cause would quote the URL of the proxy, which may hold a password.
      throw new VideoAnalysisError(
        "CONFIGURATION",
        "HTTP_PROXY or HTTPS_PROXY in the environment is no usable proxy URL. Give one such as " +
          '"http://proxy.example.com:3128", or unset it.',
      );
    }
  }

  for(url: URL): Dispatcher {
    return this.#proxied === undefined || isLoopback(url.hostname) ? this.#direct : this.#proxied;
  }

  /** Waits for requests under way, then closes all connections. */
  async close(): Promise<void> {
    await Promise.all([this.#direct.close(), this.#proxied?.close()]);
  }
}
