/** The two sentences of a failed request: the problem and the remedy. */
import { CLOCK_TOLERANCE_MS } from "../auth/server-clock";
import type { FailureClass } from "../../common/errors";
import type { AttemptFailure } from "./parse-result";
import { redactText } from "../../common/redaction";

/** Longest quotation of an answer that is no documented error. */
const EXCERPT_BYTES = 120;
/** Longest quotation of a service's own message; longer ones are stack traces. */
const MESSAGE_BYTES = 500;

export interface MessageContext {
  readonly operation: string;
  readonly method: string;
  /** Redacted. */
  readonly url: string;
  /** Whose credential was used, for refusals of permission. */
  readonly identity: string;
  readonly secrets: readonly string[];
  readonly attempts: number;
  /** Whether a create may have happened all the same. */
  readonly mayExist: boolean;
  /** How far the service's clock is ahead of this machine's, where it sent its time. */
  readonly skewMs?: number;
}

const LATER = "Run the command again later, for the fault is the service's.";

const REMEDIES: Readonly<Record<FailureClass, (context: MessageContext) => string>> = {
  "not-found": () => "Check the ids, the region and the project, for the object may have been deleted.",
  "not-published": () =>
    "Check the region and `video-analysis:endpoints`, for the gateway knows no such call.",
  unauthenticated: ({ identity, skewMs }) =>
    `Renew ${identity}, or correct this machine's clock${clockHint(skewMs)}. \`pulumi refresh\` and \`pulumi destroy\` use ` +
    "what the last `pulumi up` recorded: where the configuration has changed since, run `pulumi up` or set " +
    "VIDEO_ANALYSIS_CREDENTIALS=env.",
  forbidden: ({ identity }) =>
    `Give the user of ${identity} the permission, or correct the region and the project.`,
  invalid: () => "Correct the arguments that the service names.",
  conflict: () =>
    "Wait until the object has settled and run the command again, for its present state does not allow it.",
  quota: () => "Delete what is no longer needed, or ask for a higher quota.",
  throttled: () => "Lower `video-analysis:maxConcurrency` or `pulumi up --parallel`, or raise `timeouts`.",
  server: () => LATER,
  "gateway-timeout": () => LATER,
  connection: () =>
    "Check the region, `video-analysis:endpoints`, the network, the proxy variables, and `video-analysis:caCertFile` for a " +
    "private certificate authority.",
  malformed: () =>
    "Check the region, `video-analysis:endpoints` and the proxy variables, for this is no answer that the service documents.",
  // One attempt got no answer; of an operation that ran out of time `timeoutRemedy` speaks.
  timeout: () => LATER,
};

export const remedyFor = (kind: FailureClass, context: MessageContext): string => REMEDIES[kind](context);

export const timeoutRemedy = (interrupted: boolean): string =>
  interrupted
    ? "Run the command again."
    : "Raise `timeouts` (or `customTimeouts`) of the resource, or run the command again.";

const MS_PER_MINUTE = 60_000;

/** How wrong this machine's clock is, as far as that may matter. */
function clockHint(skewMs = 0): string {
  const minutes = Math.round(Math.abs(skewMs) / MS_PER_MINUTE);
  if (Math.abs(skewMs) <= CLOCK_TOLERANCE_MS) return "";
  return `: it is ${minutes} min ${skewMs > 0 ? "behind" : "ahead of"} the service's`;
}

/** At most so many bytes of UTF-8, without half a character at the end. */
function cut(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  const head = Buffer.from(text).subarray(0, bytes).toString("utf8");
  return `${head.replace(/\uFFFD+$/, "")}…`;
}

/**
 * An answer, or the reason for its absence, on one line. Redacted before it is cut, so that no half of a secret
 * is left.
 */
export function answerText(failure: AttemptFailure, secrets: readonly string[]): string {
  const limit = failure.serviceCode === undefined ? EXCERPT_BYTES : MESSAGE_BYTES;
  const text = cut(redactText(failure.text, secrets).replace(/\s+/g, " ").trim(), limit);
  if (failure.status === undefined) return text;
  const { serviceCode } = failure;
  // IAM repeats the status in the place of a code.
  const isCode = serviceCode !== undefined && serviceCode !== String(failure.status);
  const code = isCode ? ` ${redactText(serviceCode, secrets)}` : "";
  const quoted = text === "" ? " without a text" : ` "${text}"`;
  const id = failure.requestId === undefined ? "" : ` (request id ${redactText(failure.requestId, secrets)})`;
  return `${failure.status}${code}${quoted}${id}`;
}

function resultText(failure: AttemptFailure, secrets: readonly string[]): string {
  const text = answerText(failure, secrets);
  return failure.status === undefined ? `got no answer: ${text}` : `answered ${text}`;
}

const afterCreate = ({ mayExist }: MessageContext): string =>
  mayExist ? ", and it may have been created all the same" : "";

/** @param note why no further attempt was made, where that is not obvious */
export function failureProblem(failure: AttemptFailure, context: MessageContext, note?: string): string {
  const { operation, method, url, attempts, secrets } = context;
  const times = attempts > 1 ? ` after ${attempts} attempts` : "";
  const stopped = note === undefined ? "" : ` (${note})`;
  return `${operation} failed${times}: ${method} ${url} ${resultText(failure, secrets)}${stopped}${afterCreate(context)}`;
}

/** @param why what ended it, as a clause: "create of task-a took longer than 600 s" */
export function timeoutProblem(
  why: string,
  last: AttemptFailure | undefined,
  context: MessageContext,
): string {
  const { operation, method, url, attempts, secrets } = context;
  const result = last === undefined ? "was not sent" : resultText(last, secrets);
  const times = attempts > 1 ? ` in the last of ${attempts} attempts` : "";
  return `${why}: ${operation} by ${method} ${url} ${result}${times}${afterCreate(context)}`;
}
