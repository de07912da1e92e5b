/** What a check is, and what it comes to. */
import { isVideoAnalysisError, messageOf } from "../../../provider/common/errors";
import type { Context } from "./context";
import type { CheckId, CheckResult } from "./report-schema";

export type Outcome = Omit<CheckResult, "id" | "title">;

export interface Check {
  readonly id: CheckId;
  readonly title: string;
  /** What is wrong with the machine or a service is an outcome; an error of the family becomes a failed one. */
  run(context: Context): Promise<Outcome> | Outcome;
}

export const ok = (detail: string): Outcome => ({ status: "ok", detail });
export const skipped = (detail: string): Outcome => ({ status: "skipped", detail });
export const warning = (detail: string, remedy: string): Outcome => ({ status: "warning", detail, remedy });
export const failed = (detail: string, remedy: string): Outcome => ({ status: "failed", detail, remedy });

/** Errors of the family say in their texts what to do. */
export const AS_SAID = "Do as the text says; docs/errors.md tells more of the code.";

export function failedBy(error: unknown): Outcome {
  if (!isVideoAnalysisError(error)) throw error;
  return failed(messageOf(error), AS_SAID);
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
