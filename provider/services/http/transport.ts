/** Sends requests to the services: authenticated, paced, repeated where that is safe, and never past a deadline. */
import type { AuthenticationHeaders } from "../auth/authenticator";
import type { Clock } from "../../common/clock";
import type { Deadline } from "../../common/deadline";
import { Course } from "./retry-state";
import { debugLines, type DebugSink } from "./debug";
import type { DispatcherOptions, Dispatchers } from "./dispatcher";
import type { Certificates } from "./trust";
import type { Answer, Lost, WireRequest } from "./send-once";
import { GateTooLate, type Host, Hosts } from "./host-limiter";
import { judge } from "./parse-result";
import type { ServiceRequest, ServiceResponse } from "./request";

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

/** The HTTP client takes nearly half of the time to load everything; a preview, which calls nobody, goes without. */
const loadClient = async () => {
  const [{ Dispatchers }, { exchange }] = await Promise.all([
    import("./dispatcher.js"),
    import("./send-once.js"),
  ]);
  return { Dispatchers, exchange };
};
let client: ReturnType<typeof loadClient> | undefined;

export interface TransportOptions extends Certificates {
  readonly clock: Clock;
  /** 0 repeats nothing, not even throttled requests. */
  readonly maxRetries?: number | undefined;
  readonly maxConcurrency?: number | undefined;
  /** Where the proxy variables are; the process environment by default. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Shared by all transports whose requests to one host are to wait for each other; its own ones by default. */
  readonly hosts?: Hosts;
  /** Gets what in the environment has no effect; standard error by default, which the engine shows to the user. */
  readonly warn?: (message: string) => void;
  /** Gets every attempt as text, secrets masked; nobody by default. */
  readonly debug?: DebugSink | undefined;
  readonly attemptTimeoutMs?: number;
}

const toStandardError = (message: string): void => void process.stderr.write(`warning: ${message}\n`);

const USER_AGENT = "pulumi-video-analysis";

export class Transport {
  readonly #maxRetries: number;
  readonly #maxConcurrency: number;
  readonly #attemptTimeoutMs: number;
  readonly #clock: Clock;
  readonly #dispatcherOptions: DispatcherOptions;
  readonly #hosts: Hosts;
  readonly #debug: DebugSink | undefined;
  #dispatchers: Dispatchers | undefined;

  constructor(options: TransportOptions) {
    this.#maxRetries = options.maxRetries ?? DEFAULT_MAX_RETRIES;
    this.#maxConcurrency = options.maxConcurrency ?? DEFAULT_MAX_CONCURRENCY;
    this.#attemptTimeoutMs = options.attemptTimeoutMs ?? ATTEMPT_TIMEOUT_MS;
    this.#clock = options.clock;
    this.#hosts = options.hosts ?? new Hosts();
    this.#debug = options.debug;
    const { clock, caCertFile, caCertSource, env = process.env, warn = toStandardError } = options;
    this.#dispatcherOptions = { clock, caCertFile, caCertSource, env, warn };
  }

  /**
   * Resolves with a 2xx answer whose content `read` accepted; otherwise throws a `RequestError`, or what the
   * authenticator threw. Its `failure.effect` covers all attempts, not the last one alone.
   */
  async send<T>(request: ServiceRequest<T>, deadline: Deadline): Promise<ServiceResponse<T>> {
    const course = new Course(request, deadline, this.#clock);
    const host = this.#hosts.get(course.url.host, this.#maxConcurrency, this.#clock);
    for (;;) {
      if (deadline.expired) throw course.outOfTime();
      const { used, outcome } = await this.#attempt(request, course, host, deadline);
      const verdict = judge(outcome, request.read, this.#clock.wall());
      if (verdict.outcome === "success") {
        host.answered();
        host.budget.succeeded(course.lastCost);
        return verdict.response;
      }
      if (verdict.action === "throttle") host.throttled(verdict.retryAfterMs);
      else if (verdict.status !== undefined) host.answered();

      const plan = course.plan(verdict, used, host, this.#maxRetries, this.#clock.random());
      if (plan.next === "stop") throw course.failed(verdict, plan.note);
      if (plan.next === "now") continue;
      if (plan.ms > deadline.remaining()) {
        throw course.outOfTime(`the next attempt is due in ${Math.ceil(plan.ms / 1000)} s`);
      }
      await deadline.sleep(plan.ms);
    }
  }

  /** Waits for requests under way, then closes all connections. Unused ones do not keep a process alive. */
  async close(): Promise<void> {
    await this.#dispatchers?.close();
  }

  async #attempt(
    request: ServiceRequest<unknown>,
    course: Course,
    host: Host,
    deadline: Deadline,
  ): Promise<Attempt> {
    const { Dispatchers, exchange } = await (client ??= loadClient());
    const dispatchers = (this.#dispatchers ??= new Dispatchers(this.#dispatcherOptions));
    // A token is obtained without a place at the host: IAM may be the same one, and would wait for this request.
    const before =
      request.authenticator.local === true ? undefined : await authenticate(request, course, deadline);
    try {
      return await host.run(deadline, `waiting for ${course.url.host}`, async () => {
        const used = before ?? (await authenticate(request, course, deadline));
        const wire = wireOf(request.method, course, { ...HEADERS, ...used });
        course.attempts += 1;
        const begin = this.#clock.now();
        const outcome = await exchange(dispatchers, wire, deadline, this.#attemptTimeoutMs);
        if (this.#debug !== undefined) {
          course.keepSecret(used);
          const ms = this.#clock.now() - begin;
          debugLines({ wire, outcome, ms, secrets: course.secrets }).forEach(this.#debug);
        }
        return { used, outcome };
      });
    } catch (error) {
      if (error instanceof GateTooLate) throw course.outOfTime(error.message);
      if (deadline.expired) throw course.outOfTime();
      throw error;
    }
  }
}

interface Attempt {
  /** What the authenticator added. */
  readonly used: AuthenticationHeaders;
  readonly outcome: Answer | Lost;
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
  method: WireRequest["method"],
  { url, body }: Course,
  headers: AuthenticationHeaders,
): WireRequest {
  return { method, url, headers, ...(body === undefined ? {} : { body }) };
}

/** Headers of one attempt. Asked for again each time: a credential may have been renewed meanwhile. */
function authenticate(
  { service, method, authenticator }: ServiceRequest<unknown>,
  { url, body }: Course,
  deadline: Deadline,
): Promise<AuthenticationHeaders> {
  const subject = { service, method, url, headers: HEADERS };
  return authenticator.headers(body === undefined ? subject : { ...subject, body }, deadline);
}
