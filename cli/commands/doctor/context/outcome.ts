/** The outcome of a check. */
import { isVideoAnalysisError, messageOf } from "../../../../provider/common/errors";
import type { CheckResult } from "../report/schema";

export type Outcome = Omit<CheckResult, "id" | "title">;

export const ok = (detail: string): Outcome => ({ status: "ok", detail });
export const skipped = (detail: string): Outcome => ({ status: "skipped", detail });
export const warning = (detail: string, remedy: string): Outcome => ({ status: "warning", detail, remedy });
export const failed = (detail: string, remedy: string): Outcome => ({ status: "failed", detail, remedy });

/** Errors of the family say in their texts what to do. */
export const AS_SAID = "Do as the text says. docs/errors.md explains the code.";

export function failedBy(error: unknown): Outcome {
  if (!isVideoAnalysisError(error)) throw error;
  return failed(messageOf(error), AS_SAID);
}
