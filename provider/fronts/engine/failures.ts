/** Failures of hooks, as the user gets to read them. */
import { isVideoAnalysisError, VideoAnalysisError } from "../../common/errors";
import { formatPath, type PropertyMap } from "../../common/json";
import { makePrintable, printable } from "../../common/printable";
import type { Failure } from "../../core/contract";
import { explain, withRemedies } from "./remedies";
import { unknownPath } from "./unknowns";

/** The engine prints the stack of what a hook throws: of errors made for the user only the message is of use. */
export function forUser(error: unknown): unknown {
  if (isVideoAnalysisError(error)) {
    error.message = explain(error);
    // Operations that share a call fail with one error, and each comes here with it.
    error.remedies = [];
    error.stack = "";
  }
  return makePrintable(error);
}

/**
 * The engine prints the value of the property that a failure names, secret or not, so none is named: the path is a part of
 * the reason.
 */
export function failureOf({ path, reason, remedies = [] }: Failure): { property: string; reason: string } {
  const text = withRemedies(reason, remedies);
  return { property: "", reason: printable(path.length === 0 ? text : `${formatPath(path)}: ${text}`) };
}

/** A value that is not known is never sent: a service would take the engine's sentinel for the value. */
export function refuseUnknown(inputs: PropertyMap): void {
  const path = unknownPath(inputs);
  if (path === undefined) return;
  throw new VideoAnalysisError(
    "UNKNOWN_VALUE",
    `the value of \`${formatPath(path)}\` is not known although the operation runs, so nothing was sent. ` +
      "The resource that it comes from did not give it; run `pulumi up` again, or give the value itself.",
  );
}
