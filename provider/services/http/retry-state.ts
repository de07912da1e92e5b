/** The progress of one request over its attempts, and the plan and error that follow from it. */
import type { AuthenticationHeaders } from "../auth/authenticator";
import type { Clock } from "../../common/clock";
import type { Deadline } from "../../common/deadline";
import { type FailureClass, RequestError } from "../../common/errors";
import { backoff, FAULT_BASE_MS } from "./backoff";
import { answerText, failureMessage, type MessageContext, timeoutMessage } from "./failure-message";
import type { Host } from "./host-limiter";
import type { AttemptFailure } from "./parse-result";
import { possibleSecretsOf, redactUrl } from "../../common/redaction";
import { type ServiceRequest, urlOf } from "./request";
import { RETRY_COST, TIMEOUT_COST } from "./retry-budget";

interface Stop {
  readonly next: "stop";
  /** Why no further attempt is made, where that is not obvious. */
  readonly note?: string;
}
/** `now`: at once, though not before the host's gate opens. */
export type Plan = { readonly next: "now" } | { readonly next: "wait"; readonly ms: number } | Stop;

const STOP: Stop = { next: "stop" };
const EXHAUSTED = "Too many requests to this host failed lately, so it was not repeated.";

/** What an authenticator adds beside the credential: useful in messages, and no secret. */
const PUBLIC_HEADERS: ReadonlySet<string> = new Set(["x-sdk-date", "x-project-id"]);

const MS_PER_SECOND = 1000;

export class Course {
  readonly url: URL;
  /** Exactly what is sent, and signed. */
  readonly body: string | undefined;
  attempts = 0;
  readonly #request: ServiceRequest<unknown>;
  readonly #deadline: Deadline;
  readonly #secrets: Set<string>;
  /** Repetitions after faults; throttled attempts are not counted. */
  #faults = 0;
  #reauthenticated = false;
  #redated = false;
  /** Whether any attempt so far may have changed something at the service. */
  #doubtful = false;
  #last: AttemptFailure | undefined;
  #lastCost: number | undefined;

  constructor(
    request: ServiceRequest<unknown>,
    deadline: Deadline,
    private readonly clock: Pick<Clock, "wall">,
  ) {
    this.#request = request;
    this.#deadline = deadline;
    this.url = urlOf(request);
    this.body = request.body === undefined ? undefined : JSON.stringify(request.body);
    this.#secrets = new Set([...possibleSecretsOf(request.body), ...(request.secrets ?? [])]);
  }

  /** Values that nobody may see: those of the body, and all credentials that were used. */
  get secrets(): readonly string[] {
    return [...this.#secrets, ...this.#request.authenticator.secrets()];
  }

  /** What the request's last repetition cost, where it needed any. */
  get lastCost(): number | undefined {
    return this.#lastCost;
  }

  /** A refused credential is still a secret, though its authenticator has forgotten it. */
  keepSecret(used: AuthenticationHeaders): void {
    for (const [name, value] of Object.entries(used)) {
      if (!PUBLIC_HEADERS.has(name.toLowerCase())) this.#secrets.add(value);
    }
  }

  /** Notes a failed attempt and says what to do next. */
  plan(
    failure: AttemptFailure,
    used: AuthenticationHeaders,
    host: Host,
    maxRetries: number,
    random: number,
  ): Plan {
    this.#last = failure;
    this.#doubtful ||= failure.doubtful;
    this.keepSecret(used);

    if (failure.action === "reauthenticate") {
      if (this.#reauthenticated || !this.#request.authenticator.invalidate(used)) return STOP;
      this.#reauthenticated = true;
      return { next: "now" };
    }
    if (failure.action === "redate") {
      if (this.#redated || !this.#redates(failure)) return STOP;
      this.#redated = true;
      return { next: "now" };
    }
    if (failure.action === "fail" || maxRetries === 0) return STOP;
    // A throttled request was not served and is promised to be: it waits as long as its deadline allows.
    const throttled = failure.action === "throttle";
    if (!throttled && this.#request.replay === "create" && failure.doubtful) return STOP;
    if (!throttled && this.#faults >= maxRetries) return STOP;

    const cost = failure.kind === "timeout" ? TIMEOUT_COST : RETRY_COST;
    if (!host.budget.take(cost)) return { next: "stop", note: EXHAUSTED };
    this.#lastCost = cost;
    if (throttled) return { next: "now" };
    const pause = backoff(this.#faults, FAULT_BASE_MS, random);
    this.#faults += 1;
    return { next: "wait", ms: Math.max(pause, failure.retryAfterMs ?? 0) };
  }

  #redates({ date }: AttemptFailure): boolean {
    return date !== undefined && this.#request.authenticator.adjustClock?.(date) === true;
  }

  failed(failure: AttemptFailure, note?: string): RequestError {
    if (failure.kind === "timeout" && this.#deadline.expired) return this.outOfTime();
    return this.#error(failure.kind, failureMessage(failure, this.#context(), note));
  }

  /** @param detail what made waiting pointless, as a clause: "the host asks to wait 3600 s" */
  outOfTime(detail?: string): RequestError {
    const { label, ms, signal } = this.#deadline;
    const seconds = ms < MS_PER_SECOND ? ms / MS_PER_SECOND : Math.round(ms / MS_PER_SECOND);
    const why = signal.aborted
      ? `${label} was interrupted`
      : detail === undefined
        ? `${label} took longer than ${seconds} s`
        : `${label} may take ${seconds} s, but ${detail}`;
    return this.#error("timeout", timeoutMessage(why, this.#last, this.#context()));
  }

  #context(): MessageContext {
    const { operation, method, authenticator, replay } = this.#request;
    return {
      operation,
      method,
      url: redactUrl(this.url.href),
      identity: authenticator.describe(),
      secrets: this.secrets,
      attempts: this.attempts,
      mayExist: replay === "create" && this.#doubtful,
      ...(this.#last?.date === undefined ? {} : { skewMs: this.#last.date - this.clock.wall() }),
    };
  }

  #error(kind: FailureClass, text: string): RequestError {
    const { method, harmless = method === "GET" } = this.#request;
    const { status, serviceCode, requestId, error } = this.#last ?? {};
    const failure = {
      kind,
      method,
      url: redactUrl(this.url.href),
      effect: this.#doubtful && !harmless ? ("unknown" as const) : ("none" as const),
      ...(status === undefined ? {} : { status }),
      ...(serviceCode === undefined ? {} : { serviceCode }),
      ...(requestId === undefined ? {} : { requestId }),
      ...(this.#last === undefined ? {} : { said: answerText(this.#last, this.secrets) }),
    };
    return new RequestError(failure, text, error === undefined ? undefined : { cause: error });
  }
}
