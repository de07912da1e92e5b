/** Reads the result of one attempt: a usable response, or a failure and what may be done about it. */
import { ZodError } from "zod";
import type { FailureClass } from "../../common/errors";
import { redactUrl } from "../../common/redaction";
import { type Action, classify } from "./classification";
import { parseErrorBody } from "./error-body";
import type { Answer, NetworkFailure } from "./send-once";
import { type ServiceRequest, type ServiceResponse, UnexpectedAnswer } from "./request";
import { parseRetryAfter } from "./retry-after";

export interface AttemptFailure {
  readonly ok: false;
  readonly kind: FailureClass;
  readonly action: Action;
  /** False where the attempt certainly changed nothing, with any method. */
  readonly effectUnknown: boolean;
  readonly status?: number;
  readonly serviceCode?: string;
  readonly requestId?: string;
  /** The service's or the runtime's own words, not yet redacted. */
  readonly text: string;
  readonly retryAfterMs?: number;
  /** The service's clock, milliseconds since 1970. */
  readonly date?: number;
  readonly cause?: unknown;
}

export interface Success<T> {
  readonly ok: true;
  readonly response: ServiceResponse<T>;
}

export type ParseResult<T> = Success<T> | AttemptFailure;

/** Kinds after which the request may have had its effect, or not. */
const EFFECT_UNKNOWN: ReadonlySet<FailureClass> = new Set<FailureClass>([
  "server",
  "gateway-timeout",
  "connection",
  "timeout",
]);

/**
 * Another place is to be asked in the same way: a portal, a proxy or a moved endpoint, which passed nothing on. After 303
 * (RFC 9110, 15.4.4) the request may have been served, and the other place has its result.
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
    ok: false,
    kind: "malformed",
    action: "repeat",
    effectUnknown: true,
    status: answer.status,
    text,
    ...optional("requestId", answer.header(REQUEST_ID_HEADER)),
  };
}

function parseSuccess<T>(answer: Answer, read: ServiceRequest<T>["read"]): ParseResult<T> {
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
  return { ok: true, response };
}

/** Where an answer sends the client instead of serving it; without a query, which may be a secret. */
function redirectOf(answer: Answer): string | undefined {
  if (!REDIRECTS.has(answer.status)) return undefined;
  const [place = ""] = redactUrl(answer.header("location") ?? "").split("?", 1);
  return `a redirect${place === "" ? "" : ` to ${place}`}`;
}

function parseRefusal(answer: Answer, wall: number): AttemptFailure {
  const body = parseErrorBody(answer.text);
  // A date in Retry-After is one of the server's clock, which may differ from this machine's.
  const retryAfterMs = parseRetryAfter(answer.header("retry-after"), dateOf(answer) ?? wall);
  const { kind, action } = classify(answer.status, body, retryAfterMs !== undefined);
  const redirect = redirectOf(answer);
  // A malformed 4xx is still a refusal, and a redirected request was not served.
  const effectUnknown =
    EFFECT_UNKNOWN.has(kind) || (kind === "malformed" && answer.status < 400 && redirect === undefined);
  return {
    ok: false,
    kind,
    action,
    effectUnknown,
    status: answer.status,
    text: redirect ?? body.message ?? answer.text,
    ...optional("serviceCode", body.code),
    ...optional("requestId", body.requestId ?? answer.header(REQUEST_ID_HEADER)),
    ...optional("retryAfterMs", retryAfterMs),
    ...optional("date", dateOf(answer)),
  };
}

function parseNetworkFailure({ kind, sent, permanent, reason, cause }: NetworkFailure): AttemptFailure {
  const action = permanent ? "fail" : "repeat";
  return { ok: false, kind, action, effectUnknown: sent, text: reason, cause };
}

/** @param wall this machine's clock, milliseconds since 1970 */
export function parseResult<T>(
  result: Answer | NetworkFailure,
  read: ServiceRequest<T>["read"],
  wall: number,
): ParseResult<T> {
  if (!result.answered) return parseNetworkFailure(result);
  const succeeded = result.status >= 200 && result.status < 300;
  return succeeded ? parseSuccess(result, read) : parseRefusal(result, wall);
}
