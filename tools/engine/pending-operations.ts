/** Warns of the operations that a killed run has left behind. */
import type { PendingOperation } from "./deployment";
import type { Recorder } from "./recorder";

export function warnOfPendingOperations(
  recorder: Recorder,
  pendingOperations: readonly PendingOperation[],
): void {
  if (pendingOperations.length === 0) return;
  const list = pendingOperations.map(
    ({ type, resource }) => `  * ${resource.urn}, interrupted while ${type}\n`,
  );
  recorder.diagnostic(
    "warning",
    `Attempting to deploy or update resources with ${list.length} pending operations from previous deployment.\n` +
      `${list.join("")}These resources are in an unknown state because the engine was interrupted while waiting ` +
      "for changes to these resources to complete. Look at the provider whether they exist; interrupted creations " +
      "stay noted until a refresh clears them.",
  );
}
