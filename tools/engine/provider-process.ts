/** The SDK's own provider process. */
import type { ClientUnaryCall, ServiceError } from "@grpc/grpc-js";
import type { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { Child } from "./child-process";
import { ProviderError } from "./provider";
import { CHANNEL_OPTIONS, type Sdk } from "./sdk";

/** How long a provider may take from its start to its port; a cold start takes about one second. */
const START_TIMEOUT_MS = 60_000;

/** How long a provider may take to end after SIGINT; the real engine waits as long. */
const STOP_GRACE_MS = 5_000;

/** How long to wait for the news of a process's end after its connection broke. */
const EXIT_NEWS_MS = 2_000;

/** gRPC codes after which the effect of the call is unknown (pkg/resource/plugin). */
const UNKNOWN_OUTCOME_CODES: ReadonlySet<number> = new Set([2, 13, 15]);

export interface ProviderProcessOptions {
  readonly sdk: Sdk;
  readonly workDir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly engineAddress: string;
  readonly onLine: (line: string) => void;
}

/** One answer to a call, passed to gRPC's clients. */
export type Callback<Response> = (error: ServiceError | null, response: Response | undefined) => void;

/** An initialization error's message, as it came with a failed call. */
export class InitFailure extends Error {
  override readonly name = "InitFailure";

  constructor(readonly details: Uint8Array) {
    super("resource init failed");
  }
}

/** The SDK's dynamic provider, running. Once its process is gone, every call fails; nothing restarts it. */
export class ProviderProcess {
  readonly #child: Child;
  readonly #client: ResourceProviderClient;
  readonly #sdk: Sdk;

  private constructor(child: Child, client: ResourceProviderClient, sdk: Sdk) {
    this.#child = child;
    this.#client = client;
    this.#sdk = sdk;
  }

  static async start(options: ProviderProcessOptions): Promise<ProviderProcess> {
    let announce: (port: string) => void = () => undefined;
    const port = new Promise<string>((resolve) => {
      announce = resolve;
    });
    let announced = false;
    const child = new Child({
      script: options.sdk.dynamicProviderScript,
      args: [options.engineAddress],
      cwd: options.workDir,
      env: options.env,
      onLine: (stream, line) => {
        if (announced || stream === "stderr") {
          options.onLine(line);
        } else {
          announced = true;
          announce(line.trim());
        }
      },
    });
    const timer = setTimeout(() => child.kill("SIGKILL"), START_TIMEOUT_MS);
    const first = await Promise.race([port, child.closed]);
    clearTimeout(timer);
    if (typeof first !== "string" || !/^\d+$/.test(first)) {
      child.kill("SIGKILL");
      const why =
        typeof first === "string" ? `its first line was "${first}", not a port` : "it ended at once";
      throw new ProviderError(`could not start the dynamic provider: ${why}`);
    }
    const { grpc, providerServices } = options.sdk;
    const credentials = grpc.credentials.createInsecure();
    const address = `127.0.0.1:${first}`;
    const client = new providerServices.ResourceProviderClient(address, credentials, CHANNEL_OPTIONS);
    return new ProviderProcess(child, client, options.sdk);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Makes one call; throws `ProviderError`, or `InitFailure` for an object that exists but is not ready. */
  async call<Response>(
    start: (client: ResourceProviderClient, callback: Callback<Response>) => ClientUnaryCall,
  ): Promise<Response> {
    const dead = this.#child.exited.then(() => {
      throw new ProviderError("error reading from server: EOF");
    });
    const answer = new Promise<Response>((resolve, reject) => {
      start(this.#client, (error, response) => {
        if (error !== null) reject(error);
        else if (response === undefined) reject(new ProviderError("the provider answered nothing"));
        else resolve(response);
      });
    });
    try {
      return await Promise.race([answer, dead]);
    } catch (error) {
      throw await this.#explain(error);
    }
  }

  async #explain(error: unknown): Promise<unknown> {
    if (!isServiceError(error)) return error;
    const details = error.metadata.get("grpc-status-details-bin")[0];
    if (details instanceof Buffer) {
      const failure = this.#initFailure(details);
      if (failure !== undefined) return failure;
    }
    if (error.code === this.#sdk.grpc.status.UNAVAILABLE) {
      await Promise.race([this.#child.exited, delay(EXIT_NEWS_MS)]);
      if (this.#child.ended) return new ProviderError("error reading from server: EOF");
    }
    return new ProviderError(error.details, UNKNOWN_OUTCOME_CODES.has(error.code));
  }

  #initFailure(details: Buffer): InitFailure | undefined {
    const status = this.#sdk.statusMessages.Status.deserializeBinary(details);
    for (const detail of status.getDetailsList()) {
      if (detail.getTypeUrl().endsWith("pulumirpc.ErrorResourceInitFailed")) {
        return new InitFailure(detail.getValue_asU8());
      }
    }
    return undefined;
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Ends the process as the engine does: SIGINT, and SIGKILL for one that does not obey. */
  async stop(): Promise<void> {
    this.#client.close();
    if (!this.#child.ended) this.#child.kill("SIGINT");
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), STOP_GRACE_MS);
    await this.#child.closed;
    clearTimeout(timer);
    // Grandchildren in the provider's group end with it.
    this.#child.kill("SIGKILL");
  }
}

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && "code" in error && "details" in error && "metadata" in error;
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
