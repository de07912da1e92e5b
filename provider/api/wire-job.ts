/** Jobs as VAS v2 returns them. Source: ShowTask and ListTasksDetails of the VAS API definition. */
import { z } from "zod";
import { content, taskFields, text, withoutNulls } from "./wire-task";

/** One job. `hosting_result` appears in a show answer only, and only where results are hosted. */
export const wireJob = z.preprocess(
  withoutNulls,
  z.looseObject({
    ...taskFields,
    service_version: text(),
    /** `zh` and `en`. */
    service_title: content(),
    edge_pool_id: text(),
    resource_order_id: text(),
    timing: content(),
    /** `ACTIVATED` or `INACTIVATED`, for jobs with a `timing`. */
    timing_status: text(),
    service_config: content(),
    hosting_result: content(),
  }),
);
export type WireJob = z.infer<typeof wireJob>;
