/** The progress of one request over its attempts, and the decision whether another one follows. */
import type { AuthenticationHeaders } from "../auth/authenticator";
import { backoff, FAULT_BASE_MS } from "./backoff";
import type { AttemptFailure } from "./parse-result";
import type { ServiceRequest } from "./request";
import { RETRY_COST, TIMEOUT_COST } from "./retry-budget";

export interface RetryState {
  readonly maxRetries: number;
  readonly replay: ServiceRequest<unknown>["replay"];
  readonly attempts: number;
  /** Repetitions after faults; throttled attempts are not counted. */
  readonly faults: number;
  readonly reauthenticated: boolean;
  readonly clockCorrected: boolean;
  /** Whether any attempt so far may have changed something at the service. */
  readonly effectUnknown: boolean;
  /** Cost of the last repetition in the host's retry budget; undefined before the first one. */
  readonly lastCost?: number;
  readonly lastFailure?: AttemptFailure;
  /** Credentials that were sent: still secrets after their authenticator has dropped them. */
  readonly usedCredentials: readonly string[];
}

export function initialState(replay: RetryState["replay"], maxRetries: number): RetryState {
  return {
    maxRetries,
    replay,
    attempts: 0,
    faults: 0,
    reauthenticated: false,
    clockCorrected: false,
    effectUnknown: false,
    usedCredentials: [],
  };
}

/** The state after a failed attempt, which was sent with these headers. */
export function afterFailure(
  state: RetryState,
  failure: AttemptFailure,
  used: AuthenticationHeaders,
): RetryState {
  return {
    ...state,
    attempts: state.attempts + 1,
    effectUnknown: state.effectUnknown || failure.effectUnknown,
    lastFailure: failure,
    usedCredentials: [...new Set([...state.usedCredentials, ...credentialsIn(used)])],
  };
}

/** Headers that an authenticator adds beside the credential: useful in messages, and no secret. */
const PUBLIC_HEADERS: ReadonlySet<string> = new Set(["x-sdk-date", "x-project-id"]);

export function credentialsIn(headers: AuthenticationHeaders): readonly string[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    PUBLIC_HEADERS.has(name.toLowerCase()) ? [] : [value],
  );
}

export interface Retry {
  /** State of the next attempt. */
  readonly state: RetryState;
  /** To be taken from the host's retry budget. */
  readonly cost: number;
  /** Undefined: at once, though not before the host's gate opens. */
  readonly pauseMs?: number;
}

/**
 * The next attempt after a failed one, undefined where none follows. After `reauthenticate` and `correctClock` it makes
 * sense only with another credential or date, which the authenticator has to confirm.
 *
 * @param state as `afterFailure` gives it
 * @param random from 0 up to 1
 */
export function decideRetry(state: RetryState, failure: AttemptFailure, random: number): Retry | undefined {
  const { maxRetries, replay, faults } = state;
  const cost = failure.kind === "timeout" ? TIMEOUT_COST : RETRY_COST;
  switch (failure.action) {
    case "fail":
      return undefined;
    case "reauthenticate":
      return state.reauthenticated ? undefined : { state: { ...state, reauthenticated: true }, cost: 0 };
    case "correctClock":
      return state.clockCorrected ? undefined : { state: { ...state, clockCorrected: true }, cost: 0 };
    case "throttle":
      // A throttled request was not served and is promised to be: it waits as long as its deadline allows.
      return maxRetries === 0 ? undefined : { state: { ...state, lastCost: cost }, cost };
    case "repeat": {
      const mayDuplicate = replay === "create" && failure.effectUnknown;
      if (mayDuplicate || faults >= maxRetries) return undefined;
      const pauseMs = Math.max(backoff(faults, FAULT_BASE_MS, random), failure.retryAfterMs ?? 0);
      return { state: { ...state, faults: faults + 1, lastCost: cost }, cost, pauseMs };
    }
  }
}
