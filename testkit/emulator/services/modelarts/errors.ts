/** Errors of ModelArts. */
import type { AuthFailure } from "../../auth/tokens";
import { ApiError } from "../../http/errors";
import type { InvalidField } from "../../rules";

/** Codes that the error table lists for these statuses. */
export const CODES: Readonly<Record<number, string>> = {
  400: "ModelArts.0101",
  401: "ModelArts.0203",
  403: "ModelArts.0108",
  404: "ModelArts.3502",
  409: "ModelArts.2878",
  429: "ModelArts.2799",
  500: "ModelArts.0010",
  503: "ModelArts.4302",
  504: "ModelArts.4503",
};

export function invalidArgument(problem: InvalidField): ApiError {
  const message = `Invalid argument. The field [${problem.path}] ${problem.problem}`;
  return new ApiError(400, "ModelArts.0101", message);
}

export function serviceMissing(serviceId: string): ApiError {
  return new ApiError(404, "ModelArts.3502", `Service ${serviceId} does not exist.`);
}

/** No document names a code for this, so it is a setting. */
export function taskMissing(taskId: string, code: string): ApiError {
  return new ApiError(404, code, `Task ${taskId} does not exist.`);
}

export function iefOnly(): ApiError {
  return new ApiError(
    400,
    "ModelArts.0101",
    "Invalid argument. ModelArts Edge does not support this operation.",
  );
}

export function stateConflict(action: string, state: string): ApiError {
  return new ApiError(400, "ModelArts.3519", `A task in state ${state} does not allow ${action}.`);
}

export function authError(failure: Exclude<AuthFailure, "expired">): ApiError {
  switch (failure) {
    case "missing":
      return new ApiError(401, "ModelArts.0201", "The request carries no token.");
    case "unknown":
      return new ApiError(401, "ModelArts.0203", "The token is invalid.");
    case "no-project":
      return new ApiError(401, "ModelArts.0212", "The token has no project scope.");
    case "wrong-project":
      return new ApiError(403, "ModelArts.0210", "The project of the path is not the project of the token.");
  }
}
