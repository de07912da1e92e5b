/** Usable settings, and the source of each. */
import { IDENTITY_KEYS } from "../../../../provider/services/auth/find-credentials";
import { CONFIGURATION_NAMESPACE, type ConfigurationKey } from "../../../../provider/services/configuration";
import { isVideoAnalysisError } from "../../../../provider/common/errors";
import { meantBy } from "../../../stack/configuration/layers";
import type { Check } from "../context/check";
import { failed, ok, warning } from "../context/outcome";
import type { Context } from "../context/context";

export const settings: Check = {
  id: "settings",
  title: "Settings",
  async run(context) {
    const found = await context.settings();
    if ("problem" in found) {
      return failed(
        found.problem,
        "Correct the setting where the text says; docs/credentials.md lists them.",
      );
    }
    const { unknown } = (await context.stack).configuration;
    // Those of a project of the namespace's name are its own: the check of the project says so.
    if (unknown.length > 0 && (await projectName(context)) !== CONFIGURATION_NAMESPACE) {
      const named = unknown.map((key) => `${key}${meantBy(key.slice(CONFIGURATION_NAMESPACE.length + 1))}`);
      return warning(
        `unknown keys: ${named.join(", ")}`,
        "Correct or remove them; docs/credentials.md lists the keys.",
      );
    }
    const { origins } = found.value;
    const listed = Object.entries(origins)
      .filter(([key]) => !IDENTITY_KEYS.has(key as ConfigurationKey))
      .map(([, { spelling, source }]) => `${spelling} in ${source}`);
    return ok(listed.length === 0 ? "none beside credentials" : listed.join("; "));
  },
};

async function projectName(context: Context): Promise<string | undefined> {
  try {
    return (await context.program())?.name;
  } catch (error) {
    if (!isVideoAnalysisError(error)) throw error;
    return undefined;
  }
}
