/** Sends requests to the services: authenticated, paced, repeated where that is safe, and never past a deadline. */
import { version } from "pulumi-video-analysis/package.json";
import type { AuthenticationHeaders } from "../auth/authenticator";
import type { Clock } from "../../common/clock";
import type { Deadline } from "../../common/deadline";
import { debugLines, type DebugSink } from "./debug";
import type { DispatcherOptions, Dispatchers } from "./dispatcher";
import { GateTooLate, type HostLimiter, HostLimiters } from "./host-limiter";
import { type AttemptFailure, parseResult } from "./parse-result";
import { type PreparedRequest, prepare, type ServiceRequest, type ServiceResponse } from "./request";
import { failedError, secretsOf, timeoutError } from "./request-error";
import { sayRetry } from "./retry-lines";
import { afterFailure, credentialsIn, decideRetry, initialState, type RetryState } from "./retry-state";
import type { Answer, NetworkFailure, WireRequest } from "./send-once";
import type { Certificates } from "./trust";

/**
 * Repetitions of one request after faults. With the pauses of this package eight of them bridge 13 s on average
 * (at most 26 s), about the restart of a gateway; a longer outage is better reported than waited for.
 */
export const DEFAULT_MAX_RETRIES = 8;

/**
 * Requests to one host at a time. No numeric limit is documented for any of the services; eight keep a stack of
 * hundreds of tasks quick and stay below the engine's default parallelism on ordinary machines.
 */
export const DEFAULT_MAX_CONCURRENCY = 8;

/** Longest attempt, body included. The services document none; their gateway gives up on its back ends before. */
const ATTEMPT_TIMEOUT_MS = 30_000;

/**
 * After a stop of the process, the time that a create which is under way has for its answer: with it comes the id. The engine
 * kills a process 5 s after the signal.
 */
const CREATE_GRACE_MS = 3000;

/** The HTTP client takes nearly half of the time to load everything; a preview, which sends nothing, goes without. */
const loadClient = async () => {
  const [{ Dispatchers }, { sendOnce }] = await Promise.all([
    import("./dispatcher.js"),
    import("./send-once.js"),
  ]);
  return { Dispatchers, sendOnce };
};
let client: ReturnType<typeof loadClient> | undefined;

export interface TransportOptions extends Certificates {
  readonly clock: Clock;
  /** 0 repeats nothing, not even throttled requests. */
  readonly maxRetries?: number | undefined;
  readonly maxConcurrency?: number | undefined;
  /** Where the proxy variables are; the process environment by default. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Shared by all transports whose requests to one host are to wait for each other; its own by default. */
  readonly limiters?: HostLimiters;
  /** Gets what in the environment has no effect; standard error by default, which the engine shows to the user. */
  readonly warn?: (message: string) => void;
  /** Gets every attempt as text, secrets masked; no debug output by default. */
  readonly debug?: DebugSink | undefined;
  readonly attemptTimeoutMs?: number;
}

const toStandardError = (message: string): void => void process.stderr.write(`warning: ${message}\n`);

const USER_AGENT = `pulumi-video-analysis/${version}`;

const EXHAUSTED = "not repeated, since too many requests to this host failed lately";

export class Transport {
  readonly #maxRetries: number;
  readonly #maxConcurrency: number;
  readonly #attemptTimeoutMs: number;
  readonly #clock: Clock;
  readonly #dispatcherOptions: DispatcherOptions;
  readonly #limiters: HostLimiters;
  readonly #debug: DebugSink | undefined;
  #dispatchers: Dispatchers | undefined;

  constructor(options: TransportOptions) {
    this.#maxRetries = options.maxRetries ?? DEFAULT_MAX_RETRIES;
    this.#maxConcurrency = options.maxConcurrency ?? DEFAULT_MAX_CONCURRENCY;
    this.#attemptTimeoutMs = options.attemptTimeoutMs ?? ATTEMPT_TIMEOUT_MS;
    this.#clock = options.clock;
    this.#limiters = options.limiters ?? new HostLimiters();
    this.#debug = options.debug;
    const { clock, caCertFile, caCertSource, env = process.env, warn = toStandardError } = options;
    this.#dispatcherOptions = { clock, caCertFile, caCertSource, env, warn };
  }

