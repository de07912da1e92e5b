/** The form of a check, and how all run. */
import type { CheckId, CheckResult } from "../report/schema";
import type { Context } from "./context";
import { failedBy, type Outcome } from "./outcome";

export interface Check {
  readonly id: CheckId;
  readonly title: string;
  /** Reports faults of the machine or a service as an outcome; an error of the family becomes a failed one. */
  run(context: Context): Promise<Outcome> | Outcome;
}

/** All at the same time: what one needs of another it gets from the context, asked for once. */
export function runChecks(checks: readonly Check[], context: Context): Promise<CheckResult[]> {
  return Promise.all(
    checks.map(async (check) => {
      const { id, title } = check;
      try {
        return { id, title, ...(await check.run(context)) };
      } catch (error) {
        return { id, title, ...failedBy(error) };
      }
    }),
  );
}
