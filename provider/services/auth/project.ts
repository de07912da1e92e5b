/** The project of all calls in a place, where neither state nor settings give its id. */
import type { Deadline } from "../../common/deadline";
import { failureKind, isVideoAnalysisError, messageOf, VideoAnalysisError } from "../../common/errors";
import type { Authenticator } from "./authenticator";
import type { IdentityService, Project, ProjectScope } from "./identity";
import { IssuedTokenAuthenticator } from "./token-authenticator";

const ELSEWHERE =
  " The configured project belongs to the configured region: for another one use a `va.Provider` with `region` and " +
  "`projectId`.";

/**
 * @param iam base URL
 * @param elsewhere whether a project is configured, for another region
 * @throws `CONFIGURATION` where there is not exactly one, or IAM lists none to this user
 */
export async function findProject(
  identity: IdentityService,
  iam: string,
  scope: ProjectScope,
  authenticator: Authenticator,
  elsewhere: boolean,
  deadline: Deadline,
): Promise<string> {
  try {
    if (authenticator instanceof IssuedTokenAuthenticator) {
      const project = await authenticator.project(deadline);
      if (project !== undefined) return project.id;
    }
    if ("id" in scope) return scope.id;
    const projects = await listed(identity, iam, scope.name, authenticator, deadline);
    const [project] = projects;
    if (project !== undefined && projects.length === 1) return project.id;
    throw undecided(scope.name, projects, authenticator);
  } catch (error) {
    if (!elsewhere || !isVideoAnalysisError(error) || error.code === "TIMEOUT") throw error;
    throw new VideoAnalysisError("CONFIGURATION", messageOf(error) + ELSEWHERE, { cause: error });
  }
}

async function listed(
  identity: IdentityService,
  iam: string,
  name: string,
  authenticator: Authenticator,
  deadline: Deadline,
): Promise<readonly Project[]> {
  try {
    return await identity.findProjects(iam, name, authenticator, deadline);
  } catch (error) {
    if (failureKind(error) !== "forbidden") throw error;
    throw new VideoAnalysisError(
      "CONFIGURATION",
      `IAM lists no projects to ${authenticator.describe()}, so that "${name}" cannot be looked up: set ` +
        `\`video-analysis:projectId\`. ${messageOf(error)}`,
      { cause: error },
    );
  }
}

function undecided(
  name: string,
  projects: readonly Project[],
  authenticator: Authenticator,
): VideoAnalysisError {
  const found =
    projects.length === 0
      ? "none"
      : `${projects.length}: ${projects.map((project) => `${project.name} (${project.id})`).join(", ")}`;
  return new VideoAnalysisError(
    "CONFIGURATION",
    `The project name "${name}" must match exactly one project; ${authenticator.describe()} can see ${found}. ` +
      "Set `video-analysis:projectId`, or `video-analysis:projectName` where it is not named after the region.",
  );
}
