/** What one attempt came to: a usable answer, or a failure and what may be done about it. */
import { ZodError } from "zod";
import type { FailureClass } from "../../common/errors";
import { redactUrl } from "../../common/redaction";
import { type Action, classify } from "./classification";
import { parseErrorBody } from "./error-body";
import type { Answer, Lost } from "./send-once";
import { type ServiceRequest, type ServiceResponse, UnexpectedAnswer } from "./request";
import { parseRetryAfter } from "./retry-after";

export interface AttemptFailure {
  readonly outcome: "failure";
  readonly kind: FailureClass;
  readonly action: Action;
  /** False where the attempt certainly changed nothing, whatever the method. */
  readonly doubtful: boolean;
  readonly status?: number;
  readonly serviceCode?: string;
  readonly requestId?: string;
  /** The service's or the runtime's own words, not yet redacted. */
  readonly text: string;
  readonly retryAfterMs?: number;
  /** The service's clock, milliseconds since 1970. */
  readonly date?: number;
  readonly error?: unknown;
}

export interface Success<T> {
  readonly outcome: "success";
  readonly response: ServiceResponse<T>;
}

/** Kinds after which nobody knows whether the request had its effect. */
const DOUBTFUL: ReadonlySet<FailureClass> = new Set<FailureClass>([
  "server",
  "gateway-timeout",
  "connection",
  "timeout",
]);

/**
 * Another place is to be asked in the same way: a portal, a proxy or a moved endpoint, which passed nothing on. After 303
 * (RFC 9110, 15.4.4) the request may have been served, and the other place tells how.
 */
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 307, 308]);

export const REQUEST_ID_HEADER = "x-request-id";
/** Most issues of a body's shape that a message lists; the first one is nearly always the cause of the rest. */
const MAX_ISSUES = 3;

function optional<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}

/** The clock of the server, where the answer says it. */
function dateOf(answer: Answer): number | undefined {
  const date = Date.parse(answer.header("date") ?? "");
  return Number.isNaN(date) ? undefined : date;
}

function problemOf(error: ZodError | UnexpectedAnswer): string {
  if (error instanceof UnexpectedAnswer) return error.message;
  const issues = error.issues.slice(0, MAX_ISSUES);
  return issues.map(({ path, message }) => `${path.map(String).join(".") || "body"}: ${message}`).join("; ");
}

function malformed(answer: Answer, text: string): AttemptFailure {
  return {
    outcome: "failure",
    kind: "malformed",
    action: "repeat",
    doubtful: true,
    status: answer.status,
    text,
    ...optional("requestId", answer.header(REQUEST_ID_HEADER)),
  };
}

function judgeSuccess<T>(answer: Answer, read: ServiceRequest<T>["read"]): Success<T> | AttemptFailure {
  let body: unknown;
  try {
    body = answer.text.trim() === "" ? undefined : JSON.parse(answer.text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return malformed(answer, answer.text);
  }
  let content: T;
  try {
    content = read({ status: answer.status, body, header: (name) => answer.header(name) });
  } catch (error) {
    if (!(error instanceof ZodError) && !(error instanceof UnexpectedAnswer)) throw error;
    return malformed(answer, body === undefined ? "" : problemOf(error));
  }
  const response = {
    status: answer.status,
    body: content,
    ...optional("date", dateOf(answer)),
    ...optional("requestId", answer.header(REQUEST_ID_HEADER)),
  };
  return { outcome: "success", response };
}

/** Where an answer sends the client instead of serving it; without a query, which may be a secret. */
function redirectOf(answer: Answer): string | undefined {
  if (!REDIRECTS.has(answer.status)) return undefined;
  const [place = ""] = redactUrl(answer.header("location") ?? "").split("?", 1);
  return `a redirect${place === "" ? "" : ` to ${place}`}`;
}

function judgeRefusal(answer: Answer, wall: number): AttemptFailure {
  const body = parseErrorBody(answer.text);
  // A date in Retry-After is one of the server's clock, which may differ from this machine's.
  const retryAfterMs = parseRetryAfter(answer.header("retry-after"), dateOf(answer) ?? wall);
  const { kind, action } = classify(answer.status, body, retryAfterMs !== undefined);
  const redirect = redirectOf(answer);
  // A malformed 4xx is still a refusal, and what is sent elsewhere was not served.
  const doubtful =
    DOUBTFUL.has(kind) || (kind === "malformed" && answer.status < 400 && redirect === undefined);
  return {
    outcome: "failure",
    kind,
    action,
    doubtful,
    status: answer.status,
    text: redirect ?? body.message ?? answer.text,
    ...optional("serviceCode", body.code),
    ...optional("requestId", body.requestId ?? answer.header(REQUEST_ID_HEADER)),
    ...optional("retryAfterMs", retryAfterMs),
    ...optional("date", dateOf(answer)),
  };
}

/** @param wall this machine's clock, milliseconds since 1970 */
export function judge<T>(
  outcome: Answer | Lost,
  read: ServiceRequest<T>["read"],
  wall: number,
): Success<T> | AttemptFailure {
  if (outcome.outcome === "lost") {
    const { kind, sent, permanent, reason, error } = outcome;
    return {
      outcome: "failure",
      kind,
      action: permanent ? "fail" : "repeat",
      doubtful: sent,
      text: reason,
      error,
    };
  }
  const succeeded = outcome.status >= 200 && outcome.status < 300;
  return succeeded ? judgeSuccess(outcome, read) : judgeRefusal(outcome, wall);
}
