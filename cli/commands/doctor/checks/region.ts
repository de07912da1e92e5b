/** The region, and the cloud that follows from it. */
import { deriveCloud, hasServices } from "../../../../provider/services/auth/endpoints";
import type { Check } from "../context/check";
import { failed, ok, skipped } from "../context/outcome";

export const region: Check = {
  id: "region",
  title: "Region",
  async run(context) {
    const found = await context.settings();
    if ("problem" in found) return skipped("the settings are not usable: see `settings`");
    const { region: name, regionSource = "", endpoints } = found.value;
    if (name === undefined) {
      return failed(
        "none is configured",
        "Run `pulumi config set video-analysis:region <region>`, or set HW_REGION_NAME or OS_REGION_NAME; here " +
          "--config region=<region> will do. Resources with a `region` of their own need none.",
      );
    }
    const derivation = deriveCloud(name, found.value);
    if ("cloud" in derivation) return ok(`${name} of ${derivation.cloud}, from ${regionSource}`);
    if (hasServices(endpoints)) return ok(`${name} of the configured endpoints, from ${regionSource}`);
    return failed(derivation.problem, "Do as the text says; docs/credentials.md lists the settings.");
  },
};
