/** Says to the person who waits that a request is repeated, and when. */
import type { Deadline } from "../../common/deadline";
import { PRODUCTS } from "../auth/endpoints";
import type { AttemptFailure } from "./parse-result";
import type { PreparedRequest } from "./request";

/** Shorter pauses are over before a line is read. */
const LEAST_PAUSE_MS = 1000;

/** Once for each cause in an operation. */
export function sayRetry(
  { status }: Deadline,
  { service }: Pick<PreparedRequest<unknown>, "service">,
  failure: Pick<AttemptFailure, "kind" | "status">,
  pauseMs: number,
): void {
  if (pauseMs < LEAST_PAUSE_MS) return;
  const problem = problemOf(PRODUCTS[service], failure);
  status.sayOnce(problem, `${problem}; next try in ${Math.ceil(pauseMs / 1000)} s`);
}

function problemOf(service: string, { kind, status }: Pick<AttemptFailure, "kind" | "status">): string {
  if (status === undefined) return `no answer from ${service}`;
  return kind === "malformed" ? `unreadable answer from ${service}` : `${service} answered ${status}`;
}
