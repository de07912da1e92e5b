/** Answers of VIAS that count sub-tasks for which a call failed. */
import type { BatchAnswer } from "../api/vias";
import { VideoAnalysisError } from "../../common/errors";
import type { LiveTask } from "../../core/contract";
import { hasEnded, stateAlone } from "../../core/state/run-state";
import { redactor } from "../../common/redaction";

/** Most failures that one error names. */
const MAX_REASONS = 20;

const COUNTED = {
  delete: "deleted",
  start: "started",
  stop: "stopped",
  update: "updated",
  create: "created",
};
export type Counted = keyof typeof COUNTED;

/** Which sub-tasks an operation still has to do with, or may have harmed. Those that succeeded need no start. */
export const LEFT: Readonly<Record<"delete" | "start" | "stop" | "update", (part: LiveTask) => boolean>> = {
  delete: (part) => part.state !== "DELETING",
  start: (part) => stateAlone(part) !== "running" && part.state !== "SUCCEEDED",
  stop: (part) => stateAlone(part) === "running",
  update: (part) => hasEnded(part) && part.state !== "SUCCEEDED",
};

export const hasFailures = ({ failedCount, errorList }: BatchAnswer): boolean =>
  failedCount > 0 || errorList.length > 0;

/** The texts of what failed, which may repeat secrets of the request. */
export const readableErrors = (answer: BatchAnswer, secrets: readonly string[]): string[] =>
  answer.errorList.map(redactor(secrets));

/** @param secrets values that the service may repeat */
export function reasonsOf(what: Counted, answer: BatchAnswer, secrets: readonly string[]): string[] {
  const { failedCount, totalCount } = answer;
  const texts = readableErrors(answer, secrets);
  const more = texts.length - MAX_REASONS;
  return [
    `${failedCount} of ${totalCount} sub-tasks could not be ${COUNTED[what]}${texts.length === 0 ? "; the service gave no reason" : ""}`,
    ...texts.slice(0, MAX_REASONS),
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
}

interface Failed {
  readonly what: Counted;
  /** Id of the batch, or its name where it has none yet. */
  readonly batch: string;
  readonly reasons: readonly string[];
  /** Sub-tasks that the call still has to do with. */
  readonly left: readonly LiveTask[];
}

export function partialFailure({ what, batch, reasons, left }: Failed): VideoAnalysisError {
  const names = left.slice(0, MAX_REASONS).map((part) => `${part.id} (${part.state})`);
  const concerned = names.length === 0 ? "" : ` Left are ${names.join(", ")}.`;
  return new VideoAnalysisError(
    "PARTIAL_FAILURE",
    `${what} of batch ${batch}: ${reasons.join("; ")}.${concerned} ` +
      "Correct the cause and run `pulumi up` again: it repeats what is left.",
  );
}
