import type { FailureClass } from "../../provider/common/errors";

/** Answers after which it is not known whether a task exists, and whether the request is repeated. */
export const LOST: readonly (readonly [string, FailureClass, number | undefined, boolean])[] = [
  ["a lost connection", "connection", undefined, true],
  ["500", "server", 500, true],
  ["502", "server", 502, true],
  ["503", "server", 503, true],
  ["504", "gateway-timeout", 504, false],
  ["a malformed answer", "malformed", 200, false],
];
