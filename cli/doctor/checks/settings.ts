/** Whether the settings are usable, and where each comes from. */
import { IDENTITY_KEYS } from "../../../provider/auth/find-credentials";
import type { ConfigurationKey } from "../../../provider/auth/configuration";
import { failed, ok, type Check } from "../check";

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
    const { origins } = found.value;
    const told = Object.entries(origins)
      .filter(([key]) => !IDENTITY_KEYS.has(key as ConfigurationKey))
      .map(([, { spelling, source }]) => `${spelling} in ${source}`);
    return ok(told.length === 0 ? "none beside credentials" : told.join("; "));
  },
};
