/** The error of a request that has failed for good. */
import type { Deadline } from "../../common/deadline";
import { type FailureClass, RequestError } from "../../common/errors";
import { redactUrl } from "../../common/redaction";
import { possibleSecretsOf } from "../../common/secrets";
import {
  answerText,
  failureProblem,
  type MessageContext,
  remedyFor,
  timeoutProblem,
  timeoutRemedy,
} from "./failure-message";
import type { PreparedRequest } from "./request";
import type { RetryState } from "./retry-state";

const MS_PER_SECOND = 1000;

/** Values that no message may show: those of the body, and all credentials that were used. Few requests need them. */
export function secretsOf(
  { body, secrets = [], authenticator }: PreparedRequest<unknown>,
  { usedCredentials }: Pick<RetryState, "usedCredentials">,
): readonly string[] {
  return [...possibleSecretsOf(body), ...secrets, ...usedCredentials, ...authenticator.secrets()];
}

/** @param note why no further attempt was made, where that is not obvious */
export function failedError(
  request: PreparedRequest<unknown>,
  state: RetryState,
  deadline: Deadline,
  note?: string,
): RequestError {
  const { lastFailure } = state;
  if (lastFailure === undefined || (lastFailure.kind === "timeout" && deadline.expired)) {
    return timeoutError(request, state, deadline);
  }
  const { kind } = lastFailure;
  const context = contextOf(request, state, deadline);
  const problem = failureProblem(lastFailure, context, note);
  return requestError(request, state, { kind, problem, remedy: remedyFor(kind, context) });
}

/** @param detail what made waiting pointless, as a clause: "the host asks to wait 3600 s" */
export function timeoutError(
  request: PreparedRequest<unknown>,
  state: RetryState,
  deadline: Deadline,
  detail?: string,
): RequestError {
  const { label, ms, signal } = deadline;
  const seconds = ms < MS_PER_SECOND ? ms / MS_PER_SECOND : Math.round(ms / MS_PER_SECOND);
  const why = signal.aborted
    ? `${label} was interrupted`
    : detail === undefined
      ? `${label} took longer than ${seconds} s`
      : `${label} may take ${seconds} s, but ${detail}`;
  const problem = timeoutProblem(why, state.lastFailure, contextOf(request, state, deadline));
  return requestError(request, state, { kind: "timeout", problem, remedy: timeoutRemedy(signal.aborted) });
}

interface Message {
  readonly kind: FailureClass;
  readonly problem: string;
  readonly remedy: string;
}

function contextOf(
  request: PreparedRequest<unknown>,
  state: RetryState,
  { clock }: Deadline,
): MessageContext {
  const { operation, method, url, authenticator, replay } = request;
  const date = state.lastFailure?.date;
  return {
    operation,
    method,
    url: redactUrl(url.href),
    identity: authenticator.describe(),
    secrets: secretsOf(request, state),
    attempts: state.attempts,
    mayExist: replay === "create" && state.effectUnknown,
    ...(date === undefined ? {} : { skewMs: date - clock.wall() }),
  };
}

function requestError(
  request: PreparedRequest<unknown>,
  state: RetryState,
  { kind, problem, remedy }: Message,
): RequestError {
  const { method, url, harmless = method === "GET" } = request;
  const { lastFailure } = state;
  const { status, serviceCode, requestId, cause } = lastFailure ?? {};
  const failure = {
    kind,
    method,
    url: redactUrl(url.href),
    effect: state.effectUnknown && !harmless ? ("unknown" as const) : ("none" as const),
    ...(status === undefined ? {} : { status }),
    ...(serviceCode === undefined ? {} : { serviceCode }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(lastFailure === undefined ? {} : { said: answerText(lastFailure, secretsOf(request, state)) }),
  };
  return new RequestError(failure, problem, { remedy, ...(cause === undefined ? {} : { cause }) });
}
