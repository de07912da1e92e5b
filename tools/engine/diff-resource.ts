/** Compares a resource with its state: by its provider, or by its inputs. */
import { diffInputs, type DiffResult } from "./diff";
import { ignoreChanges } from "./property-path";
import type { DiffRequest, Provider } from "./provider";
import type { Recorder } from "./recorder";

/**
 * Asks the provider for the difference. Where it leaves the answer open, the engine compares the inputs itself; the
 * provider's wish for a replacement stays, and counts only if there is a difference.
 */
export async function diffResource(
  provider: Provider,
  recorder: Recorder,
  request: DiffRequest,
): Promise<DiffResult> {
  const diff = await provider.diff(request);
  if (diff.changes !== "unknown") return diff;
  const { inputs, invalid } = ignoreChanges(request.newInputs, request.oldInputs, request.ignoreChanges);
  reportInvalid(recorder, request.urn, invalid);
  const { changedKeys, detailedDiff } = diffInputs(request.oldInputs, inputs);
  return changedKeys.length === 0
    ? { ...diff, changes: "none" }
    : { ...diff, changes: "some", changedKeys, detailedDiff };
}

/** Reports the paths of `ignoreChanges` that lead into elements that were added or removed. */
export function reportInvalid(recorder: Recorder, urn: string, invalid: readonly string[]): void {
  if (invalid.length === 0) return;
  const paths = invalid.join(", ");
  recorder.diagnostic(
    "info",
    `cannot ignore changes in added or removed elements of the path: "${paths}"`,
    urn,
  );
}
