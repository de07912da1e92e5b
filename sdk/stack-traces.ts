/** Stack traces while the SDK registers a resource. */
import process from "node:process";

/** With it the SDK prints where promises that never settled came from. */
const wantsTraces = Boolean(process.env.PULUMI_DEBUG_PROMISE_LEAKS);

/** Puts the limit of stack traces back; an error without a trace gets one that leads to the program. */
export interface SuspendedTraces {
  located(error: unknown): unknown;
  resume(): void;
}

/**
 * The SDK makes four promises for each property, and takes a trace for each, mapped through source maps: half of the time
 * of a preview. The program's line of a resource does not depend on it: for that the SDK sets a limit of its own.
 */
export function suspendTraces(): SuspendedTraces {
  const limit = Error.stackTraceLimit;
  if (!wantsTraces) Error.stackTraceLimit = 0;
  const resume = (): void => {
    Error.stackTraceLimit = limit;
  };
  return {
    resume,
    located(error) {
      resume();
      if (!wantsTraces && error instanceof Error) Error.captureStackTrace(error);
      return error;
    },
  };
}
