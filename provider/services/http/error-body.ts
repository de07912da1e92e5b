/** Bodies of failed answers, in any of the documented shapes. */
import { isObject } from "../../common/json";

export interface ErrorBody {
  /** `ModelArts.0101`, `APIG.0307`, or a bare number from IAM. */
  readonly code?: string;
  /** Whether the shape is one that the documents show; a proxy's own JSON is not. */
  readonly documented: boolean;
  readonly message?: string;
  readonly requestId?: string;
}

/** The form of all codes in the error tables of the services and of the gateway. */
const SERVICE_CODE = /^[A-Za-z]+\.\d+$/;
const UNDOCUMENTED: ErrorBody = { documented: false };

function text(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/**
 * Flat `{error_code, error_msg, request_id}`, with `error_message` on one page, or nested
 * `{error: {code, message, title}}` from IAM. A gateway's HTML, a cut answer or anything else gives nothing.
 */
export function parseErrorBody(body: string): ErrorBody {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return UNDOCUMENTED;
    throw error;
  }
  if (!isObject(value)) return UNDOCUMENTED;
  const nested = isObject(value["error"]) ? value["error"] : {};
  const code = text(value["error_code"]) ?? text(nested["code"]);
  const message =
    text(value["error_msg"]) ??
    text(value["error_message"]) ??
    text(nested["message"]) ??
    text(nested["title"]);
  const requestId = text(value["request_id"]);
  // IAM's nested errors have a title beside a bare number.
  const nestedOfIam = text(nested["code"]) !== undefined && typeof nested["title"] === "string";
  return {
    documented: SERVICE_CODE.test(code ?? "") || nestedOfIam,
    ...(code === undefined ? {} : { code }),
    ...(message === undefined ? {} : { message }),
    ...(requestId === undefined ? {} : { requestId }),
  };
}
