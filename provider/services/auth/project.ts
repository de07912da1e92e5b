/** The project of all calls in a place, where neither state nor settings give its id. */
import type { Deadline } from "../../common/deadline";
import { failureKind, isVideoAnalysisError, problemOf, VideoAnalysisError } from "../../common/errors";
import type { Authenticator } from "./authenticator";
import type { IdentityService, Project, ProjectScope } from "./identity";
import { IssuedTokenAuthenticator } from "./token-authenticator";

export interface ProjectLookup {
  readonly identity: IdentityService;
  /** Base URL. */
  readonly iam: string;
  readonly scope: ProjectScope;
  readonly authenticator: Authenticator;
  /** Whether a project is configured, for another region. */
  readonly elsewhere: boolean;
}

/** @throws `CONFIGURATION` where there is not exactly one, or IAM lists none to this user */
export async function findProject(lookup: ProjectLookup, deadline: Deadline): Promise<string> {
  const { scope, authenticator } = lookup;
  if (authenticator instanceof IssuedTokenAuthenticator) {
    const project = await ofToken(authenticator, lookup, deadline);
    if (project !== undefined) return project.id;
  }
  if ("id" in scope) return scope.id;
  const { name } = scope;
  const projects = await listed(name, lookup, deadline);
  const [project] = projects;
  if (project !== undefined && projects.length === 1) return project.id;
  const found = projects.map(({ name: other, id }) => `${other} (${id})`).join(", ");
  const visible = projects.length === 0 ? "none" : `${projects.length}: ${found}`;
  throw notFound(
    `The project name "${name}" must match exactly one project, and ${authenticator.describe()} can see ${visible}`,
    lookup,
  );
}

async function ofToken(
  authenticator: IssuedTokenAuthenticator,
  lookup: ProjectLookup,
  deadline: Deadline,
): Promise<Project | undefined> {
  try {
    return await authenticator.project(deadline);
  } catch (error) {
    throw forPlace(error, lookup);
  }
}

async function listed(name: string, lookup: ProjectLookup, deadline: Deadline): Promise<readonly Project[]> {
  const { identity, iam, authenticator } = lookup;
  try {
    return await identity.findProjects(iam, name, authenticator, deadline);
  } catch (error) {
    if (failureKind(error) !== "forbidden") throw forPlace(error, lookup);
    throw notFound(
      `IAM lists no projects to ${authenticator.describe()}, so that "${name}" cannot be looked up`,
      lookup,
      error,
    );
  }
}

/** The error itself, unless the place is another than the configured one: then that may be the reason. */
function forPlace(error: unknown, lookup: ProjectLookup): unknown {
  const isOwn = !lookup.elsewhere || !isVideoAnalysisError(error) || error.code === "TIMEOUT";
  return isOwn ? error : notFound(problemOf(error), lookup, error);
}

function notFound(problem: string, { elsewhere }: ProjectLookup, cause?: unknown): VideoAnalysisError {
  const remedy = elsewhere
    ? "Use a `va.Provider` with `region` and `projectId`, for the configured project belongs to the configured region."
    : "Set `video-analysis:projectId`, or `video-analysis:projectName` where it is not named after the region.";
  return new VideoAnalysisError("CONFIGURATION", problem, {
    remedy,
    ...(cause === undefined ? {} : { cause }),
  });
}
