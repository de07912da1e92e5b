/** The project of all calls: how it was found, and whether it is that of the credentials. */
import { countOf } from "../../../common/wording";
import { isVideoAnalysisError } from "../../../../provider/common/errors";
import type { Account } from "../../../../provider/services/diagnostics/session";
import type { Check } from "../context/check";
import { failed, ok, skipped, warning, type Outcome } from "../context/outcome";
import type { Context } from "../context/context";
import { refused } from "../context/failures";

/** @param account undefined where the credentials were not accepted, or not tried */
export function judgeProject(projectId: string, how: string, account: Account | undefined): Outcome {
  const where = `${projectId}, ${how}`;
  const { project, projects } = account ?? {};
  if (project !== undefined && project.id !== projectId) {
    return failed(
      `${where}; the token is for project ${project.name} (${project.id})`,
      "Configure the token's project, or a token of the configured one.",
    );
  }
  if (projects !== undefined && !projects.some(({ id }) => id === projectId)) {
    return warning(
      `${where}; it is not among the ${countOf(projects.length, "project")} that the access key sees`,
      "Check `video-analysis:projectId`, and whose access key it is.",
    );
  }
  const compared = project !== undefined || projects !== undefined;
  return compared
    ? ok(`${where}, as the credentials say`)
    : skipped(`${where}; not compared: see \`authentication\``);
}

async function accountOf(context: Context): Promise<Account | undefined> {
  try {
    return await context.account();
  } catch (error) {
    if (!isVideoAnalysisError(error)) throw error;
    return undefined;
  }
}

export const project: Check = {
  id: "project",
  title: "Project",
  async run(context) {
    const settings = await context.settings();
    if ("problem" in settings) return skipped("the settings are not usable: see `settings`");
    const { projectId, projectName, region, origins } = settings.value;
    if (projectId !== undefined) {
      return judgeProject(projectId, `from ${origins.projectId?.source ?? ""}`, await accountOf(context));
    }
    try {
      const found = await context.projectId();
      if (found === undefined)
        return skipped("it needs a region and credentials: see `region` and `credentials`");
      const name = projectName ?? region ?? "";
      const how = projectName === undefined ? "the region" : (origins.projectName?.source ?? "");
      return judgeProject(found, `found by the name ${name} (${how})`, await accountOf(context));
    } catch (error) {
      return refused(error);
    }
  },
};
