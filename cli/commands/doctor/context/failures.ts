/** Outcomes of failed requests. */
import { type FailureClass, isRequestError } from "../../../../provider/common/errors";
import { failed, failedBy, warning, type Outcome } from "./outcome";

const LATER = "Run this command again later; where it lasts, ask the operator of the service.";
const ADDRESS =
  "Check the region, `video-analysis:endpoints`, the network and the proxy variables; a private certificate authority " +
  "goes into `video-analysis:caCertFile`.";

const REMEDIES: Readonly<Record<FailureClass, string>> = {
  "not-found": "Check the id or name, the project and the region; the subscription may have ended.",
  "not-published":
    "The gateway knows no such call: the service is not offered in this region, or the endpoint is another's. Check " +
    "the region and `video-analysis:endpoints`.",
  unauthenticated:
    "Renew the credentials that `credentials` names, and check `clock`; VIDEO_ANALYSIS_CREDENTIALS=env prefers those of " +
    "the environment to old ones of the stack.",
  forbidden: "Give the user the permission, or check `project`: the credentials may be for another one.",
  invalid: "Check the id or name that was given; the service says what it refuses.",
  conflict: LATER,
  quota: "Ask for a higher quota.",
  throttled:
    "Wait a while; lower `video-analysis:maxConcurrency` or `--parallel` where it happens in deployments.",
  server: LATER,
  "gateway-timeout": LATER,
  connection: ADDRESS,
  malformed: `Something between may have answered. ${ADDRESS}`,
  timeout: `Raise --timeout, or: ${ADDRESS}`,
};

/** @param error of a read; what is no error of the family is thrown on */
export function refused(error: unknown): Outcome {
  if (!isRequestError(error)) return failedBy(error);
  const { kind, method, url, said = "no answer in time" } = error.failure;
  const detail = `${method} ${url}: ${said}`;
  // It answers, and the caller is known: later it will serve.
  return (kind === "throttled" ? warning : failed)(detail, REMEDIES[kind]);
}

export const unreachable = (detail: string, timedOut: boolean): Outcome =>
  failed(detail, timedOut ? REMEDIES.timeout : REMEDIES.connection);