  /**
   * Resolves with a 2xx answer whose content `read` accepted; otherwise throws a `RequestError`, or what the
   * authenticator threw. Its `failure.effect` covers all attempts, not the last one alone.
   */
  async send<T>(given: ServiceRequest<T>, deadline: Deadline): Promise<ServiceResponse<T>> {
    const request = prepare(given);
    const host = this.#limiters.get(request.url.host, this.#maxConcurrency, this.#clock);
    let state = initialState(request.replay, this.#maxRetries);
    for (;;) {
      if (deadline.expired) throw timeoutError(request, state, deadline);
      const { used, answer } = await this.#attempt(request, state, host, deadline);
      const result = parseResult(answer, request.read, this.#clock.wall());
      if (result.ok) {
        host.succeeded(state.lastCost);
        return result.response;
      }
      host.failed(result);
      state = afterFailure(state, result, used);
      const retry = decideRetry(state, result, this.#clock.random());
      const repeats = retry !== undefined && isRenewed(request, result, used);
      if (!repeats) throw failedError(request, state, deadline);
      if (!host.budget.take(retry.cost)) throw failedError(request, state, deadline, EXHAUSTED);
      ({ state } = retry);
      const wait = Math.max(retry.pauseMs ?? 0, host.opensInMs);
      if (wait <= deadline.remaining()) sayRetry(deadline, request, result, wait);
      if (retry.pauseMs === undefined) continue;
      if (retry.pauseMs > deadline.remaining()) {
        const detail = `the next attempt is due in ${Math.ceil(retry.pauseMs / 1000)} s`;
        throw timeoutError(request, state, deadline, detail);
      }
      await deadline.sleep(retry.pauseMs);
    }
  }

  /** Waits for requests under way, then closes all connections. Unused ones do not keep a process alive. */
  async close(): Promise<void> {
    await this.#dispatchers?.close();
  }

  /** One attempt, as soon as the host's limiter admits it. */
  async #attempt(
    request: PreparedRequest<unknown>,
    state: RetryState,
    host: HostLimiter,
    deadline: Deadline,
  ): Promise<Attempt> {
    const sendOnce = await this.#open();
    // A token is obtained without a place at the host: IAM may be the same one, and would wait for this request.
    const { local = false } = request.authenticator;
    const before = local ? undefined : await authenticate(request, deadline);
    try {
      return await host.run(deadline, `waiting for ${request.url.host}`, async () => {
        const used = before ?? (await authenticate(request, deadline));
        const wire = wireOf(request, { ...HEADERS, ...used });
        const begin = this.#clock.now();
        const answer = await sendOnce(wire, deadline, request.replay === "create" ? CREATE_GRACE_MS : 0);
        if (this.#debug !== undefined) {
          const usedCredentials = [...state.usedCredentials, ...credentialsIn(used)];
          const secrets = secretsOf(request, { usedCredentials });
          const ms = this.#clock.now() - begin;
          debugLines({ wire, result: answer, ms, secrets }).forEach(this.#debug);
        }
        return { used, answer };
      });
    } catch (error) {
      if (error instanceof GateTooLate) throw timeoutError(request, state, deadline, error.message);
      if (deadline.expired) throw timeoutError(request, state, deadline);
      throw error;
    }
  }

  async #open(): Promise<Send> {
    const { Dispatchers, sendOnce } = await (client ??= loadClient());
    const dispatchers = (this.#dispatchers ??= new Dispatchers(this.#dispatcherOptions));
    const timeoutMs = this.#attemptTimeoutMs;
    return (wire, deadline, graceMs) => sendOnce(dispatchers, wire, deadline, { timeoutMs, graceMs });
  }
}

type Send = (wire: WireRequest, deadline: Deadline, graceMs: number) => Promise<Answer | NetworkFailure>;

interface Attempt {
  /** Headers that the authenticator added. */
  readonly used: AuthenticationHeaders;
  readonly answer: Answer | NetworkFailure;
}

/** Whether the next attempt differs from one whose credential or date was refused. */
function isRenewed(
  { authenticator }: PreparedRequest<unknown>,
  { action, date }: AttemptFailure,
  used: AuthenticationHeaders,
): boolean {
  if (action === "reauthenticate") return authenticator.invalidate(used);
  if (action === "correctClock")
    return date !== undefined && authenticator.correctClock?.(date, used) === true;
  return true;
}

/**
 * All headers beside those of the authenticator, and `Host`, which follows from the URL. The header tables of the VIAS
 * and VAS references call the content type mandatory, also for requests without a body.
 */
const HEADERS: AuthenticationHeaders = {
  Accept: "application/json",
  "Content-Type": "application/json",
  "User-Agent": USER_AGENT,
};

function wireOf(
  { method, url, bodyText }: PreparedRequest<unknown>,
  headers: AuthenticationHeaders,
): WireRequest {
  return { method, url, headers, ...(bodyText === undefined ? {} : { body: bodyText }) };
}

/** Headers of one attempt. Asked for again each time: a credential may have been renewed meanwhile. */
function authenticate(
  { service, method, url, bodyText, authenticator }: PreparedRequest<unknown>,
  deadline: Deadline,
): Promise<AuthenticationHeaders> {
  const subject = { service, method, url, headers: HEADERS };
  return authenticator.headers(bodyText === undefined ? subject : { ...subject, body: bodyText }, deadline);
}
