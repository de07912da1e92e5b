/** Jobs as VAS v2 returns them. Source: ShowTask and ListTasksDetails of the VAS API definition. */
import { z } from "zod";
import { anyContent, anyText, content, listEntry, taskFields, text, withoutNulls } from "./wire-task";

/** One job. `hosting_result` appears in a show answer only, and only where results are hosted. */
const jobWith = <T extends z.ZodType>(contents: () => T) =>
  z.preprocess(
    withoutNulls,
    z.looseObject({
      ...taskFields(contents),
      service_version: text(),
      /** `zh` and `en`. */
      service_title: contents(),
      edge_pool_id: anyText(),
      resource_order_id: anyText(),
      timing: contents(),
      /** `ACTIVATED` or `INACTIVATED`, for jobs with a `timing`. */
      timing_status: text(),
      service_config: contents(),
      hosting_result: contents(),
    }),
  );

export const wireJob = jobWith(content);
const looseJob = jobWith(anyContent);
export type WireJob = z.infer<typeof looseJob>;
export const listedJob = listEntry<WireJob>(looseJob);
