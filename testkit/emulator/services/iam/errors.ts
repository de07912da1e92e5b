/** Errors of IAM. */
import { STATUS_CODES } from "node:http";
import type { AuthFailure } from "../../auth/tokens";
import { ApiError } from "../../http/errors";
import type { JsonObject } from "../../json";
import type { World } from "../../world";

/** The error table names these codes; 400, 403 and 404 are from the examples of neighbouring IAM pages. */
export const CODES: Readonly<Record<number, string>> = {
  400: "IAM.0011",
  401: "IAM.0001",
  403: "IAM.0003",
  404: "IAM.0004",
  429: "IAM.0012",
  500: "IAM.0006",
};

/** IAM words all refusals itself, also that of a token that has ended. */
export function authError(failure: AuthFailure): ApiError {
  switch (failure) {
    case "expired":
      return new ApiError(401, "IAM.0066", "The token has expired, the token must be updated.");
    case "unknown":
      return new ApiError(401, "IAM.0067", "The token is invalid.");
    default:
      return new ApiError(401, "IAM.0001", "The request carries neither a token nor a signature.");
  }
}

/** Flat as the services' errors, or nested with the reason phrase of the status. */
export function errorBody(world: World, error: ApiError): JsonObject {
  if (world.behavior.iamErrorForm === "flat") return { error_code: error.code, error_msg: error.message };
  const title = STATUS_CODES[error.status] ?? "Error";
  return { error: { code: error.status, message: error.message, title } };
}
