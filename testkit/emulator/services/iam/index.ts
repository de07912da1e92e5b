/** IAM v3: its versions, tokens by password, token or agency, and what a caller may use. */
import { ApiError } from "../../http/errors";
import { route, type Route, type ServiceModule } from "../../http/service";
import type { World } from "../../world";
import { showCatalog } from "./catalog";
import { listDomains } from "./domains";
import { authError, CODES, errorBody } from "./errors";
import { listAuthProjects, listProjects } from "./projects";
import { issueToken, showToken } from "./token";
import { listVersions, showVersion } from "./versions";

export function iam(world: World): ServiceModule {
  return {
    name: "iam",
    prefix: "/iam",
    codes: CODES,
    authError,
    expiredToken: () => authError("expired"),
    invalid: (problem) => new ApiError(400, "IAM.0011", `The value of ${problem.path} ${problem.problem}`),
    errorBody: (error) => errorBody(world, error),
    routes: [
      open("listVersions", "GET", "/", listVersions),
      open("showVersion", "GET", "/v3/?", showVersion),
      open("createToken", "POST", "/v3/auth/tokens", (call) => issueToken(world, call)),
      route("showToken", "other", "GET", "/v3/auth/tokens", (call) => showToken(world, call)),
      route("listProjects", "other", "GET", "/v3/projects", (call) => listProjects(world, call)),
      route("listAuthProjects", "other", "GET", "/v3/auth/projects", (call) => listAuthProjects(world, call)),
      route("listAuthDomains", "other", "GET", "/v3/auth/domains", (call) => listDomains(world, call)),
      route("showCatalog", "other", "GET", "/v3/auth/catalog", (call) => showCatalog(world, call)),
    ],
  };
}

/** A call that needs no identity. */
function open(operation: string, method: string, pattern: string, handle: Route["handle"]): Route {
  return { ...route(operation, "other", method, pattern, handle), open: true };
}
