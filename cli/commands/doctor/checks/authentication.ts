/** Shows the credentials to IAM. */
import { countOf } from "../../../common/wording";
import { failureKind } from "../../../../provider/common/errors";
import type { Account } from "../../../../provider/services/diagnostics/session";
import type { Check } from "../context/check";
import { failed, ok, skipped, warning, type Outcome } from "../context/outcome";
import { refused } from "../context/failures";

/** A token that ends sooner will hardly last a deployment. */
const SHORT_LIFE_MS = 30 * 60_000;

export function judgeAccount({ expiresAt, project, projects }: Account, now: number): Outcome {
  if (projects !== undefined)
    return ok(`the signature is accepted; the key sees ${countOf(projects.length, "project")}`);
  if (project === undefined) {
    return failed(
      "the token is accepted, and is for no project",
      "Ask IAM for a token whose scope is the project: the services refuse others.",
    );
  }
  const scope = `the token is accepted, for project ${project.name}`;
  if (expiresAt === undefined) return ok(scope);
  const detail = `${scope}, until ${new Date(expiresAt).toISOString()}`;
  return expiresAt - now < SHORT_LIFE_MS
    ? warning(detail, "Ask IAM for a new token, or use an access key or a user, which do not end.")
    : ok(detail);
}

export const authentication: Check = {
  id: "authentication",
  title: "Authentication",
  async run(context) {
    try {
      const account = await context.account();
      return account === undefined
        ? skipped("it needs a region and credentials: see `region` and `credentials`")
        : judgeAccount(account, context.clock.wall());
    } catch (error) {
      // To refuse a permission, IAM has to know the user.
      if (failureKind(error) === "forbidden")
        return ok("accepted by IAM, which lets this user look no further");
      return refused(error);
    }
  },
};
