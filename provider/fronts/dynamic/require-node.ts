/** Requires Node.js as the runtime of the provider process. */
import { VideoAnalysisError } from "../../common/errors";

/**
 * Refuses to act in Bun: the transport and the handling of signals stand on Node's own, and an operation that is cut off
 * in the middle of a create would lose a task. Throws `RUNTIME_UNSUPPORTED`.
 *
 * @param versions those of the process
 */
export function refuseOtherThanNode({ bun }: NodeJS.ProcessVersions): void {
  if (bun === undefined) return;
  throw new VideoAnalysisError(
    "RUNTIME_UNSUPPORTED",
    `the provider process runs in Bun ${bun}, and this package needs Node there. Install Node 20.18.1 or newer and see ` +
      "that `node` on the PATH is Node itself; the program may be installed by Bun's package manager all the same.",
  );
}
