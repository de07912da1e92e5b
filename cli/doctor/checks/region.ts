/** The region, and the cloud that follows from it. */
import { cloudOf } from "../../../provider/auth/endpoints";
import { failed, ok, skipped, type Check } from "../check";

export const region: Check = {
  id: "region",
  title: "Region",
  async run(context) {
    const found = await context.settings();
    if ("problem" in found) return skipped("the settings are not usable: see `settings`");
    const { region: name, regionSource = "", cloud } = found.value;
    if (name === undefined) {
      return failed(
        "none is configured",
        "Run `pulumi config set video-analysis:region <region>`, or set HW_REGION_NAME or OS_REGION_NAME; here " +
          "--config region=<region> will do. Resources with a `region` of their own need none.",
      );
    }
    return ok(`${name} of ${cloud ?? cloudOf(name)}, from ${regionSource}`);
  },
};
