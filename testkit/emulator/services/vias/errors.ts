/** Errors of VIAS. */
import type { AuthFailure } from "../../auth/tokens";
import { ApiError } from "../../http/errors";
import type { JsonObject } from "../../json";
import type { InvalidField } from "../../rules";

/** Codes that the error table lists for these statuses; for 503 it gives the meaning without a status. */
export const CODES: Readonly<Record<number, string>> = {
  400: "VIAS.00010001",
  401: "VIAS.00010005",
  500: "VIAS.00010006",
  503: "VIAS.00010016",
};

/** An error with the parameter that it is about. */
class ParameterError extends ApiError {
  constructor(
    code: string,
    message: string,
    readonly parameter: string,
  ) {
    super(400, code, message);
  }
}

export function invalidParameter(problem: InvalidField): ApiError {
  const message = `Invalid parameter: ${problem.path}. The field [${problem.path}] ${problem.problem}`;
  return new ParameterError("VIAS.00010001", message, problem.path);
}

/** The service says "does not exist" with status 400. */
export function missing(kind: string, id: string, code = "VIAS.00010002"): ApiError {
  return new ParameterError(code, `The ${kind} ${id} does not exist.`, id);
}

export function taskMissing(id: string): ApiError {
  return missing("task", id, "VIAS.00010007");
}

export function sameName(name: string): ApiError {
  return new ParameterError("VIAS.00010011", `A job with the name ${name} already exists.`, name);
}

/** The table gives this one the status 500, although repeating the call does not help. */
export function notAllowed(action: string, state: string): ApiError {
  return new ApiError(500, "VIAS.00010012", `The operation ${action} is not allowed in the state ${state}.`);
}

/** No code is documented for the wrong project; the one for a failed authentication stands in. */
export function authError(failure: Exclude<AuthFailure, "expired">): ApiError {
  const wrongProject = failure === "wrong-project" || failure === "no-project";
  const text = wrongProject ? "The token is not for this project." : "The request is not authenticated.";
  return new ApiError(401, "VIAS.00010005", text);
}

/** All six members are mandatory in the definition. */
export function errorBody(error: ApiError): JsonObject {
  return {
    error_code: error.code,
    error_msg: error.message,
    detail: error.message,
    params: error instanceof ParameterError ? [error.parameter] : [],
    reason: error.status === 400 ? "Invalid parameter." : "The request failed.",
    advice: "Ensure that the entered parameter is valid.",
  };
}
