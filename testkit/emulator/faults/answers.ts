/** Faults of answers: the effect that a request still has, and the answer in its place. */
import { STATUS_CODES } from "node:http";
import { ApiError, notPermitted, notPublished, throttled, tokenExpired } from "../http/errors";
import type { ServiceModule } from "../http/service";
import type { World } from "../world";
import type { AnswerFault, Distortion } from "./faults";

/** Effect of an answer fault on a request. */
export interface Verdict {
  /** Whether the operation runs. */
  readonly effect: boolean;
  readonly outcome:
    | { kind: "error"; error: ApiError; retryAfter?: string }
    | { kind: "drop" }
    | { kind: "hang" }
    | { kind: "answer"; distortion: Distortion | undefined };
}

/** Gateway codes for statuses that the services themselves do not list. */
const GATEWAY_CODES: Readonly<Record<number, string>> = { 502: "APIG.0202", 504: "APIG.0203" };

/** The gateway's "internal" code stands in for any other status. */
const OTHER_CODE = "APIG.0601";

/** Without a fault the operation runs and its answer goes out as it is. */
export const UNDISTURBED: Verdict = { effect: true, outcome: { kind: "answer", distortion: undefined } };

/** The effect of a fault; `path` and `method` only word a message. */
export function verdictOf(
  fault: AnswerFault,
  module: ServiceModule,
  world: World,
  { method, path }: { method: string; path: string },
): Verdict {
  switch (fault.kind) {
    case "throttle":
      return refusal(throttled(), fault.retryAfter);
    case "unauthorizedExpired": {
      const { form, status } = { ...world.behavior.expiredToken, ...fault };
      return refusal(tokenExpired({ form, status }, world.clock.now()));
    }
    case "forbidden":
      return refusal(notPermitted());
    case "notPublished":
      return refusal(notPublished(method, path));
    case "wrongProject":
      return refusal(module.authError("wrong-project"));
    case "status": {
      const error = statusError(fault.status, fault.code, fault.message, module);
      return { effect: fault.when === "after", outcome: { kind: "error", error } };
    }
    case "drop":
      return { effect: fault.when === "after", outcome: { kind: "drop" } };
    case "hang":
      return { effect: false, outcome: { kind: "hang" } };
    case "resetBody":
    case "truncated":
    case "emptyBody":
    case "malformed":
      return { effect: true, outcome: { kind: "answer", distortion: fault } };
  }
}

function refusal(error: ApiError, retryAfter?: number | string): Verdict {
  const header = retryAfter === undefined ? {} : { retryAfter: String(retryAfter) };
  return { effect: false, outcome: { kind: "error", error, ...header } };
}

function statusError(
  status: number,
  code: string | undefined,
  message: string | undefined,
  module: ServiceModule,
): ApiError {
  const text = message ?? `Injected ${STATUS_CODES[status] ?? `status ${status}`}`;
  const known = code ?? module.codes[status];
  if (known !== undefined) return new ApiError(status, known, text);
  return new ApiError(status, GATEWAY_CODES[status] ?? OTHER_CODE, text, "gateway");
}
