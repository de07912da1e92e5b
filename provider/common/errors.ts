/**
 * The one family of errors. Identity is a brand, not `instanceof`: the program and the provider process may
 * load two copies of the package.
 */
import type { Remedy } from "./remedies";

const BRAND = Symbol.for("pulumi-video-analysis.error");

/** Stable codes; texts may change, codes do not. `docs/errors.md` has cause and remedy of each. */
export const ERROR_CODES = [
  "ADOPT_MISMATCH",
  "ADOPT_NOT_FOUND",
  "ALREADY_OWNED",
  "CONFIGURATION",
  "CREATE_AMBIGUOUS",
  "DUPLICATE_NAME",
  "ENDPOINT_REFUSED",
  "FIELD_NOT_CLEARED",
  "INVALID_ID",
  "INVALID_LOOKUP",
  "INVALID_STATE",
  "NAME_TAKEN",
  "NOT_FOUND",
  "PARTIAL_FAILURE",
  "PLATFORM_UNKNOWN",
  "PROJECT_MISMATCH",
  "REGION_MISMATCH",
  "REQUEST_FAILED",
  "RUNTIME_UNSUPPORTED",
  "SERVICE_NOT_FOUND",
  "STATE_TOO_NEW",
  "TASK_FAILED",
  "TASK_GONE",
  "TIMEOUT",
  "UNKNOWN_VALUE",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export interface ErrorDetails extends ErrorOptions {
  /** What to do: a sentence, or codes whose sentences the front has. */
  readonly remedy?: string | readonly Remedy[];
}

export class VideoAnalysisError extends Error {
  readonly code: ErrorCode;
  /** The problem: the message without code and remedy. */
  readonly problem: string;
  remedies: readonly Remedy[];

  /** @param problem a clause without its full stop where a remedy is given, else whole sentences */
  constructor(code: ErrorCode, problem: string, { remedy, ...options }: ErrorDetails = {}) {
    const sentence = typeof remedy === "string" ? ` ${remedy}` : "";
    super(`${code}: ${problem}${remedy === undefined ? "" : `.${sentence}`}`, options);
    this.name = "VideoAnalysisError";
    this.code = code;
    this.problem = problem;
    this.remedies = typeof remedy === "object" ? remedy : [];
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/** True for errors of this package, whichever copy of it made them. */
export function isVideoAnalysisError(error: unknown): error is VideoAnalysisError {
  return typeof error === "object" && error !== null && BRAND in error;
}

/** Without the code in front: for a failure that has none, or an error of the same code around it. */
export function textWithoutCode({ code, message }: VideoAnalysisError, text = message): string {
  const prefix = `${code}: `;
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

/** The error with more to do, as another one: operations that share a call fail with one error. */
export function withMoreToDo(error: VideoAnalysisError, remedies: readonly Remedy[]): VideoAnalysisError {
  if (remedies.length === 0) return error;
  const own = Object.setPrototypeOf(
    new Error(),
    Object.getPrototypeOf(error) as object,
  ) as VideoAnalysisError;
  Object.defineProperties(own, Object.getOwnPropertyDescriptors(error));
  own.remedies = [...error.remedies, ...remedies];
  return own;
}

/** Meaning of a failed request for the caller, whichever service answered. */
export type FailureClass =
  | "not-found" // the object (or the service above it) does not exist
  | "not-published" // the gateway knows no such call: never "gone"
  | "unauthenticated"
  | "forbidden"
  | "invalid"
  | "conflict" // the object's state does not allow it now
  | "quota"
  | "throttled"
  | "server" // 5xx
  | "gateway-timeout" // 504
  | "connection" // refused, reset, dropped, DNS
  | "malformed" // an answer that is not what the documents say
  | "timeout"; // this side's deadline or an abort

export interface RequestFailure {
  readonly kind: FailureClass;
  readonly status?: number;
  readonly serviceCode?: string;
  readonly requestId?: string;
  readonly method: string;
  /** Without credentials and query values. */
  readonly url: string;
  /** The last answer, or why there was none: one line without secrets. */
  readonly said?: string;
  /** `none`: the request certainly changed nothing at the service. */
  readonly effect: "none" | "unknown";
}

/** A request to a service that did not succeed, after all retries that were safe. */
export class RequestError extends VideoAnalysisError {
  readonly failure: RequestFailure;

  constructor(failure: RequestFailure, problem: string, details?: ErrorDetails) {
    super(failure.kind === "timeout" ? "TIMEOUT" : "REQUEST_FAILED", problem, details);
    this.name = "RequestError";
    this.failure = failure;
  }
}

export function isRequestError(error: unknown): error is RequestError {
  return isVideoAnalysisError(error) && "failure" in error;
}

/** The failure class of an error, or undefined where it is no request's. */
export function failureKind(error: unknown): FailureClass | undefined {
  return isRequestError(error) ? error.failure.kind : undefined;
}

/** The problem, for the message of another error: without the code, and without the remedy where that is known. */
export function problemOf(error: unknown): string {
  return isVideoAnalysisError(error) ? error.problem.replace(/\.$/, "") : messageOf(error);
}

/** Makes an error of a thrown value, which the language does not require to be one. */
export const errorOf = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error(messageOf(thrown));

/** A readable text of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
