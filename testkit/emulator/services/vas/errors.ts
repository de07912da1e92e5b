/** Errors of VAS. */
import type { AuthFailure } from "../../auth/tokens";
import { ApiError } from "../../http/errors";
import type { InvalidField } from "../../rules";

/** Codes that the error table lists for these statuses. */
export const CODES: Readonly<Record<number, string>> = {
  400: "IVA.0004",
  401: "IVA.0001",
  403: "IVA.0009",
  404: "IVA.0005",
  500: "IVA.0006",
  503: "IVA.0010",
};

export function invalidParameter(problem: InvalidField): ApiError {
  const message = `The request param is invalid. The field [${problem.path}] ${problem.problem}`;
  return new ApiError(400, "IVA.0004", message);
}

/** One code for a missing service, a missing version and a missing task; only the text distinguishes them. */
export function missing(kind: "Service" | "Task", name: string): ApiError {
  return new ApiError(404, "IVA.0005", `The requested resource is NOT found. ${kind} ${name} not found.`);
}

/** No document names a code for this; the one for parameters stands in. */
export function stateConflict(action: string, state: string): ApiError {
  return new ApiError(
    400,
    "IVA.0004",
    `The request param is invalid. A task in state ${state} does not allow ${action}.`,
  );
}

export function authError(failure: Exclude<AuthFailure, "expired">): ApiError {
  switch (failure) {
    case "wrong-project":
      return new ApiError(400, "IVA.0002", "The project id is invalid: it is not that of the token.");
    case "missing":
    case "unknown":
    case "no-project":
      return new ApiError(401, "IVA.0001", "The token is missing, invalid or without a project.");
  }
}
