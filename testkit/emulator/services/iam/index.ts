import type { AuthFailure } from "../../auth/tokens";
import { ApiError } from "../../http/errors";
import { route, type ServiceModule } from "../../http/service";
import type { JsonObject } from "../../json";
import type { World } from "../../world";
import { listProjects } from "./projects";
import { issueToken, showToken } from "./token";

/** The error table names these codes; 400, 403 and 404 are from the examples of neighbouring IAM pages. */
const CODES: Readonly<Record<number, string>> = {
  400: "IAM.0011",
  401: "IAM.0001",
  403: "IAM.0003",
  404: "IAM.0004",
  429: "IAM.0012",
  500: "IAM.0006",
};

/** IAM v3: tokens by password or agency, and the projects of an account. */
export function iam(world: World): ServiceModule {
  return {
    name: "iam",
    prefix: "/iam",
    codes: CODES,
    authError,
    invalid: (problem) => new ApiError(400, "IAM.0011", `The value of ${problem.path} ${problem.problem}`),
    errorBody: (error) => errorBody(world, error),
    routes: [
      {
        ...route("createToken", "other", "POST", "/v3/auth/tokens", (call) => issueToken(world, call)),
        open: true,
      },
      route("showToken", "other", "GET", "/v3/auth/tokens", (call) => showToken(world, call)),
      route("listProjects", "other", "GET", "/v3/projects", (call) => listProjects(world, call)),
    ],
  };
}

function authError(failure: AuthFailure): ApiError {
  switch (failure) {
    case "expired":
      return new ApiError(401, "IAM.0066", "The token has expired, the token must be updated.");
    case "unknown":
      return new ApiError(401, "IAM.0067", "The token is invalid.");
    default:
      return new ApiError(401, "IAM.0001", "The request carries neither a token nor a signature.");
  }
}

const TITLES: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
};

function errorBody(world: World, error: ApiError): JsonObject {
  if (world.behavior.iamErrorForm === "flat") return { error_code: error.code, error_msg: error.message };
  const title = TITLES[error.status] ?? "Error";
  return { error: { code: error.status, message: error.message, title } };
}
