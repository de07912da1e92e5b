/** The sentences of a failed request: what happened, to which request, and what to do next. */
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
  /** Whose credential was used, for what it may not do. */
  readonly identity: string;
  readonly secrets: readonly string[];
  readonly attempts: number;
  /** Whether a create may have happened all the same. */
  readonly mayExist: boolean;
  /** How far the service's clock is ahead of this machine's, where it sent its time. */
  readonly skewMs?: number;
}

const CHECK_ENDPOINT = "Check the region and `video-analysis:endpoints`.";
const TRY_AGAIN = "The service is in trouble; run the command again later.";

const MORE_TIME = "Raise `timeouts` (or `customTimeouts`) of the resource, or run the command again.";

const REMEDIES: Readonly<Record<FailureClass, (context: MessageContext) => string>> = {
  "not-found": () => "Check the ids, the region and the project; the object may have been deleted.",
  "not-published": () => `The gateway knows no such call. ${CHECK_ENDPOINT}`,
  unauthenticated: ({ identity, skewMs }) =>
    `The request was sent with ${identity}. Check or renew it. \`pulumi refresh\` and \`pulumi destroy\` use what the last ` +
    "`pulumi up` recorded of the configuration: where that has changed since, run `pulumi up`, or set " +
    "VIDEO_ANALYSIS_CREDENTIALS=env to use the environment's credentials. Also check this machine's clock" +
    `${clockHint(skewMs)}.`,
  forbidden: ({ identity }) =>
    `The request was sent with ${identity}. Give that user the permission, or check region and project.`,
  invalid: () => "Correct the arguments that the service names.",
  conflict: () =>
    "The object's present state does not allow it; wait until it has settled and run the command again.",
  quota: () => "Delete what is no longer needed, or ask for a higher quota.",
  throttled: () => "Lower `video-analysis:maxConcurrency` or `pulumi up --parallel`, or raise `timeouts`.",
  server: () => TRY_AGAIN,
  "gateway-timeout": () => TRY_AGAIN,
  connection: () =>
    `${CHECK_ENDPOINT} Check the network too: proxy variables, and \`video-analysis:caCertFile\` for a private ` +
    "certificate authority.",
  malformed: () =>
    `This is no answer that the service documents; something between may have answered. ${CHECK_ENDPOINT} ` +
    "Check proxy variables.",
  // One attempt got no answer; an operation that ran out of time says so in `timeoutMessage`.
  timeout: () => TRY_AGAIN,
};

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
 * What an answer was, or why there was none, on one line. Redacted before it is cut, so that no half of a secret
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

function outcomeOf(context: MessageContext): string {
  const attempts = context.attempts > 1 ? ` after ${context.attempts} attempts` : "";
  return `${context.operation} failed${attempts}: ${context.method} ${context.url}`;
}

function afterCreate(context: MessageContext): string {
  return context.mayExist
    ? " It may have been created all the same: the next `pulumi up` looks before it creates."
    : "";
}

/** @param note why no further attempt was made, where that is not obvious */
export function failureMessage(failure: AttemptFailure, context: MessageContext, note?: string): string {
  const verb = failure.status === undefined ? "got no answer:" : "answered";
  const stopped = note === undefined ? "" : ` ${note}`;
  const remedy = REMEDIES[failure.kind](context);
  return `${outcomeOf(context)} ${verb} ${answerText(failure, context.secrets)}.${stopped} ${remedy}${afterCreate(context)}`;
}

/** @param why what ended it, as a clause: "create of task-a took longer than 600 s" */
export function timeoutMessage(
  why: string,
  last: AttemptFailure | undefined,
  context: MessageContext,
): string {
  const verb = last?.status === undefined ? "The last attempt got no answer:" : "The last answer was";
  const cause = last === undefined ? "" : ` ${verb} ${answerText(last, context.secrets)}.`;
  return `${outcomeOf(context)}: ${why}.${cause} ${MORE_TIME}${afterCreate(context)}`;
}
